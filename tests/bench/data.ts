import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import { applyScaler, fitScaler } from '#lib/stats/scale.ts';

const BLOBS = 7;
const RFM = new URL('../oracle/rfm-online-retail.csv.gz', import.meta.url);

/** Seven overlapping round blobs of unlike density with 4 % far-off rows: slow to settle for k other than 7. */
export function madeRows(rowCount: number, columnCount: number): Matrix {
	const random = seeded(5);
	const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const centres = Float64Array.from({ length: BLOBS * columnCount }, () => 1.3 * normal());
	const values = new Float64Array(rowCount * columnCount);
	for (let at = 0; at < values.length;) {
		const centre = below(random, BLOBS) * columnCount;
		const spread = random() < 0.04 ? 2.5 : 0.6;
		for (let c = 0; c < columnCount; c += 1) {
			values[at++] = (centres[centre + c] as number) + spread * normal();
		}
	}
	return { values, rowCount, columnCount };
}

/** Recency, frequency and amount of the 3,317 customers of Online Retail, logarithms, each with mean 0 and variance 1. */
export function onlineRetail(): Matrix {
	const [header = '', ...lines] = gunzipSync(readFileSync(RFM)).toString('utf8').trim().split('\n');
	const names = header.split(',');
	const cells = lines.map((line) => line.split(','));
	const columns = ['recency', 'frequency', 'monetary'].map((name) =>
		cells.map((row) => Number(row[names.indexOf(name)]))
	);
	const rows = fromColumns(columns);
	return applyScaler(rows, fitScaler(rows, 'log1p-standard'));
}

/** Rows of numbers as the packages of npm take them. */
export function toArrays({ values, columnCount }: { values: Float64Array; columnCount: number }): number[][] {
	return Array.from({ length: values.length / columnCount }, (_, row) =>
		Array.from(values.subarray(row * columnCount, (row + 1) * columnCount))
	);
}
