import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import { needWords } from '#lib/pipeline/features/needs.ts';
import type { Engagement } from '#lib/pipeline/segment/journeys/engagement.sql.ts';
import { MOST_STEPS } from '#lib/pipeline/segment/journeys/journeys.sql.ts';
import type { JourneyParams } from '#lib/pipeline/segment/journeys/schema.ts';
import {
	CHANNEL_NEEDS,
	type Channel,
	type Combination,
	type EngagementGroup,
	type JourneyMove,
	type JourneyResult
} from '#lib/pipeline/segment/journeys/step.ts';
import type { Finding } from '#lib/session/findings.ts';
import type { CountBar } from '#lib/ui/charts/count-bars.ts';
import type { FlowEnd, FlowLink } from '#lib/ui/charts/flow.ts';
import type { IntervalItem } from '#lib/ui/charts/intervals.ts';

/** A path in one line: `email → web`. */
export function pathText(path: readonly Channel[]): string {
	return path.map(({ name }) => name).join(' → ');
}

/** A path for a title: of a long one its ends. */
export function shortPath(path: readonly Channel[]): string {
	const [first] = path;
	const last = path.at(-1);
	return path.length <= 4 || !first || !last ? pathText(path) : `${first.name} → … → ${last.name}`;
}

/** How people of a path are called where they are picked, and as a segment. */
export function pathTitle(path: readonly Channel[]): string {
	return `Came by ${pathText(path)}`;
}

/** How people are called who have an order of which nothing is known. */
export const UNTOUCHED_TITLE = 'Ordered without a known way';

/** True where no file tells any channel. */
export function hasNoChannels({ lacks }: JourneyResult): boolean {
	return lacks.length === CHANNEL_NEEDS.length;
}

/** The sentence that the screen opens with. */
export function journeysFinding(result: JourneyResult, params: JourneyParams, format: Format): Finding {
	const [first] = result.paths;
	const days = format.days(params.lookbackDays);
	if (!first) {
		return result.lacks.includes('event_place') && result.lacks.includes('send_clicks')
			? { title: 'No file tells what led to an order.', sub: '' }
			: {
					title: `Nothing is known to have led to an order within ${days}.`,
					sub: `${counted(result.orders, 'order', format)} were looked at.`
				};
	}
	const rest = result.orders - result.led;
	const followed = `${format.count(result.led)} of ${counted(result.orders, 'order', format)} can be followed back`;
	return {
		title: `${counted(first.orders, 'order', format)} came by ${shortPath(first.path)}, more than by any other path.`,
		sub: `${followed}: somebody did something in a known channel in the ${days} before. Of ${format.count(rest)} nothing is known.`
	};
}

/** What no file tells, as sentences; and events and paths that are not wholly known. */
export function knownWords(result: JourneyResult, format: Format): string[] {
	const { lacks, events, untoldEvents, long } = result;
	const words = lacks.map((need) => `No file has ${needWords(need)}.`);
	if (untoldEvents > 0 && untoldEvents < events) {
		words.push(
			`${format.count(untoldEvents)} of ${counted(events, 'event', format)} name no channel and no store, and are left out.`
		);
	}
	if (long > 0) {
		words.push(
			`${counted(long, 'order', format)} came after more than ${MOST_STEPS} steps; their last ${MOST_STEPS} are shown.`
		);
	}
	return words;
}

/** What people of an engagement are called. */
export function engagementName(engagement: Engagement, { omniChannels }: JourneyParams): string {
	if (engagement === 'omni') return 'Omni-engaged';
	if (engagement === 'none') return 'No known channel';
	return omniChannels === 2 ? 'Single-channel' : `1 to ${omniChannels - 1} channels`;
}

/** What they do, after the name. */
export function engagementMeaning(
	engagement: Engagement,
	{ omniChannels, activeDays }: JourneyParams
): string {
	const days = `in ${activeDays} days`;
	if (engagement === 'omni') return `active in ${omniChannels} channels or more ${days}`;
	if (engagement === 'none') return `in no known channel ${days}`;
	return omniChannels === 2 ? `active in one channel ${days}` : `active in fewer ${days}`;
}

/** What is compared of engagements. */
export type EngagementMeasure = 'orders' | 'revenue';

