import { describe, expect, test } from 'vitest';
import { proposeMapping } from './propose-mapping.ts';
import type { TableKind } from './roles.ts';
import type { ColumnMapping } from './schema.ts';
import { columnKind } from './value-kind.ts';

/** Columns and records as inspection sees them. */
function sample(names: readonly string[], ...records: readonly (readonly string[])[]) {
	const columns = names.map((name, index) => {
		const cells = records.map((record) => record[index] ?? '');
		const filled = cells.filter((cell) => cell !== '').length / Math.max(1, cells.length);
		return { name, index, kind: columnKind(cells), filled };
	});
	return { columns, records };
}

function proposeFor(
	kind: TableKind,
	names: readonly string[],
	...records: readonly (readonly string[])[]
): ColumnMapping {
	const { columns } = sample(names, ...records);
	return proposeMapping(columns, records, kind);
}

const propose = (...file: [readonly string[], ...(readonly (readonly string[])[])]) =>
	proposeFor('orders', ...file);

describe('proposeMapping of orders', () => {
	test('knows the names of several languages', () => {
		expect(
			propose(
				['Bestellnummer', 'Bestelldatum', 'Kundennummer', 'Menge', 'Einzelpreis', 'Währung'],
				['1', '01.03.2025', '17', '2', '9,50', 'EUR']
			)
		).toEqual({
			order_id: 'Bestellnummer',
			date: 'Bestelldatum',
			customer: 'Kundennummer',
			quantity: 'Menge',
			unit_price: 'Einzelpreis',
			currency: 'Währung'
		});
	});

	test('does not take a name for what its values cannot be', () => {
		const mapping = propose(
			['date', 'ordered_at', 'customer'],
			['17', '2025-03-01', 'a'],
			['18', '2025-03-02', 'b']
		);
		expect(mapping).toMatchObject({ date: 'ordered_at', customer: 'customer' });
	});

	test('takes the email as the customer when nothing better is there', () => {
		expect(propose(['email', 'created'], ['a@example.com', '2025-03-01'])).toMatchObject({
			customer: 'email'
		});
		expect(propose(['client', 'email', 'created'], ['7', 'a@example.com', '2025-03-01'])).toMatchObject({
			customer: 'email'
		});
		expect(propose(['customer_id', 'email', 'created'], ['7', 'a@example.com', '2025-03-01'])).toMatchObject({
			customer: 'customer_id',
			email: 'email'
		});
	});

	test('reads a file without names by its values', () => {
		const records = [
			['00004', '19970101', '2', '29.33'],
			['00004', '19970118', '2', '29.73'],
			['00021', '19970101', '3', '63.34'],
			['00050', '19970101', '1', '6.79']
		];
		expect(propose(['column 1', 'column 2', 'column 3', 'column 4'], ...records)).toEqual({
			customer: 'column 1',
			date: 'column 2',
			amount: 'column 4'
		});
	});

	test('takes a column for a loyalty card only where it holds numbers', () => {
		const cards = (first: string, second: string) =>
			propose(
				['order', 'customer', 'date', 'card'],
				['1', 'a', '2025-03-01', first],
				['2', 'b', '2025-03-02', second]
			).card;
		expect(cards('6001 2233', '6001 2234')).toBe('card');
		expect(cards('Visa', 'Mastercard')).toBeUndefined();
		expect(cards('$5.00', '$0.00')).toBeUndefined();
	});

	test('knows the store of a sale, and of a visit', () => {
		const rows = [['a', '2025-03-01', 'Main Street']];
		expect(propose(['customer', 'date', 'Location'], ...rows)).toMatchObject({ store: 'Location' });
		expect(proposeFor('events', ['customer', 'date', 'Filiale'], ...rows)).toMatchObject({
			store: 'Filiale'
		});
	});

	test('does not guess the customer where names say something else', () => {
		const mapping = propose(
			['branch', 'date'],
			['north', '2025-03-01'],
			['north', '2025-03-02'],
			['south', '2025-03-03']
		);
		expect(mapping).toEqual({ date: 'date', store: 'branch' });
	});

	const names = ['order_id', 'customer_id', 'date', 'total'];

	test('takes money that repeats within an order for the order total', () => {
		const mapping = propose(
			names,
			['1', 'a', '2025-03-01', '30'],
			['1', 'a', '2025-03-01', '30'],
			['2', 'b', '2025-03-02', '5']
		);
		expect(mapping).toMatchObject({ order_total: 'total' });
		expect(mapping.amount).toBeUndefined();
	});

	test('takes money that differs within an order for that of the row', () => {
		const mapping = propose(
			names,
			['1', 'a', '2025-03-01', '30'],
			['1', 'a', '2025-03-01', '12'],
			['2', 'b', '2025-03-02', '5']
		);
		expect(mapping).toMatchObject({ amount: 'total' });
		expect(mapping.order_total).toBeUndefined();
	});

	test('takes money on the first row of an order for its total', () => {
		const mapping = propose(
			names,
			['1', 'a', '2025-03-01', '30'],
			['1', '', '', ''],
			['2', 'b', '2025-03-02', '5']
		);
		expect(mapping).toMatchObject({ order_total: 'total' });
	});

	test('has only row amounts where there is no order number', () => {
		expect(propose(['customer_id', 'date', 'total'], ['a', '2025-03-01', '30'])).toMatchObject({
			amount: 'total'
		});
	});

	test('knows what else an order says', () => {
		expect(
			propose(
				[
					'Date',
					'Time',
					'Order',
					'Client',
					'Item',
					'SKU',
					'Qty',
					'Net',
					'Discount',
					'Type',
					'State',
					'City',
					'ZIP'
				],
				[
					'2025-03-01',
					'10:15',
					'INV1001',
					'a',
					'Mug',
					'M-1',
					'2',
					'9.50',
					'0.50',
					'Sale',
					'TX',
					'Austin',
					'73301'
				],
				[
					'2025-03-02',
					'11:40',
					'INV1002',
					'b',
					'Mug',
					'M-1',
					'1',
					'5.00',
					'',
					'Refund',
					'NY',
					'Albany',
					'12201'
				]
			)
		).toEqual({
			date: 'Date',
			time: 'Time',
			order_id: 'Order',
			customer: 'Client',
			product: 'Item',
			sku: 'SKU',
			quantity: 'Qty',
			amount: 'Net',
			discount: 'Discount',
			line_type: 'Type',
			region: 'State',
			city: 'City',
			postcode: 'ZIP'
		});
	});

	test('takes a state for the status only when its values say so', () => {
		const names = ['customer', 'date', 'state'];
		expect(propose(names, ['a', '2025-03-01', 'completed'])).toMatchObject({ status: 'state' });
		expect(propose(names, ['a', '2025-03-01', 'TX'])).toMatchObject({ region: 'state' });
		expect(propose(['customer', 'date', 'type'], ['a', '2025-03-01', 'gold']).line_type).toBeUndefined();
	});

	test('takes no time of day and no birthday for the date', () => {
		expect(propose(['order time', 'day', 'customer'], ['10:15', '2025-03-01', 'a'])).toMatchObject({
			time: 'order time',
			date: 'day'
		});
		expect(propose(['customer', 'date of birth'], ['a', '1980-03-01']).date).toBeUndefined();
	});

	test('takes numbers that are days for the date of birth, also where some day does not exist', () => {
		const names = ['customer', 'date_of_birth', 'address_1'];
		const rows = [...Array.from({ length: 9 }, (_, i) => [`c${i}`, `1980030${i + 1}`]), ['x', '19081300']];
		expect(proposeFor('customers', names, ...rows.map((row) => [...row, '1 Main Street']))).toMatchObject({
			birth_date: 'date_of_birth',
			street: 'address_1'
		});
	});
});

