import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { madeFile, peopleOf } from '../../../../tests/support/made-people.ts';
import type { CleanSizes } from './parts.sql.ts';
import { SURVIVOR_RULES } from './schema.ts';

type Made = Parameters<typeof peopleOf> extends [unknown, ...infer Rest] ? Rest : never;

const ANYBODY = madeFile('s1', 'orders', 'customer|date', 'anybody|2024-01-01');
const PEOPLE_KINDS: readonly TableKind[] = ['orders', 'customers', 'events', 'sends', 'survey'];

describeEngines('people', (engine) => {
	const people = (...made: Made) => peopleOf(engine(), ...made);

	it('are one row each, in whatever table they appear, and know who ordered', async () => {
		const files = [
			madeFile('s1', 'orders', 'customer|date', '1|2024-01-02', '1|2024-01-03', '2|2024-01-02'),
			madeFile('s2', 'customers', 'customer|name', '2|Bo', '3|Cy'),
			madeFile('s3', 'events', 'customer|date', '3|2024-01-02', '4|2024-01-02'),
			madeFile('s4', 'sends', 'customer|date', '5|2024-01-02'),
			madeFile('s5', 'survey', 'customer|score', '6|9', '1|8')
		];
		expect(await people(files, ['has_orders', 'name'])).toEqual({
			1: ['true', ''],
			2: ['true', 'Bo'],
			3: ['false', 'Cy'],
			4: ['false', ''],
			5: ['false', ''],
			6: ['false', '']
		});
		const contacts = await engine().rows(
			sql`SELECT customer_id::VARCHAR AS id, name::VARCHAR AS name FROM clean.contacts ORDER BY id`
		);
		expect(contacts).toEqual([
			{ id: '1', name: null },
			{ id: '2', name: 'Bo' }
		]);
	});

	it('are joined across files, with what each file knows of them', async () => {
		const files = [
			madeFile('s1', 'orders', 'customer|date|email', '7|2024-01-02|Anna@X.org', '8|2024-01-03|bo@x.org'),
			madeFile(
				's2',
				'customers',
				'email|first_name|phone|email_consent',
				'anna@x.org|Anna|+43 1 2345678|yes'
			),
			madeFile(
				's3',
				'events',
				'phone|date|store',
				'+4312345678|2024-02-01|Ring',
				'+4312345678|2024-02-02|Ring'
			),
			madeFile('s4', 'sends', 'email|date', 'cy@x.org|2024-02-01')
		];
		const wanted = ['account_count', 'source_count', 'email', 'first_name', 'home_store', 'email_consent'];
		expect(await people(files, wanted)).toEqual({
			7: ['3', '3', 'Anna@X.org', 'Anna', 'Ring', 'subscribed'],
			8: ['1', '1', 'bo@x.org', '', '', ''],
			'cy@x.org': ['1', '1', 'cy@x.org', '', '', '']
		});
	});

	it('are one account in one source each where nothing joins them', async () => {
		const orders = madeFile('s1', 'orders', 'customer|date', '7|2024-01-02', 'Bo@X.org|2024-01-02');
		const events = madeFile('s2', 'events', 'customer|date', '7|2024-01-02');
		const wanted = ['account_count', 'source_count'];
		expect(await people([orders], wanted)).toMatchObject({ 7: ['1', '1'] });
		expect(await people([orders, events], wanted)).toMatchObject({ 7: ['1', '2'] });
	});

	it('are none where no file is about people', async () => {
		const campaigns = madeFile('s1', 'campaigns', 'campaign|spend', 'Spring|5');
		expect(await people([campaigns], ['email'])).toEqual({});
	});

	it('keep of every field the newest value, and know that an order beats a profile of the same moment', async () => {
		const orders = madeFile(
			's1',
			'orders',
			'customer|date|phone|email|customer_group',
			'1|2024-01-02|11|a@x.org|retail',
			'1|2024-03-02||A@New.org|',
			'2|2024-01-02|21|o@x.org|',
			'3|2024-01-02|31|c@x.org|'
		);
		const profiles = madeFile(
			's2',
			'customers',
			'customer|phone|email|consented_at|created_at|customer_group',
			'1|12|b@x.org|2024-02-01|2023-01-01|club',
			'2|22|p@x.org|2024-01-02|2025-01-01|',
			'3|32|d@x.org|||',
			'3|33|e@x.org||2024-01-03|'
		);
		const found = await people([orders, profiles], ['email', 'phone', 'customer_group']);
		expect(found).toEqual({
			1: ['A@New.org', '12', 'club'],
			2: ['o@x.org', '21', ''],
			3: ['e@x.org', '33', '']
		});
	});

	it('go by the day a profile was last changed, before those of its consent and its making', async () => {
		const profiles = madeFile(
			's1',
			'customers',
			'customer|phone|email_consent|consented_at|created_at|updated_at',
			'1|11|no|2023-01-01|2023-01-01|2024-05-01',
			'1|12|yes|2024-02-01|2024-03-01|',
			'2|21||2024-02-01||2023-12-01',
			'2|22|||2024-01-01|'
		);
		const orders = madeFile('s2', 'orders', 'customer|date|phone', '1|2024-04-01|13', '2|2023-11-01|23');
		expect(await people([profiles, orders], ['phone', 'email_consent'])).toEqual({
			1: ['11', 'unsubscribed'],
			2: ['22', '']
		});
	});

	it('have no apostrophe of spreadsheets before contacts, and keep that of names and cities', async () => {
		const orders = madeFile(
			's1',
			'orders',
			'customer|date|email|phone|postcode|last_name|city',
			"1|2024-01-02|'Anna@X.org|'+1 555 0100|'01067|'t Hart|'s-Hertogenbosch",
			"2|2024-01-02|'|'|'||"
		);
		const profiles = madeFile('s2', 'customers', 'customer|phone|postcode', "3|'+1 555 0101|'01069");
		const wanted = ['email', 'phone', 'postcode', 'last_name', 'city'];
		const expected = {
			1: ['Anna@X.org', '+1 555 0100', '01067', "'t Hart", "'s-Hertogenbosch"],
			2: ['', '', '', '', ''],
			3: ['', '+1 555 0101', '01069', '', '']
		};
		expect(await people([orders, profiles], wanted)).toEqual(expected);
		const contacts = await engine().rows(
			sql`SELECT email::VARCHAR AS email, phone::VARCHAR AS phone FROM clean.contacts ORDER BY customer_id`
		);
		expect(contacts).toEqual([
			{ email: 'Anna@X.org', phone: '+1 555 0100' },
			{ email: null, phone: null }
		]);
	});

	it('take the greater text of two records that are alike in all else', async () => {
		const lines = ['1|a@x.org|f', '1|c@x.org|m', '1|b@x.org|'];
		const profiles = (order: readonly number[]) =>
			madeFile('s2', 'customers', 'customer|email|gender', ...order.map((i) => lines[i] ?? ''));
		for (const order of [
			[0, 1, 2],
			[2, 1, 0],
			[1, 0, 2]
		]) {
			const found = await people([ANYBODY, profiles(order)], ['email', 'gender']);
			expect(found['1']).toEqual(['c@x.org', 'm']);
		}
	});

	it('keep the values of the record that says most, where that is the rule', async () => {
		const profiles = madeFile(
			's1',
			'customers',
			'customer|email|phone|first_name|created_at|language',
			'1|full@x.org|1|Anna|2020-01-01|de',
			'1|later@x.org||Ann|2024-01-01|en',
			'2|old@x.org|||2020-01-01|',
			'2|new@x.org|||2024-01-01|'
		);
		const wanted = ['email', 'first_name', 'language'];
		expect(await people([profiles], wanted, { survivor: 'most_complete' })).toEqual({
			1: ['full@x.org', 'Anna', 'de'],
			2: ['new@x.org', '', '']
		});
		expect(await people([profiles], wanted)).toMatchObject({ 1: ['later@x.org', 'Ann', 'en'] });
	});

	it('keep the values of the source that is trusted most, where that is the rule', async () => {
		const files = [
			madeFile('s1', 'orders', 'customer|date|email', '1|2024-01-02|s1@x.org', '1|2024-01-09|s1new@x.org'),
			madeFile('s2', 'customers', 'customer|email|phone|tags', '1|s2@x.org||two'),
			madeFile('s3', 'customers', 'customer|email|phone|tags', '1|s3@x.org|3|three')
		];
		const wanted = ['email', 'phone', 'tags'];
		const by = (...sourceOrder: string[]) =>
			people(files, wanted, { survivor: 'source_order', sourceOrder }).then((found) => found['1']);
		expect(await by('s3', 's2', 's1')).toEqual(['s3@x.org', '3', 'three']);
		expect(await by('s2')).toEqual(['s2@x.org', '3', 'two']);
		expect(await by()).toEqual(['s1new@x.org', '3', 'two']);
	});

	it('have a name of one record, its parts from a record with the same name alone', async () => {
		const orders = madeFile(
			's1',
			'orders',
			'customer|date|name',
			'1|2024-01-02|Anna Smith',
			'2|2024-01-02|Anna Smith',
			'3|2024-01-02|Cleo Hall'
		);
		const profiles = madeFile(
			's2',
			'customers',
			'customer|first_name|last_name|created_at',
			'1|Anna|SMITH|2020-01-01',
			'2|Anna|Miller|2020-01-01',
			'3|Cleo||2025-01-01',
			'3||Frost|2024-12-01',
			'4|Dan|Frost|'
		);
		expect(await people([orders, profiles], ['name', 'first_name', 'last_name'])).toEqual({
			1: ['Anna Smith', 'Anna', 'SMITH'],
			2: ['Anna Smith', '', ''],
			3: ['', 'Cleo', ''],
			4: ['', 'Dan', 'Frost']
		});
	});

	it('have an address of one record: the newest, or a fuller one that says the same', async () => {
		const orders = madeFile(
			's1',
			'orders',
			'customer|date|country|city',
			'1|2024-01-02|AT|',
			'2|2024-01-02|DE|',
			'3|2024-01-02|AT|Graz',
			'4|2024-01-02|AT|Wien'
		);
		const profiles = madeFile(
			's2',
			'customers',
			'customer|country|region|city|postcode|created_at',
			'1|at|Ost|Wien|01010|2020-01-01',
			'2|AT|Ost|Wien|1010|2020-01-01',
			'3|AT|Ost|Wien|1010|2020-01-01',
			'4|AT||Wien|1020|2020-01-01',
			'4|AT|Ost|Wien||2021-01-01',
			'5||||6020|'
		);
		expect(await people([orders, profiles], ['country', 'region', 'city', 'postcode'])).toEqual({
			1: ['at', 'Ost', 'Wien', '01010'],
			2: ['DE', '', '', ''],
			3: ['AT', '', 'Graz', ''],
			4: ['AT', '', 'Wien', '1020'],
			5: ['', '', '', '6020']
		});
	});

	it('have the strictest consent of all sources, each by its newest record', async () => {
		const roles = 'customer|email_consent|sms_consent|consented_at|created_at';
		const files = [
			madeFile(
				's1',
				'customers',
				roles,
				'1|no||2024-01-01|',
				'1|yes|yes|2024-02-01|',
				'2|pending||2024-01-01|',
				'3|cleaned||2020-01-01|',
				'4|||2024-05-01|',
				'5|never subscribed|||2024-01-01',
				'6|yes||2024-01-01|'
			),
			madeFile(
				's2',
				'customers',
				roles,
				'1|yes|no|2023-01-01|',
				'2|yes||2024-03-01|',
				'3|no||2024-01-01|',
				'4|||2024-06-01|',
				'5|pending||2024-06-01|',
				'6|yes||2024-02-01|',
				'7||yes|2024-07-01|'
			)
		];
		expect(await people(files, ['email_consent', 'sms_consent', 'consented_at'])).toEqual({
			1: ['subscribed', 'unsubscribed', '2024-02-01 00:00:00'],
			2: ['pending', '', '2024-01-01 00:00:00'],
			3: ['cleaned', '', '2020-01-01 00:00:00'],
			4: ['', '', '2024-06-01 00:00:00'],
			5: ['never_subscribed', '', ''],
			6: ['subscribed', '', '2024-02-01 00:00:00'],
			7: ['', 'subscribed', '2024-07-01 00:00:00']
		});
	});

	const layouts = {
		orders: ['customer', 'email', 'date', 'order_id', 'name', 'country', 'postcode', 'store', 'channel'],
		customers: ['customer', 'phone', 'name', 'first_name', 'country', 'city', 'created_at', 'email_consent'],
		events: ['customer', 'date', 'store'],
		members: ['email', 'first_name', 'last_name', 'country', 'city', 'postcode', 'created_at']
	} as const satisfies Record<string, readonly Role[]>;
	const cells: Readonly<Partial<Record<Role, readonly string[]>>> = {
		date: ['2024-01-02', '2024-03-02', '2024-02-02'],
		order_id: ['', '1', '2'],
		name: ['Ann Bo', 'Cy Do', ''],
		first_name: ['Ann', 'Cy', ''],
		last_name: ['Bo', 'Do', ''],
		country: ['AT', 'DE', ''],
		city: ['Wien', 'Graz', ''],
		postcode: ['1010', '0101', ''],
		phone: ['1', '2', ''],
		store: ['North', 'South', ''],
		channel: ['web', 'app', ''],
		created_at: ['2024-01-02', '2024-02-20', ''],
		email_consent: ['yes', 'no', '']
	};
	/** Lines about some people, each with an email of their own, which joins their files. */
	const someFile = (sourceId: string, layout: keyof typeof layouts, who: readonly string[]) => {
		const roles = layouts[layout];
		const line = fc
			.tuple(fc.constantFrom(...who), ...roles.map((role) => fc.constantFrom(...(cells[role] ?? ['']))))
			.map(([name, ...texts]) =>
				roles.map((role, i) => {
					if (role === 'customer') return name;
					return role === 'email' ? `${name}@x.org` : (texts[i] ?? '');
				})
			);
		const kind = layout === 'members' ? 'customers' : layout;
		return fc
			.array(line, { minLength: 3, maxLength: 12 })
			.map((rows) => madeFile(sourceId, kind, roles.join('|'), ...rows.map((row) => row.join('|'))));
	};
	const someFiles = (who: readonly string[]) =>
		fc.tuple(
			someFile('s1', 'orders', who),
			someFile('s2', 'customers', who),
			someFile('s3', 'events', who),
			someFile('s4', 'members', who)
		);
	const FIELDS = [
		'email',
		'phone',
		'name',
		'first_name',
		'last_name',
		'country',
		'city',
		'postcode',
		'home_store'
	];
	const rule = fc.constantFrom(...SURVIVOR_RULES);

	it('say nothing that none of their records says, whatever the rule', async () => {
		await fc.assert(
			fc.asyncProperty(someFiles(['a', 'b', 'c']), rule, async (files, survivor) => {
				const found = await people(files, FIELDS, { survivor });
				for (const [person, values] of Object.entries(found)) {
					const [own] = person.split('@');
					const records = files.flatMap(({ rows }) => rows.filter(([name]) => name?.split('@')[0] === own));
					for (const value of values.filter((each) => each !== '')) expect(records.flat()).toContain(value);
				}
			}),
			{ seed: 11, numRuns: 10, endOnFailure: true }
		);
	}, 120_000);

	it('do not change when records of other people come, in whatever parts they are read', async () => {
		const tiny: CleanSizes = { plainRows: 0, partRows: 5 };
		await fc.assert(
			fc.asyncProperty(someFiles(['a', 'b']), someFiles(['y', 'z']), rule, async (own, others, survivor) => {
				const wanted = [...FIELDS, 'home_channel', 'email_consent', 'consented_at', 'created_at'];
				const alone = await people(own, wanted, { survivor });
				const together = own.map(({ source, rows }, i) => ({
					source,
					rows: [...(others[i]?.rows ?? []), ...rows]
				}));
				const found = await people(together, wanted, { survivor }, tiny);
				for (const [person, values] of Object.entries(alone)) expect(found[person]).toEqual(values);
			}),
			{ seed: 12, numRuns: 6, endOnFailure: true }
		);
	}, 120_000);

	it('are as many as there are different customers in all files', async () => {
		const files = PEOPLE_KINDS.map((kind, i) =>
			madeFile(
				`s${i + 1}`,
				kind,
				'customer|date|score|name',
				`same|2024-01-02|1|x`,
				`own ${kind}|2024-01-02|1|y`
			)
		);
		expect(Object.keys(await people(files, ['email']))).toHaveLength(PEOPLE_KINDS.length + 1);
	});
});
