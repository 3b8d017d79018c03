import type { Matrix } from '#lib/core/matrix.ts';
import { startKernel, type Kernel } from './kernels/kernel.ts';
import { silhouetteWasm } from './kernels/silhouette.wasm.ts';

/** Rows with groups side by side: group g holds positions `starts[g]` to `starts[g + 1]`. */
export interface GroupedRows {
	readonly data: Matrix;
	readonly starts: Int32Array;
	/** The row at each position. */
	readonly order: Int32Array;
}

/** Sums of the distances from one position to the rows of each group, in a unit of their own. */
export interface DistanceSums {
	/** Writes the sum for each group. */
	readonly read: (position: number, sums: Float64Array) => void;
	/** Mean distances from a position that are all below this may be off by more than 4e-6 of themselves. */
	readonly resolution: (position: number) => number;
}

/** The sums of a position with f64 numbers: O(n·d) for each. */
export function exactSums({ data, starts }: GroupedRows): DistanceSums {
	const read = (position: number, sums: Float64Array): void => {
		const point = position * data.columnCount;
		for (let group = 0; group < sums.length; group += 1) {
			const [from, to] = [starts[group] as number, starts[group + 1] as number];
			sums[group] =
				data.columnCount === 3 ? sum3(data.values, point, from, to) : sumAny(data, point, from, to);
		}
	};
	return { read, resolution: () => 0 };
}

/** The default three features, unrolled: twice as fast as the loop. */
function sum3(values: Float64Array, point: number, from: number, to: number): number {
	const [p, q, r] = [values[point] as number, values[point + 1] as number, values[point + 2] as number];
	let sum = 0;
	for (let at = from * 3; at < to * 3; at += 3) {
		const x = (values[at] as number) - p;
		const y = (values[at + 1] as number) - q;
		const z = (values[at + 2] as number) - r;
		sum += Math.sqrt(x * x + y * y + z * z);
	}
	return sum;
}

function sumAny({ values, columnCount }: Matrix, point: number, from: number, to: number): number {
	let sum = 0;
	for (let at = from * columnCount; at < to * columnCount;) {
		let squares = 0;
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[at++] as number) - (values[point + c] as number);
			squares += difference * difference;
		}
		sum += Math.sqrt(squares);
	}
	return sum;
}

/** Addresses in the memory of the kernel, rows by position among padded groups. */
interface SilhouetteFunctions {
	readonly addTile: (
		columnCount: number,
		points: number,
		stride: number,
		rowFrom: number,
		rowTo: number,
		from: number,
		to: number,
		rowSums: number,
		columnSums: number,
		scratch: number
	) => void;
	readonly addTriangle: (
		columnCount: number,
		points: number,
		stride: number,
		from: number,
		to: number,
		sums: number,
		scratch: number
	) => void;
	readonly addRow: (
		columnCount: number,
		points: number,
		stride: number,
		row: number,
		from: number,
		to: number,
		sums: number,
		factor: number
	) => void;
}

/** Columns of a tile: so few that their sums stay in the nearest memory, and lose nothing in 32 bits. */
const TILE_COLUMNS = 512;
/** The kernel takes four rows at once. */
const LANES = 4;
const F32_BYTES = 4;
const F64_BYTES = 8;
/** Of the distance of a point to the mean: 2⁻²⁴, the rounding of its numbers, is 4e-6 of this. */
const RESOLUTION = 1 / 16;
/** Squares of smaller numbers are lost in 32 bits; the farthest point is at 1. */
const LEAST = 1e-15;
/** Spans whose squares a double holds, with room for sums. */
const WIDEST = 1e140;

/**
 * The sums of all positions at once, from 32-bit numbers about the mean with sums in 64 bits: each distance is made once.
 * Null where the kernel cannot run, or where the numbers are too large.
 *
 * @param onProgress told how much is done, 0 to 1, now and then
 */
export function allSums(grouped: GroupedRows, onProgress: (share: number) => void): DistanceSums | null {
	const scaled = aboutMean(grouped.data);
	const kernel = scaled === null ? null : startKernel<SilhouetteFunctions>(silhouetteWasm);
	if (scaled === null || kernel === null) return null;
	const { columnCount } = scaled;
	const padded = paddedStarts(grouped.starts);
	const groupCount = padded.length - 1;
	const width = padded[groupCount] as number;
	const stride = width * F32_BYTES;
	const points = kernel.arena.alloc(stride * columnCount);
	const scratch = kernel.arena.alloc(TILE_COLUMNS * F32_BYTES + columnCount * LANES * 16);
	const address = kernel.arena.alloc(groupCount * width * F64_BYTES);
	const places = placesOf(grouped.starts, padded);
	writeColumns(kernel, points, scaled, places, padded);
	addAll(kernel, { columnCount, points, stride, scratch, address, width, padded }, onProgress);
	takePaddingBack(kernel, { columnCount, points, stride, address, width, padded }, grouped.starts);
	const all = kernel.arena.f64(address, groupCount * width);
	return {
		read: (position, sums) => {
			const place = places[position] as number;
			for (let group = 0; group < groupCount; group += 1) sums[group] = all[group * width + place] as number;
		},
		resolution: (position) => Math.max(LEAST, RESOLUTION * norm(scaled, position))
	};
}

