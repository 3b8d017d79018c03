import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seeded } from '#lib/core/random.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { cleaning } from '../../../../../../tests/oracle/cleaning-small.ts';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../../tests/support/raw-tables.ts';
import { makeRepair, repairRows } from '../../../../../../tests/support/repairs.ts';
import { sourceTable } from '../tables.ts';

const HOSTILE = `Income "€", '; DROP`;
const source = makeSource(['id', HOSTILE, 'group', 'Age'], { customer: 'id' });
const comma = makeSource(['id', HOSTILE, 'group', 'Age'], { customer: 'id' }, { decimalMark: ',' });

const MISSING = { words: true, unreadable: false };

describeEngines('operations on numbers', (engine) => {
	const run = (
		operation: string,
		columns: readonly string[],
		params: Readonly<Record<string, unknown>>,
		rows: readonly (readonly string[])[],
		of = source
	) => repairRows(engine(), of, rows, [makeRepair(of, operation, columns, params)]);
	const column = (texts: readonly (readonly string[])[], i = 1) => texts.map((row) => row[i]);
	const added = async (name: string) => {
		const rows = await engine().rows<{ value: number | boolean | null }>(
			sql`SELECT ${id(name)} AS value FROM ${id(...sourceTable('s1'))} ORDER BY row`
		);
		return rows.map(({ value }) => value);
	};
	const people = (incomes: readonly string[], groups: readonly string[] = []) =>
		incomes.map((income, i) => [`p${i}`, income, groups[i] ?? '', String(20 + i)]);

	it('fill what is missing with the median, and keep what was', async () => {
		const incomes = ['10', '', ' NA ', '20.5', 'abc', '1,000', '-'];
		const { results, texts } = await run('impute', [HOSTILE], imputeParams(), people(incomes));
		expect(column(texts)).toEqual(['10', '20.5', '20.5', '20.5', 'abc', '1,000', '20.5']);
		expect(results[0]?.sources[0]).toMatchObject({
			rowsChanged: 3,
			rowsFailing: 0,
			words: `“${HOSTILE}”: 3 missing cells get the median, 20.5.`,
			added: [{ name: 'r1_was_missing_c1', title: `${HOSTILE} was missing`, type: 'BOOLEAN' }]
		});
		expect(await added('r1_was_missing_c1')).toEqual([false, true, true, false, false, false, true]);
	});

	it('fill texts that are no number, and leave words alone, when asked to', async () => {
		const incomes = ['10', 'abc', 'NA', ''];
		const unreadable = imputeParams({ unreadable: true });
		expect(column((await run('impute', [HOSTILE], unreadable, people(incomes))).texts)).toEqual([
			'10',
			'10',
			'10',
			'10'
		]);
		const strict = imputeParams({ words: false });
		expect(column((await run('impute', [HOSTILE], strict, people(incomes))).texts)).toEqual([
			'10',
			'abc',
			'NA',
			'10'
		]);
	});

	it('write the decimal mark of the file', async () => {
		const rows = people(['1.234,5', '', '2,5', '7']);
		expect(column((await run('impute', [HOSTILE], imputeParams(), rows, comma)).texts)).toEqual([
			'1.234,5',
			'7',
			'2,5',
			'7'
		]);
		const even = people(['1,5', '', '2,75']);
		expect(column((await run('impute', [HOSTILE], imputeParams(), even, comma)).texts)[1]).toBe('2,125');
	});

	it('fill with the median of the group, or of the column where the group has none', async () => {
		const rows = people(['10', '', '30', '', '5', ''], ['a', 'a ', 'a', 'b', '', 'c']);
		const params = imputeParams({ method: 'group_median', group: 'group' });
		const { results, texts } = await run('impute', [HOSTILE], params, rows);
		expect(column(texts)).toEqual(['10', '20', '30', '10', '5', '10']);
		expect(results[0]?.sources[0]?.words).toBe(
			`“${HOSTILE}”: 3 missing cells get the median of one of 3 groups, or else of the column, 10.`
		);
		const absent = await run('impute', [HOSTILE], { ...params, group: 'Nowhere' }, rows);
		expect(column(absent.texts)).toEqual(['10', '10', '30', '10', '5', '10']);
		expect(absent.results[0]?.sources[0]?.words).toContain('The file has no column “Nowhere”');
	});

	it('fill with the most frequent value, the first of equals, or with one that is given', async () => {
		const rows = people(['b', 'a', '', 'b', 'a', 'n/a']);
		expect(column((await run('impute', [HOSTILE], imputeParams({ method: 'mode' }), rows)).texts)).toEqual([
			'b',
			'a',
			'a',
			'b',
			'a',
			'a'
		]);
		const given = imputeParams({ method: 'constant', constant: " it's " });
		expect(column((await run('impute', [HOSTILE], given, rows)).texts)[2]).toBe("it's");
	});

	it('fill nothing where there is nothing to take it from', async () => {
		const { results, texts } = await run('impute', [HOSTILE], imputeParams(), people(['', 'x', '?']));
		expect(column(texts)).toEqual(['', 'x', '?']);
		expect(results[0]?.sources[0]).toMatchObject({
			rowsChanged: 0,
			words: `“${HOSTILE}”: 2 missing cells stay empty, because the column holds no number.`
		});
		const none = await run('impute', [HOSTILE], imputeParams(), people(['1']));
		expect(none.results[0]?.sources[0]?.words).toBe(`“${HOSTILE}”: nothing is missing.`);
	});

	it('refuse a value or a group that is not given', async () => {
		for (const params of [imputeParams({ method: 'constant' }), imputeParams({ method: 'group_median' })]) {
			await expect(run('impute', [HOSTILE], params, [])).rejects.toMatchObject({
				code: 'clean.repair-invalid'
			});
		}
	});

	it('change only what is missing, by values between the known ones', async () => {
		const cell = fc.oneof(
			fc.integer({ min: -1000, max: 1000 }).map(String),
			fc.constantFrom('', ' ', 'NA', 'x', '7.25')
		);
		await fc.assert(
			fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (incomes) => {
				for (const [operation, params] of [
					['impute', imputeParams()],
					['impute_knn', knnParams({ alsoUse: ['Age'] })]
				] as const) {
					const { texts } = await run(operation, [HOSTILE], params, people(incomes));
					expect(texts).toHaveLength(incomes.length);
					const known = incomes.map(Number).filter((n, i) => incomes[i]?.trim() !== '' && !Number.isNaN(n));
					column(texts).forEach((text, i) => {
						const isMissing = ['', 'NA'].includes((incomes[i] ?? '').trim());
						if (!isMissing || known.length === 0) return expect(text).toBe(incomes[i]);
						if (text === incomes[i]) return expect(operation).toBe('impute_knn');
						expect(Number(text)).toBeGreaterThanOrEqual(Math.min(...known));
						expect(Number(text)).toBeLessThanOrEqual(Math.max(...known));
					});
				}
			}),
			{ seed: 5, numRuns: 8 }
		);
	});

	it('fill missing numbers from similar rows, and say how far that misses', async () => {
		const rows = Array.from({ length: 200 }, (_, i) => [
			`p${i}`,
			i % 20 === 3 ? '' : String(1000 * i),
			'',
			String(i)
		]);
		const params = knnParams({ neighborCount: 2, alsoUse: ['Age'] });
		const { results, texts } = await run('impute_knn', [HOSTILE], params, rows);
		expect(texts[3]?.[1]).toBe('3000');
		expect(texts[103]?.[1]).toBe('103000');
		expect(column(texts, 3)).toEqual(column(rows, 3));
		expect(results[0]?.sources[0]?.rowsChanged).toBe(10);
		expect(results[0]?.sources[0]?.words).toMatch(
			/: 10 missing cells filled\. Neighbours miss by 0\.0\d deviations, the median by [01]\.\d\d, over 19 known values that were hidden\.$/
		);
		expect((await added('r1_was_missing_c1')).filter(Boolean)).toHaveLength(10);
	});

	it('advise the median where neighbours know no better', async () => {
		const random = seeded(4);
		const rows = Array.from({ length: 400 }, (_, i) => [
			`p${i}`,
			i === 0 ? '' : String(random()),
			'',
			String(random())
		]);
		const { results } = await run('impute_knn', [HOSTILE, 'Age'], knnParams(), rows);
		expect(results[0]?.sources[0]?.words).toMatch(
			/The median does no worse here, and is simpler\. “Age”: nothing/
		);
	});

	it('compare rows by two columns at least, and leave texts that are no number', async () => {
		const rows = people(['10', '', 'abc', '30']);
		const alone = await run('impute_knn', [HOSTILE], knnParams(), rows);
		expect(column(alone.texts)).toEqual(['10', '', 'abc', '30']);
		expect(alone.results[0]?.sources[0]).toMatchObject({
			words: '',
			problem: 'Rows cannot be compared by one column alone: choose another column of numbers to compare by.'
		});
		const both = await run('impute_knn', [HOSTILE, 'Age'], knnParams({ neighborCount: 1 }), rows, comma);
		expect(column(both.texts)).toEqual(['10', '10', 'abc', '30']);
		expect(both.results[0]?.sources[0]).not.toHaveProperty('problem');
	});

	it('pull extreme numbers in to quantiles, once and for all', async () => {
		for (const { values, clipped } of cleaning.outliers) {
			const params = { lower: 0.05, upper: 0.95 };
			const { texts } = await run('winsorise', [HOSTILE], params, people(values.map(String)));
			column(texts).forEach((text, i) => expect(Number(text)).toBeCloseTo(clipped[i] ?? NaN, 9));
			const marks = await added('r1_was_clipped_c1');
			const outside = values.map((value, i) => Math.abs(value - (clipped[i] ?? 0)) > 1e-9);
			expect(marks).toEqual(outside);
		}
		const { results, texts } = await run(
			'winsorise',
			[HOSTILE],
			{ lower: 0, upper: 0.75 },
			people(['1', 'x', '2', '', '3', '4', '1,000'])
		);
		expect(column(texts)).toEqual(['1', 'x', '2', '', '3', '4', '4']);
		expect(results[0]?.sources[0]).toMatchObject({
			rowsChanged: 1,
			words: `“${HOSTILE}”: 0 numbers below 1, 1 number above 4.`
		});
	});

	it('pull no number past another, and leave what lies on the bound', async () => {
		const long = [
			'10000000000000002048',
			'12345678901234567890',
			'12345678901234567890',
			'98765432109876543210'
		];
		const params = { lower: 1 / 3, upper: 2 / 3 };
		const { texts, results } = await run('winsorise', [HOSTILE], params, people(long));
		const written = column(texts).map(Number);
		expect(column(texts).slice(1, 3)).toEqual(long.slice(1, 3));
		expect(written).toEqual([long[1], long[1], long[1], long[1]].map(Number));
		expect(results[0]?.sources[0]).toMatchObject({ rowsChanged: 2 });
		expect(await added('r1_was_clipped_c1')).toEqual([true, false, false, true]);

		const close = ['1.0000000000001', '1.0000000000002', '1.0000000000003', '1.0000000000004'];
		const inner = await run('winsorise', [HOSTILE], params, people(close));
		const numbers = column(inner.texts).map(Number);
		expect(column(inner.texts).slice(1, 3)).toEqual(close.slice(1, 3));
		expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
	});

	it('write a bound between two numbers without the noise of binary fractions', async () => {
		const { texts } = await run(
			'winsorise',
			[HOSTILE],
			{ lower: 0, upper: 0.9 },
			people(['0.1', '0.2', '0.3', '0.7'])
		);
		expect(column(texts)).toEqual(['0.1', '0.2', '0.3', '0.58']);
	});

	it('mark outliers as the definitions say, and change nothing', async () => {
		for (const { values, outsideQuartiles, robustZ } of cleaning.outliers) {
			const rows = people(values.map(String));
			const params = { method: 'iqr', quartileRanges: 1.5, deviations: 3.5 };
			const quartiles = await run('flag_outliers', [HOSTILE], params, rows);
			const rowsOf = (flags: readonly boolean[]) => flags.flatMap((flag, i) => (flag ? [i + 1] : []));
			expect(quartiles.failing).toEqual(rowsOf(outsideQuartiles));
			const robust = await run('flag_outliers', [HOSTILE], { ...params, method: 'robust_z' }, rows);
			expect(robust.failing).toEqual(rowsOf(robustZ.map((z) => z > 3.5)));
			expect(robust.texts).toEqual(rows);
			expect(robust.setAside).toEqual([]);
			expect(await added('r1_outlier_c1')).toEqual(robustZ.map((z) => z > 3.5));
		}
	});

	it('say so where a column holds no number', async () => {
		const rows = people(['', 'x']);
		const nothing = `“${HOSTILE}”: holds no number.`;
		const flags = { method: 'robust_z', quartileRanges: 3, deviations: 3.5 };
		const marked = await run('flag_outliers', [HOSTILE], flags, rows);
		expect(marked.results[0]?.sources[0]).toMatchObject({ rowsFailing: 0, words: nothing });
		const pulled = await run('winsorise', [HOSTILE], { lower: 0.01, upper: 0.99 }, rows);
		expect(pulled.results[0]?.sources[0]?.words).toBe(nothing);
		expect(pulled.texts).toEqual(rows);
		const evened = await run('transform', [HOSTILE], { transform: 'yeo_johnson' }, rows);
		expect(evened.results[0]?.sources[0]?.words).toBe(
			`“${HOSTILE}”: fewer than two numbers that Yeo-Johnson can take.`
		);
		expect(await added('r1_yeo_johnson_c1')).toEqual([null, null]);
	});

	it('add transformed numbers beside those of the file', async () => {
		for (const { values, boxCox, yeoJohnson, name } of cleaning.powers.slice(-4)) {
			const rows = people(values.map(String));
			const { texts, results } = await run('transform', [HOSTILE], { transform: 'yeo_johnson' }, rows);
			expect(texts).toEqual(rows);
			expect(results[0]?.sources[0]?.words).toContain(
				`λ = ${Number(yeoJohnson.lambda.toFixed(4))}, skew from `
			);
			const found = (await added('r1_yeo_johnson_c1')) as number[];
			const order = (numbers: readonly number[]) =>
				numbers.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
			const rising = order(values).map((i) => found[i] ?? NaN);
			expect(
				rising.every((value, i) => i === 0 || value >= (rising[i - 1] ?? NaN)),
				name
			).toBe(true);
			if (!boxCox) continue;
			await run('transform', [HOSTILE], { transform: 'box_cox' }, rows);
			expect((await added('r1_box_cox_c1')).every((value) => typeof value === 'number')).toBe(true);
		}
		await run('transform', [HOSTILE], { transform: 'log1p' }, people(['0', '1', '-1', 'x', '1e20']));
		const logs = (await added('r1_log1p_c1')) as (number | null)[];
		expect(logs).toEqual([0, 0.693147181, null, null, 46.0517019]);
	});

	it('leave numbers empty that a transform cannot take, and say how many', async () => {
		const rows = people(['1', '2', '30', '0', '-5']);
		const { results } = await run('transform', [HOSTILE], { transform: 'box_cox' }, rows);
		expect(results[0]?.sources[0]?.words).toMatch(
			/ 2 numbers are 0 or less, which Box-Cox cannot take: left empty\. Yeo-Johnson takes every number\.$/
		);
		expect((await added('r1_box_cox_c1')).slice(3)).toEqual([null, null]);
	});
});

function imputeParams(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
	return { method: 'median', constant: '', group: null, ...MISSING, ...changes };
}

function knnParams(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
	return { neighborCount: 5, alsoUse: [], ...MISSING, ...changes };
}
