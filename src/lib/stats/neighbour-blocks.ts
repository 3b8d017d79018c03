/**
 * Rows of a table in blocks, for finding those within a given distance of each other: rows of a block stand side by side,
 * and of each block it is known which others may hold neighbours.
 */
export interface NeighbourBlocks {
	readonly columnCount: number;
	/** The row at each position. */
	readonly order: Int32Array;
	/** The rows by position, row-major. */
	readonly values: Float64Array;
	/** Block b holds the positions `starts[b]` to before `starts[b + 1]`. */
	readonly starts: Int32Array;
	/** Per block 1 where all its rows are neighbours of each other. */
	readonly isTight: Uint8Array;
	/** Starts to ask, of blocks in rising order, which may hold neighbours. */
	readonly walk: () => NearBlocks;
}

/**
 * Writes the blocks that may hold neighbours of a block's rows, itself included, as pairs: from a block to before another.
 * The likeliest come first, and no block twice.
 * @returns how many numbers were written
 */
export type NearBlocks = (block: number, out: Int32Array) => number;

/** How many blocks there are. */
export function blockCount({ starts }: NeighbourBlocks): number {
	return starts.length - 1;
}
