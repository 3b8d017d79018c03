import { describe, expect, test } from 'vitest';
import { normalizedName } from './columns.ts';
import { ROLES, TABLE_KINDS, rolesOf } from './roles.ts';
import { isKnownColumnName, synonymRank } from './synonyms.ts';

describe('synonymRank', () => {
	test.each([
		['customer', 'Customer ID'],
		['customer', 'Kunden-Nr.'],
		['customer', 'Numéro client'],
		['date', 'BESTELLDATUM'],
		['date', 'Created (UTC)'],
		['order_id', 'Número de pedido'],
		['unit_price', 'prezzo_unitario'],
		['amount', 'Chiffre d’affaires'],
		['amount', "Chiffre d'affaires"],
		['order_total', 'Totaalbedrag'],
		['email', 'E-Mail-Adresse'],
		['first_name', 'Voornaam'],
		['postcode', 'PLZ'],
		['created_at', 'Customer since'],
		['created_at', 'Date d’inscription'],
		['email_consent', 'Accepts Email Marketing'],
		['email_consent', 'Werbeeinwilligung'],
		['birth_date', 'Fecha de nacimiento'],
		['total_spent', 'Total Spent'],
		['order_count', 'Anzahl Bestellungen'],
		['event', 'event_name'],
		['session_id', 'Session ID'],
		['campaign', 'Nombre de la campaña'],
		['spend', 'Ausgaben'],
		['clicks', 'Clics'],
		['recipients', 'Total Recipients'],
		['unsubscribes', 'Désinscriptions'],
		['score', 'NPS'],
		['answer', 'Kommentar'],
		['updated_at', 'LAST_CHANGED'],
		['updated_at', 'Last seen'],
		['updated_at', 'Letzte Änderung']
	] as const)('%s may be called %s', (role, name) => {
		expect(synonymRank(role, name)).not.toBeNull();
	});

	test('tells better names from worse ones', () => {
		const rank = (name: string) => synonymRank('customer', name) ?? Infinity;
		expect(rank('customer_id')).toBeLessThan(rank('Kundennummer'));
		expect(rank('Kundennummer')).toBeLessThan(rank('Email'));
		expect(rank('Email')).toBeLessThan(rank('Kunde'));
		expect(rank('shoe size')).toBe(Infinity);
	});

	test.each([
		['spend', 'Amount spent (USD)'],
		['order_total', 'Grand Total (Base)'],
		['order_total', 'Order Total (inc tax)'],
		['unit_price', 'Preis (brutto)'],
		['unit_price', 'Price €'],
		['amount', 'amount_eur'],
		['order_total', 'Total in GBP']
	] as const)('%s: leaves out what stands behind %s', (role, name) => {
		expect(synonymRank(role, name)).not.toBeNull();
	});

	test('knows names that mean a role in one kind of file alone', () => {
		expect(synonymRank('date', 'Send Time')).toBeNull();
		expect(synonymRank('date', 'Send Time', 'campaigns')).not.toBeNull();
		expect(synonymRank('amount', 'price', 'orders')).toBeNull();
		expect(synonymRank('amount', 'price', 'events')).not.toBeNull();
	});

	test('has names for every role of every kind, and no empty ones', () => {
		for (const kind of TABLE_KINDS) {
			for (const role of rolesOf(kind))
				expect(synonymRank(role, role.replaceAll('_', ' '), kind)).not.toBeNull();
		}
		for (const role of ROLES) expect(synonymRank(role, '')).toBeNull();
		expect(normalizedName('…')).toBe('');
	});
});

test('isKnownColumnName', () => {
	expect(isKnownColumnName('Lineitem quantity')).toBe(true);
	expect(isKnownColumnName('anna@example.com')).toBe(false);
});
