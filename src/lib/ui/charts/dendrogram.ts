import { MOST_FOR_NAMES } from './labels.ts';
import { linearTicks } from './ticks.ts';

/** A branch of a tree of nested groups. */
export interface Branch {
	/** The higher the later it was joined. */
	readonly node: number;
	/** How far its two parts are apart. */
	readonly height: number;
	readonly customers: number;
	/** Null where the drawing ends. */
	readonly parts: readonly [Branch, Branch] | null;
}

/** A branch with its place in pixels: the root lies to the left, at the greatest height. */
export interface PlacedBranch {
	readonly branch: Branch;
	/** Where the branch above it parts; its own line runs from there to `x`. */
	readonly fromX: number;
	readonly x: number;
	readonly y: number;
	/** Where its parts begin; both `y` at an end. */
	readonly partsY: readonly [number, number];
	/** The room of all that lies in it. */
	readonly top: number;
	readonly bottom: number;
}

/** Sizes of the picture in pixels. */
export interface DendrogramLayout {
	readonly left: number;
	/** Where the height is 0, and names begin behind it. */
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly height: number;
	/** Room for a name, in pixels. */
	readonly nameRoom: number;
	readonly ticks: readonly number[];
	readonly placeHeight: (height: number) => number;
	readonly heightAt: (x: number) => number;
	readonly branches: readonly PlacedBranch[];
}

const ROW = 16;
const TOP = 30;
const LEFT = 4;
const MARK_ROOM = 26;
const WIDEST_NAMES = 230;

/** Sizes in pixels for a width. Of two parts the larger lies above. */
export function dendrogramLayout(width: number, root: Branch): DendrogramLayout {
	const nameRoom = Math.min(width * MOST_FOR_NAMES, WIDEST_NAMES);
	const right = Math.max(LEFT + 1, width - nameRoom - MARK_ROOM);
	const most = root.height > 0 ? root.height : 1;
	const placeHeight = (height: number) => right - (height / most) * (right - LEFT);
	const branches: PlacedBranch[] = [];
	let ends = 0;
	const place = (branch: Branch, fromX: number): PlacedBranch => {
		const x = placeHeight(branch.height);
		const top = TOP + ends * ROW;
		if (branch.parts === null) {
			ends += 1;
			const y = top + ROW / 2;
			return add({ branch, fromX, x: right, y, partsY: [y, y], top, bottom: top + ROW });
		}
		const [first, second] = bySize(branch.parts).map((part) => place(part, x)) as [
			PlacedBranch,
			PlacedBranch
		];
		const y = (first.y + second.y) / 2;
		return add({ branch, fromX, x, y, partsY: [first.y, second.y], top, bottom: second.bottom });
	};
	const add = (placed: PlacedBranch): PlacedBranch => {
		branches.push(placed);
		return placed;
	};
	place(root, LEFT);
	const bottom = TOP + ends * ROW;
	return {
		...{ left: LEFT, right, top: TOP, bottom, height: bottom + 42, nameRoom, placeHeight, branches },
		ticks: linearTicks(0, most, width < 560 ? 3 : 5),
		heightAt: (x) => ((right - x) / (right - LEFT)) * most
	};
}

function bySize([one, other]: readonly [Branch, Branch]): Branch[] {
	return one.customers >= other.customers ? [one, other] : [other, one];
}

/** The branches that a cut into so many groups leaves whole: the latest joins are undone. */
export function branchesAtCut(root: Branch, count: number): Branch[] {
	const whole = [root];
	while (whole.length < count) {
		const latest = whole
			.filter(({ parts }) => parts !== null)
			.reduce<Branch | null>((best, each) => (best === null || each.node > best.node ? each : best), null);
		if (latest === null) return whole;
		whole.splice(whole.indexOf(latest), 1, ...(latest.parts as readonly [Branch, Branch]));
	}
	return whole;
}

/** Between which heights a cut into so many groups lies: the highest join that is kept, and the lowest that is undone. */
export function heightsAtCut(root: Branch, count: number): readonly [number, number] {
	const highestKept = Math.max(...branchesAtCut(root, count).map(({ height }) => height));
	const lowestUndone =
		count < 2 ? root.height : Math.max(...branchesAtCut(root, count - 1).map(latestHeight));
	return [highestKept, lowestUndone];
}

function latestHeight({ parts, height }: Branch): number {
	return parts === null ? 0 : height;
}

/** How many groups a cut at this height leaves. */
export function countAtHeight(root: Branch, height: number): number {
	if (root.parts === null || root.height <= height) return 1;
	return root.parts.reduce((sum, part) => sum + countAtHeight(part, height), 0);
}
