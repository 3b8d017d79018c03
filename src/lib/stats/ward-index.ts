import type { Matrix } from '#lib/core/matrix.ts';
import { blockOrder } from './block-order.ts';
import { startKernel, type Kernel } from './kernels/kernel.ts';
import { wardWasm } from './kernels/ward.wasm.ts';

/** Clusters that a block begins with at most: so few that walking the tree costs about what looking at the blocks does. */
const BLOCK = 16;
/** A bound may be more than the cost it bounds by the rounding of a few operations. */
const ROUNDING = 1 - 2e-15;
/** More branches than are ever left open in a tree of 2^31 blocks. */
const STACK = 64;

/** The functions of `src/kernels/ward.as`. */
interface WardFunctions {
	/** Addresses of the arrays of an index, its number of blocks and of columns. */
	readonly use: (...addresses: readonly number[]) => void;
	readonly nearest: (own: number, before: number, otherwise: number) => number;
	/** The cost of what `nearest` answered. */
	readonly cost: () => number;
}

/** Where the arrays of an index lie: in the memory of a kernel, or of their own where it cannot run. */
export class WardMemory {
	readonly run: WardFunctions | null;
	readonly #kernel: Kernel<WardFunctions> | null;
	readonly #start: number;

	/** @param plain do without the kernel */
	constructor(plain: boolean) {
		this.#kernel = plain ? null : startKernel<WardFunctions>(wardWasm);
		this.#start = this.#kernel?.arena.mark() ?? 0;
		this.run = this.#kernel?.run ?? null;
	}

	/** Forgets all arrays and makes room, so that no later array moves those before it. */
	reserve(bytes: number): void {
		this.#kernel?.arena.release(this.#start);
		this.#kernel?.arena.alloc(bytes);
		this.#kernel?.arena.release(this.#start);
	}

	f64(length: number, fill = 0): Float64Array {
		const arena = this.#kernel?.arena;
		return (arena?.f64(arena.alloc(8 * length), length) ?? new Float64Array(length)).fill(fill);
	}

	i32(length: number): Int32Array {
		const arena = this.#kernel?.arena;
		return arena?.i32(arena.alloc(4 * length), length) ?? new Int32Array(length);
	}
}

/** Clusters by mean (a row of the matrix), number of rows, and the row that stands for each. */
export interface WeightedMeans {
	readonly means: Matrix;
	readonly weights: Float64Array;
	readonly rows: Int32Array;
}

/**
 * Clusters as weighted points, for finding the one whose union with a given one costs least: w·v / (w + v) · |x − y|², the
 * growth of the inertia that Ward (1963) compares.
 *
 * They lie in the blocks of a balanced k-d tree. A branch is passed by when even a point on the near side of its box,
 * with its least weight, would cost more than the best so far. Node 1 is the root, 2 i and 2 i + 1 are below node i.
 */
export class WardIndex {
	/** Places of clusters: some never had one, or have none any more, and weigh 0. */
	readonly placeCount: number;
	readonly weights: Float64Array;
	/** Of clusters that cost the same the one with the lower row is taken. */
	readonly rows: Int32Array;

	readonly #columnCount: number;
	readonly #blocks: number;
	/** Per pair of places and column the coordinates of both; infinite where there is no cluster. */
	readonly #points: Float64Array;
	/** Per pair of sister nodes and column: the low ends of both, then the high ends. */
	readonly #boxes: Float64Array;
	/** Per node the least weight under it when the tree was made. */
	readonly #leastWeights: Float64Array;
	/** Where each block begins, and the end of the last; all even. */
	readonly #starts: Int32Array;
	readonly #run: WardFunctions | null;
	readonly #open = new Int32Array(STACK);
	readonly #bounds = new Float64Array(STACK);
	#cost = Infinity;