describe('proposeMapping of other kinds', () => {
	test('customers have an id and an email of their own', () => {
		const names = ['id', 'email', 'first name', 'signup date', 'accepts marketing', 'total spent', 'orders'];
		const row = ['7', 'a@example.com', 'Anna', '2025-03-01', 'yes', '12.50', '2'];
		expect(proposeFor('customers', names, row, ['8', 'b@example.com', 'Ben', '', 'no', '0', '0'])).toEqual({
			customer: 'id',
			email: 'email',
			first_name: 'first name',
			created_at: 'signup date',
			email_consent: 'accepts marketing',
			total_spent: 'total spent',
			order_count: 'orders'
		});
		expect(proposeFor('customers', ['customer', 'name'], ['a@example.com', 'Anna'])).toEqual({
			email: 'customer',
			name: 'name'
		});
	});

	test('the day of the last change is not that of the making', () => {
		const names = ['email', 'created at', 'last login', 'updated at'];
		const row = ['a@example.com', '2025-03-01', '2025-04-01', '2025-05-01'];
		expect(proposeFor('customers', names, row, ['b@example.com', '2025-03-02', '', '2025-05-02'])).toEqual({
			email: 'email',
			created_at: 'created at',
			updated_at: 'updated at'
		});
		expect(proposeFor('customers', ['email', 'modified'], ['a@example.com', 'yes'])).toEqual({
			email: 'email'
		});
	});

	test('the inner key of a mailing tool is no customer beside an address', () => {
		const rows = [
			['900000', 'a@example.com'],
			['900001', 'b@example.com']
		] as const;
		expect(proposeFor('customers', ['leid', 'email'], ...rows)).toEqual({ email: 'email' });
		expect(proposeFor('customers', ['rec_id', 'surname'], ['r-1', 'Hall'], ['r-2', 'Hill'])).toEqual({
			customer: 'rec_id',
			last_name: 'surname'
		});
	});

	test('a key of its own is the customer, also beside addresses', () => {
		const names = ['unique_id', 'first_name', 'surname', 'dob', 'city', 'email', 'cluster'];
		const rows = [
			['0', 'Robert', 'Alan', '1971-06-24', '', 'robert255@example.net', '0'],
			['1', 'Robert', 'Allen', '1971-05-24', '', 'roberta25@example.net', '0'],
			['2', 'Rob', 'Allen', '1971-06-24', 'London', '', '0']
		];
		expect(proposeFor('customers', names, ...rows)).toEqual({
			customer: 'unique_id',
			first_name: 'first_name',
			last_name: 'surname',
			birth_date: 'dob',
			city: 'city',
			email: 'email'
		});
		expect(proposeFor('customers', names, ...rows.slice(0, 2))).toMatchObject({ customer: 'unique_id' });
	});

	test('a key that no row lacks is the customer where some rows have no address', () => {
		const rows = [
			['900000', 'a@example.com'],
			['900001', '']
		] as const;
		expect(proposeFor('customers', ['contact_key', 'email'], ...rows)).toEqual({
			customer: 'contact_key',
			email: 'email'
		});
	});

	test('events', () => {
		expect(
			proposeFor(
				'events',
				['event_time', 'event_type', 'product_id', 'category_code', 'price', 'user_id', 'user_session'],
				['2019-10-01 00:00:00 UTC', 'view', '44600062', 'toys', '35.79', '541312140', '72d76fde']
			)
		).toEqual({
			date: 'event_time',
			event: 'event_type',
			product: 'product_id',
			category: 'category_code',
			amount: 'price',
			customer: 'user_id',
			session_id: 'user_session'
		});
	});

	test('sends', () => {
		expect(
			proposeFor(
				'sends',
				['Email', 'Campaign', 'Sent at', 'Status', 'Variant'],
				['a@example.com', 'Spring', '2025-03-01 10:00', 'opened', 'A']
			)
		).toEqual({
			email: 'Email',
			campaign: 'Campaign',
			date: 'Sent at',
			action: 'Status',
			variant: 'Variant'
		});
	});

	test('campaigns', () => {
		expect(
			proposeFor(
				'campaigns',
				['Campagne', 'Date de début', 'Date de fin', 'Montant dépensé (EUR)', 'Impressions', 'Clics'],
				['Printemps', '01/03/2025', '14/03/2025', '1 200,50', '10000', '120']
			)
		).toEqual({
			campaign: 'Campagne',
			date: 'Date de début',
			end_date: 'Date de fin',
			spend: 'Montant dépensé (EUR)',
			impressions: 'Impressions',
			clicks: 'Clics'
		});
	});

	test('survey answers', () => {
		expect(
			proposeFor(
				'survey',
				['Customer ID', 'Submitted at', 'NPS', 'Comment'],
				['7', '2025-03-01', '9', 'Lovely mugs']
			)
		).toEqual({ customer: 'Customer ID', date: 'Submitted at', score: 'NPS', answer: 'Comment' });
	});

	test('a report has no roles', () => {
		expect(proposeFor('report', ['customer', 'date'], ['a', '2025-03-01'])).toEqual({});
	});
});
