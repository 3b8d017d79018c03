/** A label's box around the place it names: centre and size in pixels. */
export interface LabelBox {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** How far labels are moved at a time, and how many times, before the least bad place is taken. */
const STEP = 10;
const RINGS = 24;

/**
 * Moves labels so that they lie inside the plot and do not cover one another, each as near to its own place
 * as possible. Earlier labels keep their place, so the order is the order of importance.
 *
 * @returns the centres, in the order given.
 */
export function placeLabels(
	labels: readonly LabelBox[],
	size: { readonly width: number; readonly height: number }
): { x: number; y: number }[] {
	const placed: LabelBox[] = [];
	for (const label of labels) {
		const candidates = candidatesFor(label, size);
		const free = candidates.find((candidate) => placed.every((other) => overlap(candidate, other) === 0));
		placed.push(free ?? leastCovered(candidates, placed));
	}
	return placed.map(({ x, y }) => ({ x, y }));
}

/**
 * The width of a label in pixels, estimated for the interface's font at 14 px, weight 600, with its swatch.
 */
export function labelWidth(text: string): number {
	return text.length * 7.7 + 22;
}

/** Widths of characters as shares of the font size, in the interface's font; the rest are as wide as `n`. */
const CHARACTER_WIDTHS: readonly (readonly [RegExp, number])[] = [
	[/[iljI.,:;'’|! ]/, 0.29],
	[/[tfr()-]/, 0.39],
	[/[0-9+<>=–]/, 0.65],
	[/[mwMW≤≥]/, 0.9],
	[/%/, 1],
	[/[A-Z]/, 0.7]
];
const PLAIN_WIDTH = 0.6;

/** The width of a text in pixels, estimated for the interface's font: a little more than it takes. */
export function textWidth(text: string, fontSize: number): number {
	const widthOf = (character: string) =>
		CHARACTER_WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? PLAIN_WIDTH;
	return [...text].reduce((sum, character) => sum + widthOf(character) * fontSize, 0);
}

/** Names beside their lines take no more of the width than this; longer ones are to be cut. */
export const MOST_FOR_NAMES = 0.36;

/** A text that is cut with `…` where it is wider than the room there is for it; one letter stays at least. */
export function cutText(text: string, room: number, fontSize: number): string {
	if (textWidth(text, fontSize) <= room) return text;
	const letters = [...text];
	const cutTo = (length: number) => `${letters.slice(0, length).join('').trimEnd()}…`;
	let length = letters.length - 1;
	while (length > 1 && textWidth(cutTo(length), fontSize) > room) length -= 1;
	return cutTo(length);
}

function candidatesFor(
	label: LabelBox,
	size: { readonly width: number; readonly height: number }
): LabelBox[] {
	const candidates = [inside(label, size)];
	for (let ring = 1; ring <= RINGS; ring += 1) {
		const distance = ring * STEP;
		for (const [dx, dy] of [
			[0, -1],
			[0, 1],
			[1, -0.7],
			[-1, -0.7],
			[1, 0.7],
			[-1, 0.7]
		] as const) {
			candidates.push(inside({ ...label, x: label.x + dx * distance, y: label.y + dy * distance }, size));
		}
	}
	return candidates;
}

function inside(label: LabelBox, size: { readonly width: number; readonly height: number }): LabelBox {
	const x = Math.max(Math.min(label.x, size.width - label.width / 2), label.width / 2);
	const y = Math.max(Math.min(label.y, size.height - label.height / 2), label.height / 2);
	return { ...label, x, y };
}

function overlap(a: LabelBox, b: LabelBox): number {
	const width = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
	const height = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
	return width > 0 && height > 0 ? width * height : 0;
}

function leastCovered(candidates: readonly LabelBox[], placed: readonly LabelBox[]): LabelBox {
	let best = candidates[0] as LabelBox;
	let least = Infinity;
	for (const candidate of candidates) {
		const covered = placed.reduce((sum, other) => sum + overlap(candidate, other), 0);
		if (covered < least) {
			best = candidate;
			least = covered;
		}
	}
	return best;
}
