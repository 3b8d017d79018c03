import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanFiles, madeFile } from '../../../../../tests/support/people-files.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { runDetails } from '../details.ts';
import { DEFAULT_CLEAN } from '../schema.ts';
import { randomPairsSql } from './blocking.sql.ts';
import { comparedSql } from './compare.sql.ts';
import { COMPARISONS } from './comparisons.sql.ts';
import { duplicateMacros, preparedSql } from './prepared.sql.ts';
import type { DuplicateField } from './schema.ts';

type Person = Partial<
	Record<
		'name' | 'first_name' | 'last_name' | 'email' | 'phone' | 'birth_date' | 'postcode' | 'city' | 'street',
		string
	>
>;
const ROLES = [
	...(['customer', 'name', 'first_name', 'last_name', 'email', 'phone'] as const),
	...(['birth_date', 'postcode', 'city', 'street'] as const)
];

/** Two people and the levels they are on, by id; null where a field tells nothing. */
const CASES: readonly [Person, Person, Partial<Record<DuplicateField, string | null>>][] = [
	[{ first_name: 'Zoë' }, { first_name: 'ZOE' }, { first_name: 'exact', last_name: null }],
	[{ first_name: 'Martha' }, { first_name: 'Marhta' }, { first_name: 'close' }],
	[{ first_name: 'J.' }, { first_name: 'Jeremiah' }, { first_name: 'initial' }],
	[{ first_name: 'Dwayne' }, { first_name: 'Duane' }, { first_name: 'alike' }],
	[{ first_name: 'Anna' }, { first_name: 'Bruno' }, { first_name: 'different' }],
	[
		{ first_name: 'Hall', last_name: 'Anna' },
		{ first_name: 'Anna', last_name: 'Hall' },
		{ first_name: 'swapped', last_name: null }
	],
	[{ last_name: 'Smith-Jones' }, { last_name: 'Jones' }, { last_name: 'part' }],
	[
		{ name: 'Dr. Anna Maria Hall' },
		{ name: 'Hall, Anna Maria' },
		{ first_name: 'exact', last_name: 'exact' }
	],
	[{ email: 'a.hall@x.org' }, { email: 'ahall@y.org' }, { email: 'mailbox' }],
	[{ email: 'info@x.org' }, { email: 'info@y.org' }, { email: 'different' }],
	[
		{ first_name: 'Anna', email: 'anna77@x.org' },
		{ first_name: 'Anna', email: 'anna12@x.org' },
		{ email: null }
	],
	[{ phone: '+43 664 7654321' }, { phone: '0664/76 54 312' }, { phone: 'close' }],
	[{ birth_date: '1980-03-01' }, { birth_date: '1980-01-03' }, { birth_date: 'close' }],
	[{ birth_date: '1980-03-01' }, { birth_date: '1980-03-10' }, { birth_date: 'close' }],
	[{ birth_date: '1980-03-01' }, { birth_date: '1980-12-24' }, { birth_date: 'year' }],
	[{ birth_date: '1980-03-01' }, { birth_date: '1996-12-24' }, { birth_date: 'different' }],
	[{ postcode: 'SW1A 1AA' }, { postcode: 'sw1a1aa' }, { place: 'postcode' }],
	[{ postcode: '1010', city: 'Wien' }, { postcode: '1100', city: 'WIEN' }, { place: 'city' }],
	[{ postcode: '80331' }, { postcode: '80313' }, { place: 'close' }],
	[{ street: '12 Main Street' }, { street: '12 Main Stret' }, { street: 'close' }]
];

describeEngines('levels', (engine) => {
	it('are those of exact small cases', async () => {
		const rows = CASES.flatMap(([a, b], i) =>
			[a, b].map((person, side) => [
				`${String(i).padStart(2, '0')}${side}`,
				...ROLES.slice(1).map((role) => person[role as keyof Person] ?? '')
			])
		);
		const file = madeFile('s1', 'customers', ROLES, rows);
		const clean = await cleanFiles(engine(), [file], {
			keys: { email: false, phone: false, card: false, name_postcode: false }
		});
		await runDetails(stepContext(engine()), { sources: [file.source] }, DEFAULT_CLEAN, clean, []);
		for (const macro of duplicateMacros()) await engine().exec(macro);
		await engine().exec(sql`CREATE OR REPLACE TABLE clean.duplicate_people AS ${preparedSql()}`);
		const pairs = sql`(SELECT (2 * i)::INTEGER AS a, (2 * i + 1)::INTEGER AS b FROM range(${CASES.length}) t(i))`;
		const found = await engine().rows<Record<string, number>>(
			sql`SELECT a::INTEGER AS a, first_name_level::INTEGER AS first_name, last_name_level::INTEGER AS last_name,
				email_level::INTEGER AS email, phone_level::INTEGER AS phone, birth_date_level::INTEGER AS birth_date,
				place_level::INTEGER AS place, street_level::INTEGER AS street
				FROM (${comparedSql(pairs)}) ORDER BY a`
		);
		const ids = { first_name: 'firstName', last_name: 'lastName', birth_date: 'birthDate' } as Record<
			string,
			string
		>;
		CASES.forEach(([a, b, expected], i) => {
			const levels = Object.keys(expected).map((field) => {
				const number = found[i]?.[ids[field] ?? field] ?? -1;
				const comparison = COMPARISONS.find((each) => each.field === field);
				return [field, comparison?.levels[number - 1]?.id ?? null];
			});
			expect({ a, b, levels: Object.fromEntries(levels) }).toEqual({ a, b, levels: expected });
		});
	});

	it('rest on distances with the reference values of Jaro and Winkler, and of Levenshtein', async () => {
		const [found] = await engine().rows<Record<string, number>>(sql`
			SELECT jaro_winkler_similarity('martha', 'marhta')::DOUBLE AS martha,
				jaro_winkler_similarity('dwayne', 'duane')::DOUBLE AS dwayne,
				jaro_winkler_similarity('dixon', 'dicksonx')::DOUBLE AS dixon,
				jaro_winkler_similarity('jeremiah andretzke', 'jeremiah andretzke')::DOUBLE AS same,
				levenshtein('kitten', 'sitting')::INTEGER AS kitten, damerau_levenshtein('ab', 'ba')::INTEGER AS swapped
			ORDER BY martha`);
		expect(found?.['martha']).toBeCloseTo(0.961111111, 9);
		expect(found?.['dwayne']).toBeCloseTo(0.84, 9);
		expect(found?.['dixon']).toBeCloseTo(0.813333333, 9);
		expect(found).toMatchObject({ same: 1, kitten: 3, swapped: 1 });
	});

	it('come of pairs that are drawn the same way every time, over all people', async () => {
		const count = sql`SELECT count(*)::INTEGER AS pairs, count(DISTINCT a)::INTEGER AS people,
			sum(a * 31 + b)::DOUBLE AS sum FROM (${randomPairsSql(1000, 20_000)}) ORDER BY pairs`;
		const [drawn] = await engine().rows<{ pairs: number; people: number; sum: number }>(count);
		expect(drawn?.people).toBe(1000);
		expect(drawn?.pairs).toBeGreaterThan(19_900);
		expect(await engine().rows(count)).toEqual([drawn]);
	});
});
