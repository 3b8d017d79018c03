import { normalizedName } from './columns.ts';
import { ROLES, type Role } from './schema.ts';

/**
 * Names that columns of each role have in exports, the most telling first. Compared without case, blanks, accents and
 * punctuation. English, then German, French, Spanish, Italian, Dutch.
 */
const SYNONYMS: Readonly<Record<Role, string>> = {
	customer: `customer id, customer_no, customer number, cust id, client id, user id, buyer id, member id, account id,
		shopper id, contact id, customer key, customer code, customer email, billing email, buyer email, email,
		email address, e-mail, customer, client, buyer, user, cust, kundennummer, kunden-nr, kunden id, kunde,
		id client, numéro client, code client, id cliente, código cliente, cliente, codice cliente, klantnummer, klant`,
	date: `order date, invoice date, purchase date, transaction date, sale date, payment date, ordered at, created at,
		created, created date, created (utc), paid at, order_datetime, order timestamp, order time, timestamp, datetime,
		date, day, bestelldatum, rechnungsdatum, kaufdatum, datum, date de commande, date commande, date achat, fecha,
		fecha pedido, fecha de compra, data ordine, data acquisto, data, besteldatum`,
	order_id: `order id, order number, order no, order #, invoice no, invoice id, invoice number, invoice, transaction id,
		transaction no, receipt id, receipt number, receipt no, basket id, checkout id, sale id, purchase id, payment id,
		order, order name, bestellnummer, bestell-nr, rechnungsnummer, auftragsnummer, numéro de commande, commande,
		número de pedido, id pedido, pedido, numero ordine, ordine, bestelnummer`,
	quantity: `quantity, qty, lineitem quantity, item quantity, units, unit count, pieces, items sold, count, menge, anzahl,
		quantité, cantidad, quantità, aantal`,
	unit_price: `unit price, price per unit, item price, price each, lineitem price, price, unit cost, einzelpreis,
		stückpreis, preis, prix unitaire, prix, precio unitario, precio, prezzo unitario, prezzo, prijs`,
	amount: `amount, line total, line amount, row total, item total, net sales, sales, revenue, sales amount, net amount,
		spend, dollar value, value, gross sales, subtotal, betrag, umsatz, summe, montant, importe, importo, bedrag`,
	order_total: `order total, grand total, total price, order amount, order value, total amount, invoice total,
		total paid, basket value, total, gesamtbetrag, gesamtsumme, gesamt, montant total, total commande, importe total,
		totale, totale ordine, totaal`,
	refund: `refund, refunded amount, amount refunded, refund amount, refunded, total refunded, erstattung,
		remboursement, reembolso, rimborso`,
	product: `product, product name, item, item name, lineitem name, description, product title, article, sku,
		product id, stock code, category, artikel, produkt, produit, producto, prodotto`,
	country: `country, shipping country, billing country, country code, ship country, customer country, land, pays,
		país, paese`,
	status: `status, order status, financial status, payment status, state, bestellstatus, statut, estado, stato`,
	currency: `currency, currency code, order currency, währung, devise, moneda, valuta`,
	email: `email, email address, e-mail, customer email, billing email, mail, correo, courriel`,
	name: `customer name, name, full name, billing name, client name, buyer name, kundenname, nom complet, nombre`,
	first_name: `first name, firstname, given name, forename, vorname, prénom, nombre de pila, nome, voornaam`,
	last_name: `last name, lastname, surname, family name, nachname, nom, apellido, apellidos, cognome, achternaam`,
	phone: `phone, phone number, telephone, mobile, tel, billing phone, telefon, téléphone, teléfono, telefono`
};

const RANKS: ReadonlyMap<Role, ReadonlyMap<string, number>> = new Map(
	ROLES.map((role) => [
		role,
		new Map(SYNONYMS[role].split(',').map((name, rank) => [normalizedName(name), rank] as const))
	])
);

/** How telling a column name is for a role: 0 is best, null when it is no name of that role. */
export function synonymRank(role: Role, columnName: string): number | null {
	return RANKS.get(role)?.get(normalizedName(columnName)) ?? null;
}

/** True for a name that a column of some role often has. */
export function isKnownColumnName(name: string): boolean {
	return ROLES.some((role) => synonymRank(role, name) !== null);
}