/** The finding of the comparison: whether the intervals of the two are apart. */
export function engagementTitle(
	groups: readonly EngagementGroup[],
	measure: EngagementMeasure,
	params: JourneyParams,
	format: Format
): string {
	const of = (engagement: Engagement) => {
		const group = groups.find((each) => each.engagement === engagement);
		return group && (measure === 'orders' ? group.orders : group.revenue);
	};
	const [omni, single] = [of('omni'), of('single')];
	const one = engagementName('single', params).toLowerCase();
	if (!omni || !single) return 'Everyone is active in about as many channels';
	const what = measure === 'orders' ? 'orders' : 'money';
	if (omni.low > single.high) {
		return `Omni-engaged customers bring ${format.ratio(omni.value / single.value)} the ${what} of ${one} ones`;
	}
	if (omni.high < single.low) {
		return `Omni-engaged customers bring less: ${format.ratio(omni.value / single.value)} the ${what} of ${one} ones`;
	}
	return `Omni-engaged and ${one} customers cannot be told apart by their ${what}`;
}

/** Engagements as items of an interval chart. */
export function engagementItems(
	groups: readonly EngagementGroup[],
	measure: EngagementMeasure,
	params: JourneyParams
): IntervalItem[] {
	return groups.map(({ engagement, customers, orders, revenue }, index) => {
		const interval = measure === 'orders' ? orders : revenue;
		return {
			id: engagement,
			name: engagementName(engagement, params),
			index: engagement === 'none' ? null : index,
			customers,
			value: interval?.value ?? NaN,
			low: Math.max(0, interval?.low ?? NaN),
			high: interval?.high ?? NaN
		};
	});
}

/** The mean over everyone. */
export function everyoneMean(items: readonly IntervalItem[]): number {
	const people = items.reduce((sum, { customers }) => sum + customers, 0);
	return items.reduce((sum, { customers, value }) => sum + customers * value, 0) / people;
}

/** The moves that can be shown, with their titles. */
export const MOVE_CHOICES = [
	{ move: 0, label: 'First to last step', left: 'First step', right: 'Last step' },
	{ move: 1, label: 'First to second', left: 'First step', right: 'Second step' },
	{ move: 2, label: 'Second to third', left: 'Second step', right: 'Third step' }
] as const;

/** What stands at the right where a path has no further step. */
export const ORDERED = 'Order';
const OTHERS = 'Other channels';
const MOST_ENDS = 7;

/** An end of the flow, with the channel it stands for; null: the order, or several channels. */
export interface ChannelEnd extends FlowEnd {
	readonly key: string | null;
	readonly isOrder: boolean;
}

export interface JourneyFlow {
	readonly left: readonly ChannelEnd[];
	readonly right: readonly ChannelEnd[];
	readonly links: readonly FlowLink[];
}

/** The orders of a move as a flow; channels of few orders stand together. */
export function flowOf(moves: readonly JourneyMove[], move: number): JourneyFlow {
	const shown = moves.filter((each) => each.move === move);
	const ranked = rankedChannels(moves);
	const left = endsOf(shown, ranked, ({ from }) => from);
	const right = endsOf(shown, ranked, ({ to }) => to);
	const place = (ends: readonly ChannelEnd[], channel: Channel | null) =>
		channel === null ? ends.findIndex(({ isOrder }) => isOrder) : indexOr(ends, channel.key);
	const counts = new Map<string, FlowLink>();
	for (const { from, to, orders } of shown) {
		const [start, end] = [place(left, from), place(right, to)];
		const key = `${start} ${end}`;
		const isStay = left[start]?.key !== null && left[start]?.key === right[end]?.key;
		counts.set(key, { from: start, to: end, isStay, count: (counts.get(key)?.count ?? 0) + orders });
	}
	return { left, right, links: [...counts.values()] };
}

function indexOr(ends: readonly ChannelEnd[], key: string): number {
	const at = ends.findIndex((end) => end.key === key);
	return at === -1 ? ends.findIndex((end) => end.key === null && !end.isOrder) : at;
}

/** Channels by the orders that began or ended with them: a channel has one colour in every move. */
function rankedChannels(moves: readonly JourneyMove[]): Channel[] {
	const orders = new Map<string, { readonly channel: Channel; count: number }>();
	for (const { move, from, to, orders: count } of moves) {
		if (move !== 0) continue;
		for (const channel of [from, to]) {
			if (channel === null) continue;
			const known = orders.get(channel.key) ?? { channel, count: 0 };
			known.count += count;
			orders.set(channel.key, known);
		}
	}
	return [...orders.values()].sort((a, b) => b.count - a.count).map(({ channel }) => channel);
}

