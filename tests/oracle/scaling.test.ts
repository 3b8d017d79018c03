import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { columnOf, fromColumns, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { SCALINGS } from '#lib/pipeline/segment/schema.ts';
import { pca } from '#lib/stats/pca.ts';
import { applyScaler, fitScaler, invertScaler, type Scaling } from '#lib/stats/scale.ts';
import { farthest } from './clustering-small.ts';

interface Answer {
	readonly centers: readonly number[];
	readonly scales: readonly number[];
	readonly lambdas: readonly number[] | null;
	/** Every so many rows on the scale. */
	readonly rows: readonly (readonly number[])[];
	readonly pca: {
		readonly eigenvalues: readonly number[];
		readonly explained: readonly number[];
		readonly loadings: readonly (readonly number[])[];
		readonly means: readonly number[];
	};
}

/** What `make-scaling.py` stored: scikit-learn's scales and components of real tables. */
const answers = JSON.parse(readFileSync(new URL('scaling.json', import.meta.url), 'utf8')) as Record<
	string,
	{ readonly step: number; readonly scalings: Readonly<Record<Scaling, Answer>> }
>;

const tables: Readonly<Record<string, Matrix>> = {
	'online-retail': tableOf(
		gunzipSync(readFileSync(new URL('rfm-online-retail.csv.gz', import.meta.url))).toString('utf8'),
		['recency', 'frequency', 'monetary']
	),
	wholesale: tableOf(readFileSync(new URL('wholesale-customers.csv', import.meta.url), 'utf8'), [
		...['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicassen']
	])
};

function tableOf(text: string, names: readonly string[]): Matrix {
	const [header = [], ...rows] = text
		.trim()
		.split('\n')
		.map((line) => line.split(','));
	return fromColumns(names.map((name) => rows.map((row) => Number(row[header.indexOf(name)]))));
}

/** The largest difference over the size of the number, or over 1. */
function farthestOff(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
	if (actual.length !== expected.length) return Infinity;
	const sizes = Array.from(expected, (value) => Math.max(1, Math.abs(value)));
	return farthest(
		Array.from(actual, (value, i) => value / (sizes[i] as number)),
		Array.from(expected, (value, i) => value / (sizes[i] as number))
	);
}

const cases = Object.keys(tables).flatMap((name) => SCALINGS.map((scaling) => [name, scaling] as const));

describe.each(cases)('%s, %s', (name, scaling) => {
	const data = tables[name] as Matrix;
	const { step, scalings } = answers[name] as (typeof answers)[string];
	const answer = scalings[scaling];
	const scaler = fitScaler(data, scaling);
	const scaled = applyScaler(data, scaler);
	const sampleOf = (matrix: Matrix): Float64Array =>
		rowsOf(
			matrix,
			answer.rows.map((_, i) => i * step)
		).values;

	it('has the scale of scikit-learn', () => {
		// A likelihood is flat at its top: either search may stop up to some 1e-7 beside the best exponent.
		const [tolerance, onScale] = answer.lambdas === null ? [1e-9, 1e-9] : [1e-6, 1e-7];
		expect(farthest(scaler.lambdas ?? [], answer.lambdas ?? [])).toBeLessThan(tolerance);
		expect(farthestOff(scaler.centers, answer.centers)).toBeLessThan(tolerance);
		expect(farthestOff(scaler.scales, answer.scales)).toBeLessThan(tolerance);
		expect(farthestOff(sampleOf(scaled), answer.rows.flat())).toBeLessThan(onScale);
	});
	it('gives its numbers on its scale', () => {
		expect(farthestOff(sampleOf(applyScaler(data, { scaling, ...answer })), answer.rows.flat())).toBeLessThan(
			1e-9
		);
	});
	it('has its components', () => {
		const { eigenvalues, explained, loadings, means } = pca(scaled);
		expect(farthestOff(eigenvalues, answer.pca.eigenvalues)).toBeLessThan(1e-8);
		expect(farthest(explained, answer.pca.explained)).toBeLessThan(1e-8);
		expect(farthest(loadings.values, answer.pca.loadings.flat())).toBeLessThan(1e-8);
		expect(farthestOff(means, answer.pca.means)).toBeLessThan(1e-8);
	});
	it('comes back', () => {
		const back = invertScaler(scaled, scaler);
		for (let c = 0; c < data.columnCount; c += 1)
			expect(farthestOff(columnOf(back, c), columnOf(data, c))).toBeLessThan(1e-8);
	});
});
