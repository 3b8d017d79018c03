/** A node of a tree of questions, in the order of its rows: a parent comes right before its first child. */
export interface SplitNode {
	readonly id: string;
	readonly depth: number;
	/** What holds of its people: `Orders is at most 3`. */
	readonly text: string;
	readonly customers: number;
	/** How many of them each segment has. */
	readonly parts: readonly number[];
	/** Of a leaf, the segment that it stands for; null for the others. */
	readonly leaf: number | null;
}

/** Where a row is drawn, in pixels. */
export interface SplitRow {
	readonly node: SplitNode;
	readonly y: number;
	/** Left end of its text. */
	readonly textX: number;
	/** Room for the text. */
	readonly room: number;
	/** From its parent, down and to the right. */
	readonly line: string;
	readonly segments: readonly { readonly index: number; readonly x: number; readonly width: number }[];
}

export interface SplitTreeLayout {
	readonly isNarrow: boolean;
	readonly height: number;
	readonly rowHeight: number;
	readonly barX: number;
	readonly barWidth: number;
	readonly rows: readonly SplitRow[];
}

const NARROW = 640;
const INDENT = 22;
const NARROW_INDENT = 12;
const BAR_SHARE = 0.3;
const GAP = 16;
/** Right of a bar, for the number of people. */
const FIGURES = 72;

/** Sizes in pixels for a width: one row per node, its bar beside the text, or below it where there is little room. */
export function splitTreeLayout(width: number, nodes: readonly SplitNode[]): SplitTreeLayout {
	const isNarrow = width < NARROW;
	const rowHeight = isNarrow ? 52 : 34;
	const barWidth = isNarrow ? width - FIGURES : Math.round(width * BAR_SHARE);
	const barX = isNarrow ? 0 : width - barWidth - FIGURES;
	const indent = isNarrow ? NARROW_INDENT : INDENT;
	const yOf = (row: number): number => row * rowHeight + (isNarrow ? 16 : rowHeight / 2);
	return {
		isNarrow,
		rowHeight,
		barX,
		barWidth,
		height: nodes.length * rowHeight,
		rows: nodes.map((node, row) => {
			const textX = node.depth * indent + (node.depth > 0 ? 4 : 0);
			const parent = parentOf(nodes, row);
			const x = (node.depth - 1) * indent + 6;
			// Beside bars under the texts, indents alone tell who is whose child.
			const line = parent === null || isNarrow ? '' : `M${x} ${yOf(parent) + 9}V${yOf(row)}H${textX - 4}`;
			const room = (isNarrow ? width : barX - GAP) - textX - (node.leaf === null ? 0 : 18);
			return { node, y: yOf(row), textX, room, line, segments: segmentsOf(node, barX, barWidth) };
		})
	};
}

/** The row of the parent; null for the root. */
function parentOf(nodes: readonly SplitNode[], row: number): number | null {
	const depth = nodes[row]?.depth ?? 0;
	for (let above = row - 1; above >= 0; above -= 1) {
		if ((nodes[above]?.depth ?? 0) < depth) return above;
	}
	return null;
}

function segmentsOf({ parts, customers }: SplitNode, barX: number, barWidth: number): SplitRow['segments'] {
	let before = 0;
	return parts.flatMap((count, index) => {
		const x = barX + (before / Math.max(1, customers)) * barWidth;
		before += count;
		const width = (count / Math.max(1, customers)) * barWidth;
		return width < 0.5 ? [] : [{ index, x, width }];
	});
}
