import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '#lib/pipeline/import/schema.ts';
import type { ColumnStatistics } from './schema.ts';
import { columnsApart, SCORE_WEIGHTS, sessionScore, tableScore } from './score.ts';

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

function withRole(role: Role, change: Partial<ColumnStatistics> = {}): ColumnStatistics {
	return column(role, {
		column: { name: role, column: 'c0', stored: 'text', role, isKey: false },
		...change
	});
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

	it('judges columns that nobody uses as well, and never is 100 while anything is wrong', () => {
		const income = column('Income', { missingCount: 1, filledCount: ROWS - 1 });
		const { score, parts } = tableScore(table(withRole('customer'), income));
		expect(score).toBeLessThan(100);
		expect(parts[0]?.costs).toMatchObject([{ name: 'Income', count: 1 }]);
	});

	it('names columns apart that came empty or with one value, and stays 100', () => {
		const empty = column('note', { kind: 'empty', filledCount: 0, distinctCount: 0, missingCount: ROWS });
		const same = column('Z_Revenue', { distinctCount: 1, decimalIdCount: ROWS });
		const judged = table(column('a'), empty, same);
		expect(tableScore(judged).score).toBe(100);
		expect(columnsApart(judged)).toEqual([
			{ name: 'note', reason: 'empty' },
			{ name: 'Z_Revenue', reason: 'constant' }
		]);
		const nobody = withRole('customer', { kind: 'empty', filledCount: 0, missingCount: ROWS });
		expect(columnsApart(table(nobody))).toEqual([]);
	});

	it('expects values where a role needs them or half the cells have one, and never of a coupon', () => {
		const gap = (count: number) => ({ missingCount: count, filledCount: ROWS - count });
		const costOf = (each: ColumnStatistics) =>
			tableScore(table(column('a'), each)).parts[0]?.costs[0]?.count ?? 0;
		expect(costOf(withRole('customer', gap(80)))).toBe(80);
		expect(costOf(column('Income', gap(50)))).toBe(50);
		expect(costOf(column('Income', gap(51)))).toBe(0);
		expect(costOf(withRole('coupon', gap(40)))).toBe(0);
		expect(costOf(column('Discount code', gap(40)))).toBe(0);
		expect(costOf(column('Address line 2', gap(40)))).toBe(0);
		expect(costOf(column('Address line 1', gap(40)))).toBe(40);
	});

	it('counts a cell once when a rule fails that the column is checked for anyway', () => {
		const email = { unreadableCount: 15, writtenMissingCount: 5, filledCount: ROWS - 5 };
		const rule = { step: 'r1', label: '', columns: ['a'], count: 20, filledCount: 15 };
		const without = tableScore(table(column('a', email)));
		const withRule = tableScore(table(column('a', { ...email, failedRules: [rule] })));
		expect(withRule).toEqual(without);
		const stricter = { ...rule, count: 35, filledCount: 30 };
		const { parts } = tableScore(table(column('a', { ...email, failedRules: [stricter] })));
		expect(parts.map(({ costs }) => costs[0]?.count ?? 0)).toEqual([5, 30, 0]);
		const rare = { missingCount: 60, filledCount: 40, failedRules: [{ ...rule, count: 60, filledCount: 0 }] };
		expect(tableScore(table(column('a', rare))).parts[0]).toMatchObject({ id: 'validity', score: 40 });
	});

	it('never falls when a step fills, unites or mends what came rare, empty or in two spellings', () => {
		const other = column('b', { blankEndsCount: 50, unreadableCount: 40 });
		const rare = column('a', { missingCount: 60, filledCount: 40 });
		const spelled = column('a', { distinctCount: 2, caseVariantRows: 1 });
		for (const [came, now] of [
			[rare, column('a', { missingCount: 40, filledCount: 60 })],
			[spelled, column('a', { distinctCount: 1, kind: 'category' })]
		] as const) {
			const before = tableScore({ ...table(came, other), cameAs: [came, other] }).score;
			const after = tableScore({ ...table(now, other), cameAs: [came, other] }).score;
			expect(after).toBeGreaterThanOrEqual(before);
		}
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
				failedRules:
					failing > 0 ? [{ step: 'r1', label: '', columns: [], count: failing, filledCount: failing }] : []
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
					const cameAs = all.map(of);
					const before = tableScore({ rows: ROWS, columns: cameAs, cameAs }).score;
					const after = tableScore({ rows: ROWS, columns: mended.map(of), cameAs }).score;
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
