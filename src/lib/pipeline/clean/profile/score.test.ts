import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnStatistics } from './schema.ts';
import { SCORE_WEIGHTS, sessionScore, tableScore } from './score.ts';

const ROWS = 100;

function column(name: string, change: Partial<ColumnStatistics> = {}): ColumnStatistics {
	return {
		column: { name, column: name, stored: 'text', role: null, isKey: false },
		kind: 'text',
		rows: ROWS,
		missingCount: 0,
		inheritedCount: 0,
		writtenMissingCount: 0,
		filledCount: ROWS,
		distinctCount: ROWS,
		unreadableCount: 0,
		blankEndsCount: 0,
		caseVariantCount: 0,
		caseVariantRows: 0,
		repeatedCount: 0,
		futureCount: 0,
		impossibleCount: 0,
		failedRules: [],
		decimalIdCount: 0,
		values: null,
		bins: [],
		logBins: false,
		outliers: null,
		top: [],
		patterns: [],
		oddPatternCount: 0,
		...change
	};
}

const table = (...columns: ColumnStatistics[]) => ({ rows: ROWS, columns });
const farOut = (farCount: number) => ({ low: 0, high: 1, count: farCount, farCount, robustCount: null });

describe('tableScore', () => {
	it('is 100 where nothing is wrong, and for a table of nothing', () => {
		expect(tableScore(table(column('a'), column('b', { kind: 'number' }))).score).toBe(100);
		expect(tableScore({ rows: 0, columns: [column('a')] })).toEqual({ score: 100, parts: [] });
	});

	it('adds up what each part says, by its weight among those that apply', () => {
		// No key and no number: completeness 30, validity 30, consistency 15 of 75.
		const { score, parts } = tableScore(
			table(column('a', { missingCount: 20 }), column('b', { blankEndsCount: 10 }))
		);
		expect(parts.map(({ id, weight, score: own }) => [id, weight, own])).toEqual([
			['completeness', 40, 90],
			['validity', 40, 100],
			['consistency', 20, 95]
		]);
		expect(score).toBeCloseTo(0.4 * 90 + 0.4 * 100 + 0.2 * 95, 12);
		expect(parts[0]?.costs).toEqual([{ name: 'a', count: 20, points: 4 }]);
		expect(parts[2]?.costs).toEqual([{ name: 'b', count: 10, points: 1 }]);
	});

	it('looks at keys for uniqueness and at numbers and dates for plausibility', () => {
		const key = column('id', {
			kind: 'id',
			column: { name: 'id', column: 'id', stored: 'text', role: null, isKey: true },
			repeatedCount: 50
		});
		const { score, parts } = tableScore(table(key, column('n', { kind: 'number', outliers: farOut(10) })));
		expect(parts.map(({ id, score: own }) => [id, own])).toEqual([
			['completeness', 100],
			['validity', 100],
			['uniqueness', 50],
			['consistency', 100],
			['plausibility', 90]
		]);
		expect(score).toBeCloseTo(100 - 7.5 - 1, 12);
		expect(Object.values(SCORE_WEIGHTS).reduce((a, b) => a + b)).toBe(100);
	});

	it('judges the columns in use alone, where any is', () => {
		const used = column('email', {
			column: { name: 'email', column: 'c0', stored: 'text', role: 'email', isKey: false }
		});
		expect(tableScore(table(used, column('note', { missingCount: ROWS }))).score).toBe(100);
	});

	it('never falls when something is mended', () => {
		const count = fc.integer({ min: 0, max: ROWS });
		const counts = fc.record({
			missingCount: count,
			unreadableCount: count,
			blankEndsCount: count,
			caseVariantRows: count,
			oddPatternCount: count,
			repeatedCount: count,
			futureCount: count,
			impossibleCount: count,
			farCount: count,
			failing: count
		});
		const of = (
			{ farCount, failing, ...own }: typeof counts extends fc.Arbitrary<infer T> ? T : never,
			i: number
		) =>
			column(`c${i}`, {
				...own,
				kind: i % 2 === 0 ? 'number' : 'text',
				column: { name: `c${i}`, column: `c${i}`, stored: 'text', role: null, isKey: i === 0 },
				outliers: i % 2 === 0 ? farOut(farCount) : null,
				failedRules: failing > 0 ? [{ step: 'r1', label: '', columns: [], count: failing }] : []
			});
		fc.assert(
			fc.property(
				fc.array(counts, { minLength: 1, maxLength: 5 }),
				fc.nat(),
				fc.nat(),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(all, which, what, left) => {
					const at = which % all.length;
					const one = all[at];
					if (!one) return;
					const name = Object.keys(one)[what % Object.keys(one).length] as keyof typeof one;
					const mended = all.map((each, i) =>
						i === at ? { ...each, [name]: Math.floor(each[name] * left) } : each
					);
					const before = tableScore(table(...all.map(of))).score;
					const after = tableScore(table(...mended.map(of))).score;
					expect(after).toBeGreaterThanOrEqual(before - 1e-9);
					expect(before).toBeGreaterThanOrEqual(0);
					expect(after).toBeLessThanOrEqual(100);
				}
			),
			{ seed: 15, numRuns: 300 }
		);
	});
});

describe('sessionScore', () => {
	it('weighs tables by their cells', () => {
		const good = table(column('a'));
		const bad = table(column('a', { missingCount: ROWS }), column('b', { missingCount: ROWS }));
		expect(sessionScore([good, bad])).toBeCloseTo((100 + 2 * tableScore(bad).score) / 3, 12);
		expect(sessionScore([])).toBe(100);
	});
});