	/** Takes over the memory from the index that had it before. */
	constructor({ means, weights, rows }: WeightedMeans, memory: WardMemory) {
		const { rowCount, columnCount } = means;
		this.#columnCount = columnCount;
		this.#blocks = 2 ** Math.max(0, Math.ceil(Math.log2(rowCount / BLOCK)));
		this.placeCount = rowCount + (rowCount % 2);
		const [places, nodes] = [this.placeCount, 2 * this.#blocks];
		memory.reserve(8 * (places + 2 * nodes) * (columnCount + 2) + 1024);
		this.#points = memory.f64(places * columnCount, Infinity);
		this.weights = memory.f64(places);
		this.rows = memory.i32(places);
		this.#boxes = memory.f64(2 * nodes * columnCount);
		this.#leastWeights = memory.f64(nodes, Infinity);
		this.#starts = memory.i32(this.#blocks + 1);
		for (let block = 0; block <= this.#blocks; block += 1) {
			this.#starts[block] = 2 * Math.floor((block * (places / 2)) / this.#blocks);
		}
		this.#run = memory.run;
		const arrays = [this.#points, this.weights, this.rows, this.#boxes, this.#leastWeights, this.#starts];
		this.#run?.use(...arrays.map(({ byteOffset }) => byteOffset), this.#blocks, columnCount);
		this.#settle({ means, weights, rows });
		this.#boundAll();
	}

	/** The cost of what `nearest` answered last. */
	get cost(): number {
		return this.#run?.cost() ?? this.#cost;
	}

	/** The mean of a cluster. */
	meanAt(place: number): Float64Array {
		return Float64Array.from(
			{ length: this.#columnCount },
			(_, c) => this.#points[this.#at(place, c)] as number
		);
	}

	/** What the union of two clusters costs: the same number from either side. */
	costOf(first: number, second: number): number {
		let sum = 0;
		for (let c = 0; c < this.#columnCount; c += 1) {
			sum +=
				((this.#points[this.#at(first, c)] as number) - (this.#points[this.#at(second, c)] as number)) ** 2;
		}
		const [own, other] = [this.weights[first] as number, this.weights[second] as number];
		return ((own * other) / (own + other)) * sum;
	}

	/** Puts the union of two clusters in the place of the heavier; the higher of their rows stands for it. */
	unite(first: number, second: number): void {
		const [own, other] = [this.weights[first] as number, this.weights[second] as number];
		const [kept, gone] = own >= other ? [first, second] : [second, first];
		const share = Math.min(own, other) / (own + other);
		for (let c = 0; c < this.#columnCount; c += 1) {
			const to = this.#at(kept, c);
			const from = this.#at(gone, c);
			// Of equal means exactly the same mean.
			this.#points[to]! += ((this.#points[from] as number) - (this.#points[to] as number)) * share;
			this.#points[from] = Infinity;
		}
		this.weights[kept] = own + other;
		this.weights[gone] = 0;
		this.rows[kept] = Math.max(this.rows[first] as number, this.rows[second] as number);
		this.#widen(kept);
	}

	/** The place whose union with that at `own` costs least; `otherwise` when none costs less than `before`. */
	nearest(own: number, before: number, otherwise: number): number {
		if (this.#run !== null) return this.#run.nearest(own, before, otherwise);
		const best = { cost: before, place: otherwise, row: -1 };
		const [open, bounds, blocks] = [this.#open, this.#bounds, this.#blocks];
		open[0] = 1;
		bounds[0] = 0;
		for (let depth = 1; depth > 0;) {
			depth -= 1;
			if ((bounds[depth] as number) > best.cost) continue;
			let node = open[depth] as number;
			while (node < blocks) {
				const left = this.#boundOf(2 * node, own);
				const right = this.#boundOf(2 * node + 1, own);
				const near = left <= right ? 2 * node : 2 * node + 1;
				const farBound = left <= right ? right : left;
				if (farBound <= best.cost) {
					open[depth] = near ^ 1;
					bounds[depth] = farBound;
					depth += 1;
				}
				if ((left <= right ? left : right) > best.cost) break;
				node = near;
			}
			if (node >= blocks) this.#searchBlock(node - blocks, own, best);
		}
		this.#cost = best.cost;
		return best.place;
	}

	#searchBlock(block: number, own: number, best: { cost: number; place: number; row: number }): void {
		const points = this.#points;
		const width = 2 * this.#columnCount;
		const weight = this.weights[own] as number;
		const least = this.#leastWeights[block + this.#blocks] as number;
		const factor = ((weight * least) / (weight + least)) * ROUNDING;
		const start = this.#at(own, 0);
		const end = this.#starts[block + 1] as number;
		for (let place = this.#starts[block] as number; place < end; place += 1) {
			let sum = 0;
			const from = this.#at(place, 0);
			for (let c = 0; c < width; c += 2) {
				const difference = (points[from + c] as number) - (points[start + c] as number);
				sum += difference * difference;
			}
			if (sum * factor > best.cost) continue;
			const other = this.weights[place] as number;
			if (place === own || other === 0) continue;
			const cost = ((weight * other) / (weight + other)) * sum;
			const row = this.rows[place] as number;
			if (cost > best.cost || (cost === best.cost && row > best.row)) continue;
			best.cost = cost;
			best.place = place;
			best.row = row;
		}
	}

	/** No union with a cluster under the node costs less. */
	#boundOf(node: number, own: number): number {
		const boxes = this.#boxes;
		const points = this.#points;
		const end = 2 * this.#columnCount;
		let sum = 0;
		let at = this.#boxAt(node, 0);
		const start = this.#at(own, 0);
		for (let c = 0; c < end; c += 2, at += 4) {
			const value = points[start + c] as number;
			const below = (boxes[at] as number) - value;
			const above = value - (boxes[at + 2] as number);
			const gap = below > 0 ? below : above > 0 ? above : 0;
			sum += gap * gap;
		}
		const weight = this.weights[own] as number;
		const least = this.#leastWeights[node] as number;
		return ((weight * least) / (weight + least)) * sum * ROUNDING;
	}

	/** Index of a coordinate of a place. */
	#at(place: number, column: number): number {
		return ((place >> 1) * this.#columnCount + column) * 2 + (place & 1);
	}

	/** Index of the low end of a box; the high end follows two later. */
	#boxAt(node: number, column: number): number {
		return ((node >> 1) * this.#columnCount + column) * 4 + (node & 1);
	}

	/** Puts near clusters into the same block. */
	#settle({ means, weights, rows }: WeightedMeans): void {
		blockOrder(
			means,
			this.#starts.map((start) => Math.min(start, means.rowCount))
		).forEach((from, place) => {
			for (let c = 0; c < means.columnCount; c += 1) {
				this.#points[this.#at(place, c)] = means.values[from * means.columnCount + c] as number;
			}
			this.weights[place] = weights[from] as number;
			this.rows[place] = rows[from] as number;
		});
	}

	/** Makes the boxes and the least weights of all nodes. */
	#boundAll(): void {
		const columnCount = this.#columnCount;
		for (let node = 0; node < 2 * this.#blocks; node += 1) {
			for (let c = 0; c < columnCount; c += 1) {
				this.#boxes[this.#boxAt(node, c)] = Infinity;
				this.#boxes[this.#boxAt(node, c) + 2] = -Infinity;
			}
		}
		for (let place = 0; place < this.placeCount; place += 1) {
			const weight = this.weights[place] as number;
			if (weight === 0) continue;
			this.#widen(place);
			for (
				let node = this.#leafOf(place);
				node > 0 && weight < (this.#leastWeights[node] as number);
				node >>= 1
			) {
				this.#leastWeights[node] = weight;
			}
		}
	}

	#leafOf(place: number): number {
		let block = Math.floor((place * this.#blocks) / this.placeCount);
		while ((this.#starts[block + 1] as number) <= place) block += 1;
		return block + this.#blocks;
	}

	/** Widens the boxes above a place to hold it. They lie in each other, so it ends at the first that did before. */
	#widen(place: number): void {
		const boxes = this.#boxes;
		let isWider = true;
		for (let node = this.#leafOf(place); isWider && node > 0; node >>= 1) {
			isWider = false;
			for (let c = 0; c < this.#columnCount; c += 1) {
				const at = this.#boxAt(node, c);
				const value = this.#points[this.#at(place, c)] as number;
				if (value >= (boxes[at] as number) && value <= (boxes[at + 2] as number)) continue;
				isWider = true;
				boxes[at] = Math.min(value, boxes[at] as number);
				boxes[at + 2] = Math.max(value, boxes[at + 2] as number);
			}
		}
	}
}