function endsOf(
	moves: readonly JourneyMove[],
	ranked: readonly Channel[],
	sideOf: (move: JourneyMove) => Channel | null
): ChannelEnd[] {
	const counts = new Map<string | null, { readonly name: string; count: number }>();
	for (const move of moves) {
		const side = sideOf(move);
		const known = counts.get(side?.key ?? null) ?? { name: side?.name ?? ORDERED, count: 0 };
		known.count += move.orders;
		counts.set(side?.key ?? null, known);
	}
	const ordered = counts.get(null);
	const channels = [...counts].filter(([key]) => key !== null).sort(([, a], [, b]) => b.count - a.count);
	const own = channels.slice(0, MOST_ENDS).map(([key, { name, count }]) => {
		const index = ranked.findIndex((channel) => channel.key === key);
		return { key, name, count, index: index === -1 ? null : index, isOrder: false };
	});
	const rest = channels.slice(MOST_ENDS).reduce((sum, [, { count }]) => sum + count, 0);
	return [
		...own,
		...(rest > 0 ? [{ key: null, name: OTHERS, count: rest, index: null, isOrder: false }] : []),
		...(ordered ? [{ key: null, ...ordered, index: null, isOrder: true }] : [])
	];
}

/** The finding of the flow. */
export function flowTitle({ left }: JourneyFlow, move: number, format: Format): string {
	const [first] = left;
	const all = left.reduce((sum, { count }) => sum + count, 0);
	if (!first) return move < 2 ? 'No path is known' : 'No path has a second step';
	const where = move === 2 ? 'take their second step in' : 'begin in';
	return `${format.percent(first.count / all)} of followed orders ${where} ${first.name}`;
}

/** What is wrong with a number that was typed, and what is needed; undefined when nothing is. */
export function wholeProblem(text: string, least: number, most: number): string | undefined {
	const value = Number(text);
	if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return undefined;
	return `Found “${text}”. It takes a whole number from ${least} to ${most}.`;
}

/** How long it took from the first step. */
export function daysWords(days: number, format: Format): string {
	if (days < 1) return 'within a day';
	return `${format.decimal(days, days < 10 && days % 1 >= 0.05 ? 1 : 0)} days`;
}

/** A number of steps. */
export function stepsWords(steps: number): string {
	if (steps === MOST_STEPS) return `${MOST_STEPS} steps or more`;
	return steps === 1 ? '1 step' : `${steps} steps`;
}

/** The finding of the list of paths. */
export function pathsTitle({ paths, led }: JourneyResult, format: Format): string {
	const top = paths.slice(0, 5);
	const orders = top.reduce((sum, row) => sum + row.orders, 0);
	if (paths.length <= 5)
		return `${counted(paths.length, 'path', format)} led to all orders that can be followed`;
	return `The first ${top.length} paths led to ${format.percent(orders / Math.max(1, led))} of the orders that can be followed`;
}

/** The finding of the numbers of steps. */
export function stepsTitle({ steps, led }: JourneyResult, format: Format): string {
	const [most] = steps.toSorted((a, b) => b.orders - a.orders);
	if (!most) return 'No order can be followed back';
	return `${format.percent(most.orders / Math.max(1, led))} of followed orders took ${stepsWords(most.steps)}`;
}

/** Numbers of steps as bars. */
export function stepBars({ steps, led }: JourneyResult, format: Format): CountBar[] {
	return steps.map((row) => ({
		id: String(row.steps),
		name: stepsWords(row.steps),
		note: '',
		count: row.orders,
		figure: counted(row.orders, 'order', format),
		second: format.percent(row.orders / Math.max(1, led)),
		isFaint: false
	}));
}

/** What people are called who ordered after so many steps. */
export function stepsPeople(steps: number): string {
	return `Ordered after ${stepsWords(steps)}`;
}

/** The channels of a set in one line. */
export function combinationText({ channels }: Combination): string {
	return channels.map(({ name }) => name).join(' and ');
}

/** The finding of the sets of channels. */
export function combinationsTitle({ combinations }: JourneyResult, format: Format): string {
	const [first] = combinations;
	const together = combinations.find(({ channels }) => channels.length > 1);
	if (!first || !together) return 'Nobody is active in two channels';
	const people = counted(together.customers, 'customer', format);
	if (together === first)
		return `${people} are active in ${combinationText(together)}, more than in any other set of channels`;
	const most = counted(first.customers, 'customer', format);
	return `${most} are active in ${combinationText(first)} alone, and ${format.count(together.customers)} in ${combinationText(together)} together`;
}
