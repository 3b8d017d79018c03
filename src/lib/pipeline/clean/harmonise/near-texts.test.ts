import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';
import { editLimit, nearPairs } from './near-texts.ts';

/** The whole table of distances, as the definition has it. */
function wholeTable(a: string, b: string): number {
	const d = Array.from({ length: a.length + 1 }, (_, i) =>
		Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0))
	);
	const at = (i: number, j: number) => d[i]?.[j] ?? 0;
	for (let i = 1; i <= a.length; i++) {
		for (let j = 1; j <= b.length; j++) {
			const row = d[i] ?? [];
			row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				row[j] = Math.min(at(i, j), at(i - 2, j - 2) + 1);
			}
		}
	}
	return at(a.length, b.length);
}

describe('the distance in edits', () => {
	it('is that of known pairs', () => {
		const cases = [
			['new york', 'nwe york', 1],
			['new york', 'new yrk', 1],
			['vienna', 'vienna', 0],
			['ca', 'abc', 3],
			['kitten', 'sitting', 3]
		] as const;
		for (const [a, b, distance] of cases) expect(editDistance(a, b, 5)).toBe(distance);
		expect(editDistance('kitten', 'sitting', 2)).toBe(3);
		expect(editDistance('', 'abcdef', 2)).toBe(3);
	});

	it('is that of the whole table, up to its limit', () => {
		const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
		fc.assert(
			fc.property(text, text, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
				expect(editDistance(a, b, limit)).toBe(Math.min(wholeTable(a, b), limit + 1));
			}),
			{ seed: 2, numRuns: 500 }
		);
	});
});

describe('texts a few letters apart', () => {
	const rest = () => Promise.resolve();

	it('are all found where the shorter is short, and where letters were put in, left out or changed', async () => {
		const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 4, maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(word, { minLength: 2, maxLength: 40 }), async (texts) => {
				const found = new Set((await nearPairs(texts, rest)).map(({ a, b }) => `${a} ${b}`));
				const missed = texts.flatMap((text, a) =>
					texts.flatMap((other, b) => {
						const length = Math.min(text.length, other.length);
						const limit = editLimit(length);
						const distance = editDistance(text, other, limit);
						const isNear = a < b && distance > 0 && distance <= limit && (length < 9 || distance === 1);
						return isNear && !found.has(`${a} ${b}`) ? [[text, other]] : [];
					})
				);
				expect(missed).toEqual([]);
			}),
			{ seed: 4, numRuns: 200 }
		);
	});

	it('are within the limit, each pair once', async () => {
		const texts = [
			'newyorkcity',
			'nweyorkcity',
			'newyorkcty',
			'newyrkct',
			'london',
			'londno',
			'paris',
			'pars'
		];
		expect(await nearPairs(texts, rest)).toEqual([
			{ a: 0, b: 1, distance: 1 },
			{ a: 0, b: 2, distance: 1 },
			{ a: 1, b: 2, distance: 2 },
			{ a: 4, b: 5, distance: 1 }
		]);
	});
});
