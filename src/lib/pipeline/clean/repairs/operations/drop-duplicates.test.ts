import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../../tests/support/raw-tables.ts';
import { makeRepair, repairRows } from '../../../../../../tests/support/repairs.ts';
import { dropDuplicates } from './drop-duplicates.ts';

const source = makeSource(['key', 'other'], {});

describeEngines('removing duplicates by a key', (engine) => {
	const run = (rows: readonly (readonly string[])[], params: object, columns: readonly string[] = ['key']) =>
		repairRows(engine(), source, rows, [
			makeRepair(source, dropDuplicates.id, columns, { ...dropDuplicates.defaults, ...params })
		]);

	const ROWS = [
		['a', ''],
		['b', 'x'],
		['a', 'y'],
		['', 'x'],
		['', 'x'],
		[' ', ''],
		['a', 'y'],
		['A', 'y']
	];

	it.each([
		['first', [3, 7]],
		['last', [1, 3]],
		['most_complete', [1, 7]]
	])('keeps the %s row of each key, never by an empty one', async (keep, setAside) => {
		const done = await run(ROWS, { keep });
		expect(done.setAside).toEqual(setAside);
		expect(done.failing).toEqual(setAside);
		expect(done.texts).toEqual(ROWS);
		expect(done.results).toMatchObject([
			{ severity: 'set_aside', sources: [{ rowsFailing: 2, rowsSetAside: 2, rowsChanged: 0 }] }
		]);
	});

	it.each([
		['none', ['a@b.com', 'A@b.com', ' a@b.com'], []],
		['text', ['New  York', 'new york ', 'New York', 'Newyork', 'Caf\u00e9', 'cafe\u0301'], [2, 3, 6]],
		['email', ['a@b.com', 'A@B.COM', ' mailto:a@b.com', 'a@b.co'], [2, 3]],
		['phone', ['+43 (0) 664 1', '0043 664-1', '436641', '0664 1', 'none', 'n/a'], [2, 3]]
	])('tells the same keys as %s', async (normalise, keys, setAside) => {
		const done = await run(
			keys.map((key) => [key, 'x']),
			{ normalise }
		);
		expect(done.setAside).toEqual(setAside);
	});

	it('takes several columns as one key', async () => {
		const done = await run(
			[
				['a', '1'],
				['a', '2'],
				['a', '1'],
				['a', ''],
				['a', '']
			],
			{},
			['key', 'other']
		);
		expect(done.setAside).toEqual([3]);
	});

	it('says how many rows differ from the one that is kept', async () => {
		const words = async (rows: readonly string[][]) =>
			(await run(rows, { normalise: 'text' })).results[0]?.sources[0]?.words;
		expect(await words([['a', 'x']])).toBe('');
		expect(
			await words([
				['a', 'x'],
				['A ', 'x']
			])
		).toBe('Each equals the row that is kept, in every column.');
		expect(
			await words([
				['a', 'x'],
				['A', 'y'],
				['a', 'x']
			])
		).toBe(
			'1 row of 2 rows set aside differs from the row that is kept in another column: it may be more than a copy, such as a line of the same order.'
		);
	});

	it('leaves one row of each key and loses none', async () => {
		const key = fc
			.oneof(fc.constantFrom('a', 'A', 'b', '', ' '), fc.string())
			.map((text) => text.replaceAll('\0', ''));
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(key, key), { minLength: 1, maxLength: 25 }),
				fc.constantFrom('first', 'last', 'most_complete'),
				async (rows, keep) => {
					const { setAside, texts } = await run(rows, { keep });
					expect(texts).toEqual(rows);
					const kept = rows.filter((_, i) => !setAside.includes(i + 1)).map(([text]) => text);
					const isKey = (text: string) => !/^[\s\p{Z}\u200B-\u200F\u2060\uFEFF]*$/u.test(text);
					expect(new Set(kept)).toEqual(new Set(rows.map(([text]) => text)));
					expect(kept.filter(isKey)).toHaveLength(new Set(kept.filter(isKey)).size);
					expect(setAside).toHaveLength(rows.length - kept.length);
				}
			),
			{ seed: 7, numRuns: 15 }
		);
	});
});

describe('the sentence', () => {
	it('names the row that stays', () => {
		expect(dropDuplicates.describe({ normalise: 'email', keep: 'most_complete' }, ['Email'])).toBe(
			'Keep the fullest row of each “Email”'
		);
	});
});
