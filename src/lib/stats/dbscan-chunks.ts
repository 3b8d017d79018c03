import type { Matrix } from '#lib/core/matrix.ts';
import type { DbscanFit, DbscanOptions } from './dbscan.ts';
import { dbscanChunksWasm } from './kernels/dbscan-chunks.wasm.ts';
import { startKernel } from './kernels/kernel.ts';
import { buildSpatialIndex } from './spatial-index.ts';

/** What `src/kernels/dbscan-chunks.as` exports. */
interface Functions {
	readonly roomFor: (rowCount: number, columnCount: number, minPoints: number) => number;
	readonly prepare: (
		rows: number,
		rowCount: number,
		columnCount: number,
		center: number,
		largest: number,
		eps: number,
		minPoints: number,
		room: number
	) => number;
	readonly countNeighbours: (from: number, to: number) => void;
	readonly joinKnown: () => void;
	readonly joinCores: (from: number, to: number) => void;
	readonly labelRows: (order: number, labels: number) => number;
}

/** Chunks between two reports of progress. */
const CHUNKS_PER_REPORT = 256;
/** The part of the work that is counting neighbours. */
const COUNT_SHARE = 0.8;
const MOST_BYTES = 2 ** 29;
/** Values so many times eps have squares that 32 bits hold. */
const FARTHEST = 1e15;

/**
 * DBSCAN of any number of columns by the kernel that compares chunks of rows; null where it cannot run, for the memory
 * that many neighbours of many rows take, for an eps next to nothing beside the values, or for the browser. The answer is
 * that of `dbscan` to the last label. O(n²/16) at worst.
 */
export function chunkDbscan(data: Matrix, { eps, minPoints, onProgress }: DbscanOptions): DbscanFit | null {
	const { rowCount, columnCount } = data;
	const { center, largest } = middleOf(data);
	if (rowCount === 0 || columnCount === 0 || !(largest / eps <= FARTHEST)) return null;
	const kernel = startKernel<Functions>(dbscanChunksWasm);
	if (kernel === null) return null;
	const { run, arena } = kernel;
	const bytes = run.roomFor(rowCount, columnCount, minPoints);
	if (bytes > MOST_BYTES) return null;
	const index = buildSpatialIndex(data);
	const rows = arena.alloc(index.values.byteLength);
	const order = arena.alloc(4 * rowCount);
	const labels = arena.alloc(4 * rowCount);
	const middle = arena.alloc(center.byteLength);
	const room = arena.alloc(bytes);
	arena.f64(rows, index.values.length).set(index.values);
	arena.i32(order, rowCount).set(index.order);
	arena.f64(middle, columnCount).set(center);
	const chunkCount = run.prepare(rows, rowCount, columnCount, middle, largest, eps, minPoints, room);
	const pass = (start: number, share: number, work: (from: number, to: number) => void): void => {
		for (let from = 0; from < chunkCount; from += CHUNKS_PER_REPORT) {
			// A chunk is compared with those before it.
			onProgress?.(start + share * (from / chunkCount) ** 2);
			work(from, Math.min(from + CHUNKS_PER_REPORT, chunkCount));
		}
	};
	pass(0, COUNT_SHARE, run.countNeighbours);
	run.joinKnown();
	pass(COUNT_SHARE, 1 - COUNT_SHARE, run.joinCores);
	const clusterCount = run.labelRows(order, labels);
	onProgress?.(1);
	return { labels: arena.i32(labels, rowCount).slice(), clusterCount };
}

/** The middle of each column between its least and its largest value, and how far the farthest value is from it. */
function middleOf({ values, rowCount, columnCount }: Matrix): { center: Float64Array; largest: number } {
	const center = new Float64Array(columnCount);
	let largest = 0;
	for (let c = 0; c < columnCount; c += 1) {
		let [low, high] = [Infinity, -Infinity];
		for (let at = c; at < rowCount * columnCount; at += columnCount) {
			const value = values[at] as number;
			if (value < low) low = value;
			if (value > high) high = value;
		}
		const middle = low / 2 + high / 2;
		center[c] = middle;
		largest = Math.max(largest, high - middle, middle - low);
	}
	return { center, largest };
}
