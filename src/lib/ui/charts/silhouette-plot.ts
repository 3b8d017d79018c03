/** The silhouettes of one segment's people. */
export interface SilhouetteBlock {
	readonly index: number;
	readonly name: string;
	/** From −1 to 1, falling. */
	readonly values: Float64Array;
	readonly mean: number;
	/** How many are nearer to another segment than to their own. */
	readonly below: number;
}

/** Where a block is drawn, in pixels. */
export interface PlacedBlock extends SilhouetteBlock {
	readonly top: number;
	readonly height: number;
	/** The outline of its bars, one for every pixel of height. */
	readonly path: string;
	/** Where its name stands. */
	readonly label: { readonly x: number; readonly y: number };
}

/** Sizes of the picture in pixels. */
export interface SilhouetteLayout {
	readonly blocks: readonly PlacedBlock[];
	readonly place: (value: number) => number;
	readonly top: number;
	readonly bottom: number;
	readonly height: number;
	readonly isNarrow: boolean;
}

const NARROW = 520;
/** Room for names beside the bars. */
const NAMES = 168;
const LEAST_BLOCK = 38;
const SHARED = 240;
const GAP = 10;
const LABEL_LINE = 40;
/** The axis shows at least so much below zero. */
const LEAST_BELOW = -0.25;

/** Silhouettes by segment: each with its values falling, its mean and how many are below zero. */
export function silhouetteBlocks(
	segments: readonly { readonly index: number; readonly name: string }[],
	values: Float64Array,
	segmentOf: (at: number) => number
): SilhouetteBlock[] {
	const lists = new Map(segments.map(({ index }) => [index, [] as number[]]));
	values.forEach((value, at) => lists.get(segmentOf(at))?.push(value));
	return segments.flatMap((segment) => {
		const list = Float64Array.from(lists.get(segment.index) ?? [])
			.sort()
			.reverse();
		if (list.length === 0) return [];
		const sum = list.reduce((total, value) => total + value, 0);
		return [
			{ ...segment, values: list, mean: sum / list.length, below: list.filter((value) => value < 0).length }
		];
	});
}

/** Blocks one below the other, each as high as it has people, but high enough for its name. */
export function silhouetteLayout(width: number, blocks: readonly SilhouetteBlock[]): SilhouetteLayout {
	const isNarrow = width < NARROW;
	const total = blocks.reduce((sum, { values }) => sum + values.length, 0);
	const lowest = Math.min(LEAST_BELOW, ...blocks.map(({ values }) => values.at(-1) ?? 0));
	const [from, to] = [isNarrow ? 0 : NAMES, width];
	const place = (value: number): number => from + ((value - lowest) / (1 - lowest)) * (to - from);
	const top = 20;
	let at = top;
	const placed = blocks.map((block) => {
		const height = LEAST_BLOCK + (SHARED * block.values.length) / Math.max(total, 1);
		const start = isNarrow ? at + LABEL_LINE : at;
		const label = isNarrow ? { x: 0, y: at + 16 } : { x: 0, y: at + Math.min(height / 2, 60) - 5 };
		at = start + height + GAP;
		return { ...block, top: start, height, path: outline(block.values, start, height, place), label };
	});
	return { blocks: placed, place, top, bottom: at - GAP, height: at - GAP + 46, isNarrow };
}

/** The value at each pixel of the block's height, as a closed path from zero. */
function outline(
	values: Float64Array,
	top: number,
	height: number,
	place: (value: number) => number
): string {
	const lines = Math.max(1, Math.round(height));
	const points: string[] = [];
	for (let line = 0; line < lines; line += 1) {
		const value = values[
			Math.min(Math.floor(((line + 0.5) / lines) * values.length), values.length - 1)
		] as number;
		const x = place(value).toFixed(1);
		points.push(`${x} ${(top + (line / lines) * height).toFixed(1)}`);
		points.push(`${x} ${(top + ((line + 1) / lines) * height).toFixed(1)}`);
	}
	const zero = place(0).toFixed(1);
	return `M${zero} ${top}L${points.join('L')}L${zero} ${top + height}Z`;
}
