import type { Matrix } from '#lib/core/matrix.ts';
import type { DbscanFit, DbscanOptions } from './dbscan.ts';
import { dbscanWasm } from './kernels/dbscan.wasm.ts';
import { startKernel } from './kernels/kernel.ts';

/** What `src/kernels/dbscan.as` exports. */
interface Functions {
	readonly roomFor: (rowCount: number) => number;
	readonly prepare: (
		values: number,
		rowCount: number,
		columnCount: number,
		eps: number,
		minPoints: number,
		room: number
	) => number;
	readonly startPass: () => void;
	readonly markCores: (from: number, to: number) => void;
	readonly joinCores: (from: number, to: number) => void;
	readonly numberClusters: (labels: number) => number;
	readonly labelBorders: (labels: number, from: number, to: number) => void;
}

const MOST_COLUMNS = 3;
/** Cells between two reports of progress. */
const CELLS_PER_REPORT = 16_384;

/**
 * DBSCAN of up to three columns by the kernel; null where it cannot run, for the columns, the number of cells or the
 * browser. The answer is that of `dbscan` to the last label.
 */
export function kernelDbscan(data: Matrix, { eps, minPoints, onProgress }: DbscanOptions): DbscanFit | null {
	const { values, rowCount, columnCount } = data;
	if (rowCount === 0 || columnCount < 1 || columnCount > MOST_COLUMNS) return null;
	const kernel = startKernel<Functions>(dbscanWasm);
	if (kernel === null) return null;
	const { run, arena } = kernel;
	const valuesAt = arena.alloc(values.byteLength);
	const labelsAt = arena.alloc(4 * rowCount);
	const room = arena.alloc(run.roomFor(rowCount));
	arena.f64(valuesAt, values.length).set(values);
	const cellCount = run.prepare(valuesAt, rowCount, columnCount, eps, minPoints, room);
	if (cellCount < 0) return null;
	const pass = (number: number, work: (from: number, to: number) => void): void => {
		run.startPass();
		for (let from = 0; from < cellCount; from += CELLS_PER_REPORT) {
			onProgress?.((number + from / cellCount) / 3);
			work(from, Math.min(from + CELLS_PER_REPORT, cellCount));
		}
	};
	pass(0, run.markCores);
	pass(1, run.joinCores);
	const clusterCount = run.numberClusters(labelsAt);
	pass(2, (from, to) => run.labelBorders(labelsAt, from, to));
	onProgress?.(1);
	return { labels: arena.i32(labelsAt, rowCount).slice(), clusterCount };
}
