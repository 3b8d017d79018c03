import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type {
	CartBand,
	CartBoardResult,
	CartCount,
	CartFilter,
	CartSplit,
	CartStageResult
} from '#lib/pipeline/segment/carts/result.ts';
import type { CartParams } from '#lib/pipeline/segment/carts/schema.ts';
import type { Finding } from '#lib/session/findings.ts';
import type { CountBar } from '#lib/ui/charts/count-bars.ts';

/** Every cart. */
export const ALL_CARTS: CartFilter = { stages: [], band: null, category: null, tier: null };

/** What stages are parted by. */
export const SPLITS = [
	{ id: 'bands', filter: 'band', label: 'Value' },
	{ id: 'categories', filter: 'category', label: 'Category' },
	{ id: 'tiers', filter: 'tier', label: 'Tier' }
] as const;
export type Split = (typeof SPLITS)[number];

/** A length of time in its largest whole unit: `30 minutes`, `36 hours`, `3 days`. */
export function lengthWords(minutes: number): string {
	const units = [
		{ size: 24 * 60, one: 'day' },
		{ size: 60, one: 'hour' },
		{ size: 1, one: 'minute' }
	];
	const unit = units.find(({ size }) => minutes >= size && minutes % size === 0) ?? units[2];
	const count = minutes / (unit?.size ?? 1);
	return `${count} ${unit?.one ?? 'minute'}${count === 1 ? '' : 's'}`;
}

/** When a cart is at a stage, after the last act on it. */
export function stageTime(stage: Pick<CartStageResult, 'id' | 'kind'>, params: CartParams): string {
	const { delayMinutes, stages, coldAfterDays, recentBuyerDays } = params;
	const cold = coldAfterDays * 24 * 60;
	if (stage.kind === 'open') return `less than ${lengthWords(delayMinutes)} ago`;
	if (stage.kind === 'cold') return `more than ${lengthWords(cold)} ago`;
	if (stage.id === 'recent_buyer') return `bought in the last ${recentBuyerDays} days`;
	if (stage.id === 'earlier_buyer') return `bought more than ${recentBuyerDays} days ago`;
	const place = stages.findIndex(({ id }) => id === stage.id);
	const from = place === 0 ? delayMinutes : (stages[place]?.afterMinutes ?? delayMinutes);
	return `${lengthWords(from)} to ${lengthWords(stages[place + 1]?.afterMinutes ?? cold)} ago`;
}

/** The sentence that the screen opens with. */
export function cartsFinding(
	board: CartBoardResult,
	isTold: boolean,
	{ coldAfterDays }: CartParams,
	format: Format
): Finding {
	if (!isTold) return { title: 'No file tells what people put into a cart.', sub: '' };
	const { due, left, stages } = board;
	if (left.people === 0) {
		return {
			title: 'No cart is left: everybody who filled one has bought.',
			sub: `${counted(board.all.people, 'person', format, 'people')} filled a cart.`
		};
	}
	if (due.people === 0) {
		return {
			title: `No message is due: all ${counted(left.people, 'left cart', format)} are older than ${format.days(coldAfterDays)}.`,
			sub: 'They are cold. A longer time before a cart is cold brings them back.'
		};
	}
	const worth = due.money === null ? '' : ` worth ${format.money(due.money)}`;
	const each = stages
		.filter(({ kind, people }) => kind === 'left' && people > 0)
		.map(({ name, people }) => `${name}: ${format.count(people)}`);
	const verb = due.people === 1 ? 'was' : 'were';
	return {
		title: `${counted(due.people, 'cart', format)}${worth} ${verb} left in the last ${format.days(coldAfterDays)}.`,
		sub: `Messages that are due now. ${each.join(', ')}.`
	};
}

/** Stages as bars, in the order of time. */
export function stageBars(board: CartBoardResult, params: CartParams, format: Format): CountBar[] {
	return board.stages.map((stage) => ({
		id: stage.id,
		name: stage.name,
		note: stageTime(stage, params),
		count: stage.people,
		figure: counted(stage.people, 'person', format, 'people'),
		second: stage.people === 0 ? '' : moneyWords(stage, format),
		isFaint: stage.kind !== 'left'
	}));
}

/** The money of carts; a dash where no value is known. */
export function moneyWords({ money }: CartCount, format: Format): string {
	return money === null ? '–' : format.money(money);
}

