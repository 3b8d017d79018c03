import { expect, it } from 'vitest';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { ColumnMapping } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../tests/support/raw-tables.ts';
import { DEFAULT_CLEAN, DEFAULT_IDENTITY } from '../schema.ts';
import type { SourceContext } from '../source.ts';
import { CALLING_CODES } from './calling-codes.ts';
import { accountColumns, accountText, keyMacros, linkKey } from './keys.sql.ts';

describeEngines('keys', (engine) => {
	const value = async (expression: Sql) => {
		for (const macro of keyMacros()) await engine().exec(macro);
		const [row] = await engine().rows<{ value: string | null }>(
			sql`SELECT (${expression})::VARCHAR AS value ORDER BY value`
		);
		return row?.value;
	};

	it.each([
		['anna@example.org', 'anna@example.org'],
		[' Anna.B+shop@Example.ORG ', 'anna.b+shop@example.org'],
		["'anna@example.org", 'anna@example.org'],
		['mailto:Anna@example.org', 'anna@example.org'],
		["' MailTo: Anna@example.org", 'anna@example.org'],
		['jörg@müller.de', 'jörg@müller.de'],
		['', null],
		['anna', null],
		['@example.org', null],
		['anna@', null],
		['anna@example', null],
		['anna@example.', null],
		['anna@@example.org', null],
		['anna@b@example.org', null],
		['an na@example.org', null],
		['noemail@shop.example', null],
		['No-Email@shop.example', null],
		['none@none', null],
		['x@none.com', null],
		['null@example.org', null]
	])('reads the email %j as %j', async (written, key) => {
		expect(await value(sql`clean.email_key(${written})`)).toBe(key);
	});

	it.each([
		['+43 664 1234567', null, '+436641234567'],
		["'+1 555 0100", null, '+15550100'],
		['0043 664 1234567', null, '+436641234567'],
		['+43 (0) 664 1234567', null, '+436641234567'],
		['tel:+43-664-1234567', 'US', '+436641234567'],
		['0664/1234567', 'AT', '+436641234567'],
		['664 1234567', 'AT', '+436641234567'],
		['(212) 555-0100', 'USA', '+12125550100'],
		['1 212 555 0100', 'United States', '+12125550100'],
		['06 12345678', 'italy', '+390612345678'],
		['8 (912) 345-67-89', 'RU', '+79123456789'],
		['800 555 35 35', 'RU', '+78005553535'],
		['06 1 234 5678', 'Hungary', '+3612345678'],
		['020 7946 0000', 'uk', '+442079460000'],
		['020 7946 0000', 'Atlantis', '02079460000'],
		['020 7946 0000', null, '02079460000'],
		['', 'AT', null],
		['555-010', 'US', null],
		['n/a', 'US', null],
		['0000000000', 'AT', null],
		['1111111', null, null],
		['4.36641E+11', 'AT', null],
		['+1234567890123456', null, null],
		['1234567890123456', null, null]
	])('reads the phone %j of %j as %j', async (written, country, key) => {
		const phone = sql`clean.phone_key(clean.bare(${written}), clean.calling(${country}))`;
		expect(await value(phone)).toBe(key);
	});

	it('knows countries by their codes and names, each once', () => {
		expect(CALLING_CODES.length).toBeGreaterThan(60);
		const names = CALLING_CODES.flatMap(({ country, alpha3, names: own }) => [country, alpha3, ...own]);
		expect(new Set(names.map((name) => name.toUpperCase())).size).toBe(names.length);
		for (const { country, alpha3, code, trunk } of CALLING_CODES) {
			expect([country, alpha3, code, trunk].join(' ')).toMatch(/^[A-Z]{2} [A-Z]{3} [1-9]\d{0,2} \d{0,2}$/);
		}
	});

	it.each([
		[' 4711-ab ', '4711AB'],
		['4711 0815', '47110815'],
		['ab1', null],
		['', null],
		['0000000', null],
		['None', null]
	])('reads the card %j as %j', async (written, key) => {
		expect(await value(sql`clean.card_key(${written})`)).toBe(key);
	});

	it.each([
		['Anna  Smith', 'sw1a 1aa', 'anna smith|SW1A1AA'],
		['Zoë Müller-Lüdenscheidt', "'01234", 'zoe muller ludenscheidt|01234'],
		['田中 さくら', '100-0001', '田中 さくら|1000001'],
		['Anna Smith', ' ', null],
		['123', '1010', null]
	])('reads the name %j at %j as %j', async (name, postcode, key) => {
		expect(await value(sql`clean.name_key(${name}, ${postcode})`)).toBe(key);
	});

	const ROLES = ['customer', 'email', 'phone', 'card', 'country'];
	const context = (mapping: ColumnMapping, changes: Partial<SourceContext> = {}): SourceContext => ({
		source: { ...makeSource(Object.keys(mapping), mapping), idSystem: 'shop:1%' },
		facts: {
			rowCount: 1,
			ids: { customer: { filled: 2, evidence: { lowercase_email_ids: 1 }, changes: {} } },
			changesAny: {},
			orderIds: { digits: 0, cancelled: 0 },
			repeats: null,
			variedRoles: [],
			currencies: [],
			setAsideBySteps: 0
		},
		switches: {},
		dates: DEFAULT_CLEAN.dates,
		settings: DEFAULT_CLEAN.settings,
		identity: { ...DEFAULT_IDENTITY, phoneCountry: 'AT' },
		hasSiblings: false,
		steps: [],
		joinsPeople: false,
		...changes
	});
	const allRoles = context(Object.fromEntries(ROLES.map((role) => [role, role])));

	it.each([
		[['1001', 'a@b.org', '', '', ''], 'id:shop%3A1%25:1001'],
		[[' Anna@Example.org', 'a@b.org', '', '', ''], 'email:anna@example.org'],
		[['noemail@shop.example', 'a@b.org', '', '', ''], 'id:shop%3A1%25:noemail@shop.example'],
		[['nan', 'A@b.org', '0664 1234567', '', ''], 'email:a@b.org'],
		[['', 'none', '0664 1234567', '4711', ''], 'phone:+436641234567'],
		[['', '', '020 7946 0000', '', 'GB'], 'phone:+442079460000'],
		[['', '', '12', '47-11', ''], 'card:4711'],
		[['', '', '', '', 'AT'], null]
	])('names the account of %j as %j', async (texts, account) => {
		const [customer = '', email = '', phone = '', card = '', country = ''] = texts;
		const found = await value(sql`
			SELECT ${accountText(allRoles, ['customer', 'email', 'phone', 'card'])} FROM (SELECT ${customer} AS customer_text,
				${email} AS email_text, ${phone} AS phone_text, ${card} AS card_text, ${country} AS country_text)`);
		expect(found).toBe(account);
	});

	it('keeps ids as they are where emails are not to be read in lower case', async () => {
		const kept = { ...allRoles, switches: { lowercase_email_ids: false } };
		const found = await value(
			sql`SELECT ${accountText(kept, ['customer'])} FROM (SELECT 'Anna@Example.org' AS customer_text)`
		);
		expect(found).toBe('id:shop%3A1%25:Anna@Example.org');
	});

	it('tells the kind, the system and the name of an account', async () => {
		const rows = await engine().rows(sql`
			SELECT kind::VARCHAR AS kind, system::VARCHAR AS system, name::VARCHAR AS name
			FROM (SELECT ${join(accountColumns(sql`'id:shop%3A1%25:a:7'`), ', ')}) ORDER BY kind`);
		expect(rows).toEqual([{ kind: 'id', system: 'shop:1%', name: 'a:7' }]);
	});

	it('takes the first and last name before the whole name, and needs a postcode', async () => {
		const mapping = { first_name: 'f', last_name: 'l', name: 'n', postcode: 'p' };
		const texts = sql`(SELECT 'Anna' AS first_name_text, '' AS last_name_text, 'Dr. Anna Smith' AS name_text, '1010' AS postcode_text)`;
		const key = await value(sql`SELECT ${linkKey(context(mapping), 'name_postcode')} FROM ${texts}`);
		expect(key).toBe('name_postcode:dr anna smith|1010');
		const lacking = { first_name: 'f', postcode: 'p' };
		expect(await value(sql`SELECT ${linkKey(context(lacking), 'name_postcode')} FROM ${texts}`)).toBeNull();
	});
});
