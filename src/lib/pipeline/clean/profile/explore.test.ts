import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { correlate, countCells, countExplored, EXPLORED_BINS, makeExplored, type Brush } from './explore.ts';
import { profileTable } from './profile.ts';
import { fileTable } from './tables.ts';

const { signal } = new AbortController();
const SOURCE = makeSource(['a', 'b', 'c', 'name'], {});
/** 400 rows: a rises by twos, b falls with steps, c has gaps. */
const VALUES = Array.from({ length: 400 }, (_, i) => [
	Math.floor(i / 2),
	-Math.floor(i / 7),
	i % 5 === 0 ? null : (i * 37) % 101
]);
const ROWS = VALUES.map((values, i) => [...values.map((value) => value?.toString() ?? ''), `n${i % 3}`]);

async function explored(engine: Engine) {
	const result = await writeRawTable(engine, SOURCE, ROWS);
	const table = fileTable(SOURCE, result, 'raw');
	const { columns } = await profileTable(engine, table, table.columns, { today: null }, signal);
	return makeExplored(engine, table, columns, signal);
}

/** The bin of a value, by the edges. */
function binOf(value: number | null, edges: readonly number[]): number | null {
	if (value === null) return null;
	const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 1];
	return Math.min(EXPLORED_BINS - 1, Math.floor(((value - from) / (to - from)) * EXPLORED_BINS));
}

describeEngines('the linked charts', (engine) => {
	it('count every chart without its own brush', async () => {
		const found = await explored(engine());
		expect(found.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
		const brushes: Brush[] = [
			{ column: 0, first: 4, last: 19 },
			{ column: 2, first: 0, last: 24 }
		];
		const { histograms, brushed } = await countExplored(engine(), found, brushes);
		const bins = VALUES.map((row) => row.map((value, i) => binOf(value, found.columns[i]?.edges ?? [])));
		const isIn = (row: readonly (number | null)[], { column, first, last }: Brush) => {
			const bin = row[column] ?? null;
			return bin !== null && bin >= first && bin <= last;
		};
		for (const [i, histogram] of histograms.entries()) {
			const expected = new Float64Array(EXPLORED_BINS);
			for (const row of bins) {
				const bin = row[i] ?? null;
				if (bin === null || !brushes.every((brush) => brush.column === i || isIn(row, brush))) continue;
				expected[bin] = (expected[bin] ?? 0) + 1;
			}
			expect([...histogram]).toEqual([...expected]);
		}
		const both = bins.filter((row) => brushes.every((brush) => isIn(row, brush)));
		expect(brushed).toBe(both.length);
		const cells = await countCells(engine(), 0, 2, brushes);
		expect(cells.reduce((sum, count) => sum + count, 0)).toBe(both.length);
		const [first] = both;
		expect(cells[(first?.[2] ?? 0) * EXPLORED_BINS + (first?.[0] ?? 0)]).toBeGreaterThan(0);
	});

	it('correlate values and ranks of the rows that have both', async () => {
		const found = await explored(engine());
		for (const method of ['pearson', 'spearman'] as const) {
			const { pairs, step } = await correlate(engine(), found, method, []);
			expect(step).toBe(1);
			expect(pairs.map(({ x, y, rows }) => [x, y, rows])).toEqual([
				[0, 1, 400],
				[0, 2, 320],
				[1, 2, 320]
			]);
			for (const { x, y, value } of pairs) {
				const both = VALUES.flatMap((row) => {
					const [a, b] = [row[x] ?? null, row[y] ?? null];
					return a === null || b === null ? [] : [[a, b] as const];
				});
				const [as, bs] = [both.map(([a]) => a), both.map(([, b]) => b)];
				const expected = method === 'pearson' ? pearson(as, bs) : pearson(ranks(as), ranks(bs));
				expect(value).toBeCloseTo(expected, 12);
			}
		}
	});

	it('correlate the brushed rows alone', async () => {
		const found = await explored(engine());
		const brush = { column: 0, first: 0, last: 9 };
		const { pairs } = await correlate(engine(), found, 'pearson', [brush]);
		expect(pairs[0]?.rows).toBe(100);
	});
});

function pearson(a: readonly number[], b: readonly number[]): number {
	const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
	const [ma, mb] = [mean(a), mean(b)];
	const dot = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
		p.reduce((sum, x, i) => sum + (x - mp) * ((q[i] ?? 0) - mq), 0);
	return dot(a, ma, b, mb) / Math.sqrt(dot(a, ma, a, ma) * dot(b, mb, b, mb));
}

function ranks(of: readonly number[]): number[] {
	return of.map((x) => of.filter((y) => y < x).length + (of.filter((y) => y === x).length + 1) / 2);
}