/** The finding of the stages. */
export function stagesTitle({ stages, due }: CartBoardResult, format: Format): string {
	const [most] = stages.filter(({ kind }) => kind === 'left').toSorted((a, b) => b.people - a.people);
	if (!most || most.people === 0) return 'No message is due';
	const share = format.percent(most.people / Math.max(1, due.people));
	return `${share} of the messages that are due are “${most.name}”`;
}

/** A row of the table of splits: a band, category or tier, with its counts by stage. */
export interface SplitRow {
	readonly id: string | null;
	readonly label: string;
	/** In the order of the stages; null: nobody. */
	readonly counts: readonly (CartSplit | null)[];
	readonly people: number;
}

/** The most categories and tiers that are shown. */
const MOST_ROWS = 15;

/** How carts part; of bands in the order of size, of others those of most people first, and what is not known last. */
export function splitRows({ stages, bands }: CartBoardResult, split: Split): SplitRow[] {
	const ids = new Map<string | null, string>();
	for (const { id, name } of split.id === 'bands' ? bands : []) ids.set(id, name);
	for (const stage of stages)
		for (const { id, label } of stage[split.id]) if (!ids.has(id)) ids.set(id, label);
	const rows = [...ids].map(([id, label]) => {
		const counts = stages.map((stage) => stage[split.id].find((each) => each.id === id) ?? null);
		return { id, label, counts, people: counts.reduce((sum, each) => sum + (each?.people ?? 0), 0) };
	});
	const known = rows.filter(({ id }) => id !== null);
	const sorted = split.id === 'bands' ? known : known.toSorted((a, b) => b.people - a.people);
	return [...sorted.slice(0, MOST_ROWS), ...rows.filter(({ id, people }) => id === null && people > 0)];
}

/** The finding of a split: the largest part of what was left, of bands by money. */
export function splitTitle(board: CartBoardResult, split: Split, format: Format): string {
	const isLeft = board.stages.map(({ kind }) => kind === 'left' || kind === 'cold');
	const rows = splitRows(board, split).map(({ id, label, counts }) => ({
		id,
		label,
		people: sumOf(counts.map((each, i) => (isLeft[i] ? (each?.people ?? 0) : 0))),
		money: sumOf(counts.map((each, i) => (isLeft[i] ? (each?.money ?? 0) : 0)))
	}));
	const known = rows.filter(({ id }) => id !== null);
	const money = sumOf(rows.map((row) => row.money));
	const [most] = known.toSorted((a, b) => (split.id === 'bands' ? b.money - a.money : b.people - a.people));
	if (!most || most.people === 0) return 'Nothing that was left can be parted';
	if (split.id === 'bands') {
		return `${most.label} carts hold ${format.percent(most.money / Math.max(1, money))} of the money that was left`;
	}
	const share = format.percent(most.people / Math.max(1, board.left.people));
	return split.id === 'categories'
		? `${most.label} is in ${share} of the carts that were left`
		: `${most.label} left ${share} of the carts`;
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}

/** A band with its money: `Small, up to £20`. */
export function bandWords({ name, from, to }: CartBand, format: Format): string {
	if (from === null && to === null) return name;
	if (from === null) return `${name}, up to ${format.money(to ?? 0)}`;
	return to === null
		? `${name}, over ${format.money(from)}`
		: `${name}, ${format.money(from)} to ${format.money(to)}`;
}

/** How many people a filter of one split at most holds. */
export function filteredPeople(board: CartBoardResult, filter: CartFilter): number {
	const split = SPLITS.find((each) => filter[each.filter] !== null);
	return board.stages
		.filter(({ id }) => filter.stages.length === 0 || filter.stages.includes(id))
		.reduce((sum, stage) => {
			if (split === undefined) return sum + stage.people;
			const id = filter[split.filter] === '' ? null : filter[split.filter];
			return sum + (stage[split.id].find((each) => each.id === id)?.people ?? 0);
		}, 0);
}

/** What the people of a filter are called. */
export function filterTitle(board: CartBoardResult, filter: CartFilter): string {
	const names = board.stages.filter(({ id }) => filter.stages.includes(id)).map(({ name }) => name);
	const isDue =
		names.length > 1 &&
		board.stages.every(({ id, kind }) => filter.stages.includes(id) === (kind === 'left'));
	const stages = names.length === 0 ? 'All carts' : isDue ? 'Left carts' : names.join(', ');
	const split = SPLITS.find((each) => filter[each.filter] !== null);
	if (split === undefined) return names.length === 1 ? `Carts: ${stages}` : stages;
	const row = splitRows(board, split).find(({ id }) => (id ?? '') === filter[split.filter]);
	return `Carts: ${stages}, ${row?.label ?? filter[split.filter]}`;
}
