import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { correlate, makeExplored } from '#lib/pipeline/clean/profile/explore.ts';
import { profileTable } from '#lib/pipeline/clean/profile/profile.ts';
import { fileTable } from '#lib/pipeline/clean/profile/tables.ts';
import { describeEngines } from '../support/engines.ts';
import { makeSource, writeRawTable } from '../support/raw-tables.ts';

interface Moments {
	readonly missing: number;
	readonly distinct: number;
	readonly min: number;
	readonly max: number;
	readonly mean: number;
	readonly sd: number;
	readonly skew: number;
	readonly quantiles: readonly number[];
	readonly beyond: number;
	readonly far: number;
	readonly robust: number;
}

interface Oracle {
	readonly columns: Readonly<Record<string, Moments>>;
	readonly city: { readonly missing: number; readonly top: readonly (readonly [string, number])[] };
	readonly pairs: readonly {
		readonly x: string;
		readonly y: string;
		readonly rows: number;
		readonly pearson: number;
		readonly spearman: number;
	}[];
}

const here = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const ORACLE = JSON.parse(here('profile.json')) as Oracle;
const [HEADER = '', ...LINES] = here('profile.csv').trimEnd().split('\n');
const NAMES = HEADER.split(',');
const SOURCE = makeSource(NAMES, {});
const { signal } = new AbortController();

/** Relative to the size of the value: sums run in another order. */
function expectNear(found: number | null | undefined, expected: number) {
	expect(found ?? NaN).toBeCloseTo(expected, 9 - Math.ceil(Math.log10(Math.max(1, Math.abs(expected)))));
}

describeEngines('the profile beside pandas and SciPy', (engine) => {
	const profile = async () => {
		const result = await writeRawTable(
			engine(),
			SOURCE,
			LINES.map((line) => line.split(','))
		);
		const table = fileTable(SOURCE, result, 'raw');
		return profileTable(engine(), table, table.columns, { today: null }, signal);
	};

	it('tells the same moments, quantiles and outliers', async () => {
		const { columns } = await profile();
		for (const { column, values, ...found } of columns) {
			const expected = ORACLE.columns[column.name];
			if (!expected) continue;
			expect([column.name, found.kind]).toEqual([column.name, 'number']);
			expect(found.missingCount).toBe(expected.missing);
			expect(found.distinctCount).toBe(expected.distinct);
			expect([values?.min, values?.max]).toEqual([expected.min, expected.max]);
			expectNear(values?.mean, expected.mean);
			expectNear(values?.sd, expected.sd);
			expectNear(values?.skew, expected.skew);
			expected.quantiles.forEach((quantile, i) => expectNear(values?.quantiles[i], quantile));
			expect(found.outliers).toMatchObject({
				count: expected.beyond,
				farCount: expected.far,
				robustCount: expected.robust
			});
		}
		const city = columns.find(({ column }) => column.name === 'city');
		expect(city?.missingCount).toBe(ORACLE.city.missing);
		expect(city?.top.map(({ text, count }) => [text, count])).toEqual(ORACLE.city.top);
	});

	it('tells the same correlations of values and of ranks', async () => {
		const { table, columns } = await profile();
		const explored = await makeExplored(engine(), table, columns, signal);
		const names = explored.columns.map(({ name }) => name);
		for (const method of ['pearson', 'spearman'] as const) {
			const { pairs } = await correlate(engine(), explored, method, []);
			expect(pairs).toHaveLength(ORACLE.pairs.length);
			for (const { x, y, value, rows } of pairs) {
				const expected = ORACLE.pairs.find((pair) => pair.x === names[x] && pair.y === names[y]);
				expect(rows).toBe(expected?.rows);
				expectNear(value, expected?.[method] ?? NaN);
			}
		}
	});
});
