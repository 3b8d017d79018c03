import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { id, join, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { linkFile, linkMade } from '../../../../../tests/support/linkage.ts';
import { madeCustomers } from '../../../../../tests/support/made-duplicates.ts';
import { cleanFiles, madeFile } from '../../../../../tests/support/people-files.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { runDetails } from '../details.ts';
import { DEFAULT_CLEAN } from '../schema.ts';
import { BLOCKING_RULES, largestBlock } from './blocking.sql.ts';
import { decidedAccounts, foundPairs, mergedRecord, pairDetail } from './pairs.ts';
import { duplicateMacros, preparedSql } from './prepared.sql.ts';
import { findDuplicates } from './run.ts';
import { DEFAULT_PROBABILITY } from './schema.ts';

function fixture(path: string): { readonly name: string; readonly text: string } {
	const bytes = readFileSync(new URL(`../../../../../tests/fixtures/${path}.gz`, import.meta.url));
	return { name: path.split('/').at(-1) ?? path, text: gunzipSync(bytes).toString('utf8') };
}

const TIMEOUT_MS = 120_000;

describeEngines('findDuplicates', (engine) => {
	it(
		'finds the duplicates of Febrl 1 as they were made',
		async () => {
			const { name, text } = fixture('febrl/dataset1.csv');
			const entityOf = (id: string) => id.split('-')[1] ?? id;
			const file = { name, blob: new Blob([text]) };
			const linked = await linkFile(engine(), file, { customer: 'rec_id' }, entityOf);
			expect(linked.truePairs).toBe(500);
			expect(linked.joinedBefore).toEqual({ pairs: 0, right: 0 });
			expect(linked.result.fields.map(({ field }) => field)).toEqual([
				...['first_name', 'last_name', 'birth_date', 'place', 'street']
			]);
			const quality = linked.qualityAt(DEFAULT_PROBABILITY);
			expect(quality.precision).toBeGreaterThanOrEqual(0.99);
			expect(quality.recall).toBeGreaterThanOrEqual(0.98);
			expect(linked.best.f1).toBeGreaterThanOrEqual(0.99);
		},
		TIMEOUT_MS
	);

	it(
		'finds what can be told of heavily altered people, without wrong pairs',
		async () => {
			const { name, text } = fixture('splink/fake_1000.csv');
			const records = text
				.trim()
				.split('\n')
				.map((line) => line.trim().split(','));
			const clusters = new Map(records.map((cells) => [cells[0], cells.at(-1) ?? '']));
			const file = { name, blob: new Blob([text]) };
			const linked = await linkFile(
				engine(),
				file,
				{ customer: 'unique_id' },
				(id) => clusters.get(id) ?? id
			);
			expect(linked.truePairs).toBe(2031);
			expect(linked.joinedBefore).toEqual({ pairs: 682, right: 682 });
			const { precision, recall, merged } = linked.qualityAt(DEFAULT_PROBABILITY);
			expect(precision).toBeGreaterThanOrEqual(0.99);
			expect(recall).toBeGreaterThanOrEqual(0.63);
			expect(merged.precision).toBeGreaterThanOrEqual(0.98);
			expect(merged.recall).toBeGreaterThanOrEqual(0.72);
		},
		TIMEOUT_MS
	);

	it(
		'finds 5 % of planted duplicates among households',
		async () => {
			const linked = await linkMade(engine(), madeCustomers(5000, 0.05, 7));
			const { precision, recall, merged } = linked.qualityAt(DEFAULT_PROBABILITY);
			expect(precision).toBeGreaterThanOrEqual(0.98);
			expect(recall).toBeGreaterThanOrEqual(0.9);
			expect(merged.precision).toBeGreaterThanOrEqual(0.98);
			expect(linked.result.skipped).toEqual([]);
		},
		TIMEOUT_MS
	);

	const people = madeFile(
		's1',
		'customers',
		['customer', 'first_name', 'last_name', 'email', 'birth_date', 'postcode', 'city', 'updated_at'],
		[
			['1', 'Jeremiah', 'Andretzke', 'jer@example.org', '1980-03-01', '1010', 'Wien', '2024-01-01'],
			['2', 'Jeremia', 'Andretzke', '', '1980-03-01', '1010', 'Wien', '2024-02-01'],
			...Array.from({ length: 60 }, (_, i) => [
				...[`${i + 10}`, `First${'abcdefghij'[i % 10] ?? ''}${i}`, `Last${i * 7}`, `p${i * 13}@example.org`],
				...[`19${20 + i}-0${1 + (i % 9)}-1${i % 9}`, `${2000 + i * 17}`, `City${i % 7}`, '2024-01-01']
			])
		]
	);

	it('shows a pair with its reasons, and what both would be as one', async () => {
		const clean = await cleanFiles(engine(), [people]);
		const context = stepContext(engine());
		await runDetails(context, { sources: [people.source] }, DEFAULT_CLEAN, clean, []);
		const result = await findDuplicates(context);
		const [best] = await foundPairs(engine(), 10);
		const detail = await pairDetail(engine(), best?.pair ?? 0);
		expect(detail?.records.map(({ customerId }) => customerId)).toEqual(['1', '2']);
		expect(
			detail?.findings.filter(({ level }) => level !== null).map(({ field, level }) => [field, level])
		).toEqual([
			...[
				['first_name', 'close'],
				['last_name', 'exact'],
				['birth_date', 'exact'],
				['place', 'postcode']
			]
		]);
		const sum = (detail?.findings ?? []).reduce((total, { weight }) => total + weight, 0);
		expect(sum + (detail?.householdWeight ?? 0) + result.startWeight).toBeCloseTo(detail?.weight ?? 0, 4);
		const merge = { sources: [people.source], identity: DEFAULT_CLEAN.identity, clean };
		expect(await mergedRecord(engine(), merge, ['id:own:1', 'id:own:2'])).toEqual({
			...{ first_name: 'Jeremia', last_name: 'Andretzke', email: 'jer@example.org' },
			...{ birth_date: '1980-03-01', postcode: '1010', city: 'Wien' }
		});
		const { a = '', b = '' } = best ?? {};
		expect((await decidedAccounts(engine(), [a, b])).map(({ account }) => account).sort()).toEqual([
			...['id:own:1', 'id:own:2']
		]);
		await findDuplicates(context, [{ a, b }]);
		expect((await foundPairs(engine(), 1))[0]?.apartBy).toBe(`${a}+${b}`);
	});

	it('leaves no tables of the way there behind, also where it is stopped', async () => {
		const clean = await cleanFiles(engine(), [people]);
		const context = stepContext(engine());
		await runDetails(context, { sources: [people.source] }, DEFAULT_CLEAN, clean, []);
		const controller = new AbortController();
		const stopped = findDuplicates({
			...context,
			signal: controller.signal,
			onProgress: ({ share }) => (share !== null && share > 0.3 ? controller.abort() : undefined)
		});
		await expect(stopped).rejects.toThrow();
		const tables = await engine().rows<{ name: string }>(
			sql`SELECT table_name::VARCHAR AS name FROM information_schema.tables
				WHERE table_name IN ('duplicate_people', 'duplicate_candidates', 'duplicate_compared', 'duplicate_blocks') ORDER BY name`
		);
		expect(tables).toEqual([]);
	});

	it('compares every pair that has some key in common, each once', async () => {
		const linked = await linkMade(engine(), madeCustomers(400, 0.05, 3));
		for (const macro of duplicateMacros()) await engine().exec(macro);
		await engine().exec(sql`CREATE OR REPLACE TABLE clean.duplicate_people AS ${preparedSql()}`);
		const keys = BLOCKING_RULES.map(({ key }, i) => sql`${key} AS ${id(`k${i}`)}`);
		const equal = BLOCKING_RULES.map((_, i) => sql`x.${id(`k${i}`)} = y.${id(`k${i}`)}`);
		const [all] = await engine().rows<{ pairs: number }>(sql`
			WITH keyed AS (SELECT person, ${join(keys, ', ')} FROM clean.duplicate_people)
			SELECT count(*)::INTEGER AS pairs FROM keyed x JOIN keyed y ON y.person > x.person
			WHERE ${join(equal, ' OR ')} ORDER BY pairs`);
		await engine().exec(sql`DROP TABLE clean.duplicate_people`);
		expect(linked.result.comparedPairs).toBe(all?.pairs);
		expect(linked.qualityAt(0.01).recall).toBeGreaterThanOrEqual(0.9);
	});

	it('leaves out the largest blocks first', () => {
		const sizes = [
			{ people: 2, blocks: 100 },
			{ people: 10, blocks: 4 },
			{ people: 1000, blocks: 1 }
		];
		expect(largestBlock(sizes, 1_000_000)).toBe(1000);
		expect(largestBlock(sizes, 280)).toBe(10);
		expect(largestBlock(sizes, 279)).toBe(2);
		expect(largestBlock(sizes, 99)).toBe(1);
	});
});
