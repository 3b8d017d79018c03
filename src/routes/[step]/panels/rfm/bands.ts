import type { Format } from '#lib/core/format.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';

/** A label of the grid in two lines. */
export interface Band {
	readonly title: string;
	readonly note: string;
	/** What stands there where the room is narrow. */
	readonly short: { readonly title: string; readonly note?: string };
}

/** The recency bands from score 5 (just now) to 1, in days. */
export function daysBands(cuts: readonly number[], format: Format): Band[] {
	const [a = 0, b = 0, c = 0, d = 0] = cuts.map((cut) => Math.floor(cut));
	return [
		{ title: `Last ${spell(a)}`, note: `up to ${format.days(a)}`, short: { title: `≤ ${a} d` } },
		{ title: `Up to ${spell(b)}`, note: range(a + 1, b), short: { title: `≤ ${b} d` } },
		{ title: `Up to ${spell(c)}`, note: range(b + 1, c), short: { title: `≤ ${c} d` } },
		{ title: `Up to ${spell(d)}`, note: range(c + 1, d), short: { title: `≤ ${d} d` } },
		{
			title: `Over ${spell(d)}`,
			note: `${format.count(d + 1)} days or more`,
			short: { title: `> ${format.count(d)} d` }
		}
	];
}

/** The frequency bands from score 1 to 5, in orders. A score that ties leave empty says so. */
export function frequencyBands({ cutPoints, cells }: RfmResult, format: Format): Band[] {
	const cuts = cutPoints.frequency;
	return [1, 2, 3, 4, 5].map((score) => {
		const from = score === 1 ? 1 : Math.floor(cuts[score - 2] ?? 0) + 1;
		const to = score === 5 ? Infinity : Math.floor(cuts[score - 1] ?? 0);
		const people = cells.filter((cell) => cell.f === score).reduce((sum, cell) => sum + cell.customers, 0);
		const title = ordersWord(from, to, people, format);
		return { title, note: `score ${score}`, short: { title } };
	});
}

function ordersWord(from: number, to: number, people: number, format: Format): string {
	if (people === 0 && to < from) return 'nobody';
	if (to === Infinity) return `${format.count(from)} or more`;
	if (to <= from) return from === 1 ? '1 order' : `${format.count(from)} orders`;
	return `${format.count(from)} to ${format.count(to)}`;
}

function range(from: number, to: number): string {
	return to <= from ? `${to} days` : `${from} to ${to} days`;
}

/** A length of time as people say it: 51 days are 7 weeks, 164 days are 5 months. */
function spell(days: number): string {
	if (days < 14) return days === 1 ? 'day' : `${days} days`;
	if (days < 100) return `${Math.round(days / 7)} weeks`;
	if (days < 700) return `${Math.round(days / 30.4)} months`;
	return `${Math.round(days / 365)} years`;
}
