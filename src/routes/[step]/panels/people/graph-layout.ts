import { textWidth } from '#lib/ui/charts/labels.ts';
import type { PersonGraph } from './person-graph.ts';

const ROW_PX = 34;
const TOP_PX = 22;
const TEXT_SIZE = 13;
const LABEL_GAP = 12;
/** Share of the width that the labels of a side have. */
const LABEL_SHARE = 0.36;

/** Where the two sides of a person's graph stand, in pixels. */
export interface GraphLayout {
	readonly height: number;
	readonly accountsX: number;
	readonly keysX: number;
	/** Room of a label. */
	readonly labelWidth: number;
	/** By position, from the top. */
	readonly accountY: readonly number[];
	readonly keyY: readonly number[];
}

/** Accounts on the left, keys on the right, each side spread over the height of the longer one. */
export function graphLayout({ accounts, keys }: PersonGraph, width: number): GraphLayout {
	const most = Math.max(accounts.length, keys.length, 1);
	const spread = (count: number) =>
		Array.from({ length: count }, (_, i) => TOP_PX + ((i + 0.5) * ROW_PX * most) / count);
	return {
		height: TOP_PX + most * ROW_PX,
		accountsX: Math.round(width * LABEL_SHARE),
		keysX: Math.round(width * (1 - LABEL_SHARE)),
		labelWidth: width * LABEL_SHARE - LABEL_GAP,
		accountY: spread(accounts.length),
		keyY: spread(keys.length)
	};
}

/** As much of a text as there is room for; its middle goes first, so that both ends still tell it apart. */
export function fitText(text: string, pixels: number): string {
	if (textWidth(text, TEXT_SIZE) <= pixels) return text;
	const letters = [...text];
	for (let kept = letters.length - 1; kept > 2; kept -= 1) {
		const head = Math.ceil(kept * 0.6);
		const shorter = `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - head)).join('')}`;
		if (textWidth(shorter, TEXT_SIZE) <= pixels) return shorter;
	}
	return letters[0] === undefined ? '' : `${letters[0]}…`;
}