/** Bytes that `allSums` takes for so many groups. */
export function bytesOfSums(rowCount: number, groupCount: number): number {
	return (rowCount + LANES * groupCount) * groupCount * F64_BYTES;
}

interface Layout {
	readonly columnCount: number;
	readonly points: number;
	readonly stride: number;
	/** Where the sums are: for each group one of each place. */
	readonly address: number;
	readonly width: number;
	readonly padded: Int32Array;
}

/** The values less their column's mean, divided so that the largest is 1; null when a double cannot hold their squares. */
function aboutMean({ values, rowCount, columnCount }: Matrix): Matrix | null {
	const means = new Float64Array(columnCount);
	const moved = new Float64Array(values.length);
	let largest = 0;
	for (let c = 0; c < columnCount; c += 1) {
		let mean = 0;
		for (let at = c; at < values.length; at += columnCount) mean += (values[at] as number) / rowCount;
		means[c] = mean;
	}
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const value = (values[at] as number) - (means[c] as number);
			moved[at] = value;
			largest = Math.max(largest, Math.abs(value));
		}
	}
	if (!(largest < WIDEST)) return null;
	const factor = largest > 1 / WIDEST ? 1 / largest : 0;
	for (let at = 0; at < moved.length; at += 1) moved[at]! *= factor;
	return { values: moved, rowCount, columnCount };
}

function norm({ values, columnCount }: Matrix, row: number): number {
	let squares = 0;
	for (let c = 0; c < columnCount; c += 1) squares += (values[row * columnCount + c] as number) ** 2;
	return Math.sqrt(squares);
}

function paddedStarts(starts: Int32Array): Int32Array {
	const padded = new Int32Array(starts.length);
	for (let group = 1; group < starts.length; group += 1) {
		const size = (starts[group] as number) - (starts[group - 1] as number);
		padded[group] = (padded[group - 1] as number) + Math.ceil(size / LANES) * LANES;
	}
	return padded;
}

/** The place of each position among padded groups. */
function placesOf(starts: Int32Array, padded: Int32Array): Int32Array {
	const places = new Int32Array(starts.at(-1) as number);
	for (let group = 0; group + 1 < starts.length; group += 1) {
		const shift = (padded[group] as number) - (starts[group] as number);
		for (let at = starts[group] as number; at < (starts[group + 1] as number); at += 1)
			places[at] = at + shift;
	}
	return places;
}

/** Columns of 32-bit numbers; the padding of a group repeats its last row. */
function writeColumns(
	{ arena }: Kernel<SilhouetteFunctions>,
	points: number,
	{ values, columnCount }: Matrix,
	places: Int32Array,
	padded: Int32Array
): void {
	const width = padded.at(-1) as number;
	const columns = arena.f32(points, width * columnCount);
	for (let c = 0; c < columnCount; c += 1) {
		for (let position = 0; position < places.length; position += 1) {
			const place = c * width + (places[position] as number);
			const end = c * width + (places[position + 1] ?? width);
			const value = values[position * columnCount + c] as number;
			for (let at = place; at < end; at += 1) columns[at] = value;
		}
	}
}

/** Every pair of groups, in tiles of columns. */
function addAll(
	{ run }: Kernel<SilhouetteFunctions>,
	{ columnCount, points, stride, scratch, address, width, padded }: Layout & { readonly scratch: number },
	onProgress: (share: number) => void
): void {
	const sumsOf = (group: number): number => address + group * width * F64_BYTES;
	const start = (group: number): number => padded[group] as number;
	const tile = (rows: number, columns: number, rowTo: number, from: number, to: number): void =>
		run.addTile(
			...([columnCount, points, stride, start(rows), rowTo, from, to] as const),
			...([sumsOf(columns), sumsOf(rows), scratch] as const)
		);
	for (let columns = 0; columns + 1 < padded.length; columns += 1) {
		const end = start(columns + 1);
		for (let from = start(columns); from < end; from += TILE_COLUMNS) {
			const to = Math.min(from + TILE_COLUMNS, end);
			for (let rows = 0; rows < columns; rows += 1) tile(rows, columns, start(rows + 1), from, to);
			if (from > start(columns)) tile(columns, columns, from, from, to);
			run.addTriangle(columnCount, points, stride, from, to, sumsOf(columns), scratch);
			onProgress((to / width) ** 2);
		}
	}
}

/** Takes the distances to the copies of last rows out of the sums again. */
function takePaddingBack(
	{ run }: Kernel<SilhouetteFunctions>,
	{ columnCount, points, stride, address, width, padded }: Layout,
	starts: Int32Array
): void {
	for (let group = 0; group + 1 < padded.length; group += 1) {
		const [from, end] = [padded[group] as number, padded[group + 1] as number];
		const copies = end - from - ((starts[group + 1] as number) - (starts[group] as number));
		if (copies === 0) continue;
		const sums = address + group * width * F64_BYTES;
		run.addRow(columnCount, points, stride, end - 1, 0, width, sums, -copies);
	}
}
