import { isDay, type Day } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import { wholePercentages } from '#lib/pipeline/segment/changes/movement.ts';
import type { Grouping, Movement, MovementCellFilter } from '#lib/pipeline/segment/changes/schema.ts';
import {
	SHORT_HISTORY_DAYS,
	type BaseRate,
	type Horizon,
	type Outcome,
	type PastDay,
	type PastFilter,
	type SeenOutcome
} from '#lib/pipeline/segment/past/schema.ts';
import type { Finding } from '#lib/session/findings.ts';
import type { IntervalItem } from '#lib/ui/charts/intervals.ts';
import type { ShownCategory } from '../changes/words.ts';
import { swatchIn } from '../rfm/rfm-words.ts';

/** Under so many people a share is said to rest on few. */
const FEW = 100;

/** What is told of the groups of a past day: the share who bought, or the money per customer. */
export type Measure = 'share' | 'value';

/** Who was no customer on the past day, where a group would stand. */
export const NOT_YET = 'Not a customer yet';

/** A group of a past day with what its people did. */
export interface PastGroup extends ShownCategory {
	readonly filter: PastFilter;
	readonly rate: BaseRate;
}

/** The groups or segments of a past day, from the best to the furthest away. */
export function pastCategories(
	{ table }: Pick<PastDay, 'table'>,
	by: Grouping,
	segmentNames: readonly string[]
): ShownCategory[] {
	if (by === 'segment') return segmentNames.map((name, category) => ({ category, name, swatch: category }));
	return table.map(({ id, name }, category) => ({ category, name, swatch: swatchIn(table, id) })).reverse();
}

/** What is known of a horizon. */
export function outcomeOf({ outcomes }: Pick<PastDay, 'outcomes'>, horizon: Horizon): Outcome | null {
	return outcomes.find((outcome) => outcome.horizon === horizon) ?? null;
}

/** The groups that had people, most likely to buy (or most money per customer) first. */
export function pastGroups(
	past: PastDay,
	seen: SeenOutcome,
	by: Grouping,
	segmentNames: readonly string[],
	measure: Measure = 'share'
): PastGroup[] {
	const rates = by === 'segment' ? (seen.segments ?? []) : seen.groups;
	const valueOf = ({ rate }: PastGroup) => (measure === 'share' ? rate.share : rate.value)?.value ?? NaN;
	return pastCategories(past, by, segmentNames)
		.flatMap((category): PastGroup[] => {
			const rate = rates[category.category];
			if (!rate || rate.customers === 0) return [];
			const group = past.table[category.category]?.id ?? '';
			const filter: PastFilter =
				by === 'segment' ? { kind: 'segment', cluster: category.category } : { kind: 'group', group };
			return [{ ...category, filter, rate }];
		})
		.sort((a, b) => valueOf(b) - valueOf(a));
}

/** The groups as a chart of intervals takes them. */
export function intervalItems(groups: readonly PastGroup[], measure: Measure): IntervalItem[] {
	return groups.map(({ category, name, swatch, rate }) => {
		const { value, low, high } = (measure === 'share' ? rate.share : rate.value) ?? rate.share;
		return { id: String(category), name, index: swatch, customers: rate.customers, value, low, high };
	});
}

/** How many people stand behind an estimate: `of 291`, `of 20 (few)`. */
export function ofWords(customers: number, format: Format): string {
	return `of ${format.count(customers)}${customers < FEW ? ' (few)' : ''}`;
}

/** What a group did, without its name: `104 of 291 bought, 36% (31% to 41%)`. */
export function rateSentence(rate: BaseRate, measure: Measure, format: Format): string {
	const { customers, buyers, share, value } = rate;
	const bought = `${format.count(buyers)} ${ofWords(customers, format)} bought`;
	if (measure === 'share') {
		return `${bought}, ${format.percent(share.value)} (${format.percent(share.low)} to ${format.percent(share.high)})`;
	}
	if (value === null) return bought;
	const range = Number.isFinite(value.low)
		? ` (${format.money(value.low)} to ${format.money(value.high)})`
		: '';
	return `${format.money(value.value)} per customer${range}, ${bought}`;
}

/** The title of a list of people of a past day. */
export function peopleTitle(name: string, day: Day, format: Format): string {
	return `${name} on ${format.day(day)}`;
}

/** Where people went between two days, as the title of their list. */
export function moveTitle(
	{ from, to }: Pick<MovementCellFilter, 'from' | 'to'>,
	categories: readonly ShownCategory[],
	[first, second]: readonly [Day, Day],
	format: Format
): string {
	const nameOf = (category: number | null) =>
		categories.find((each) => each.category === category)?.name ?? NOT_YET;
	return `${nameOf(from)} on ${format.day(first)}, ${nameOf(to)} on ${format.day(second)}`;
}

/**
 * What a past day tells. Of RFM groups: of those that had gone quiet (a recency score in the lower half) and are not few,
 * who came back most; else, and of segments, the group that differs most from everyone.
 */
export function ratesFinding(
	past: PastDay,
	horizon: Horizon,
	by: Grouping,
	segmentNames: readonly string[],
	format: Format
): Finding & { readonly group: PastGroup | null } {
	const day = format.day(past.day);
	const outcome = outcomeOf(past, horizon);
	if (!outcome?.seen) {
		const title = `Nobody knows yet what the customers of ${day} do within ${horizon} days`;
		return { title, sub: 'The orders end before these days are over.', group: null };
	}
	const { everyone } = outcome.seen;
	const groups = pastGroups(past, outcome.seen, by, segmentNames);
	const all = `Of all ${format.count(everyone.customers)} customers of that morning ${format.percent(everyone.share.value)} ordered`;
	const limit = historyLimit(past, format);
	if (limit !== null) {
		const sub = `${all} within ${horizon} days. With less than ${SHORT_HISTORY_DAYS} days of orders nobody can look long gone.`;
		return { title: limit, sub, group: null };
	}
	const sub = `${all}. This is the base rate that a campaign has to beat.`;
	const quiet =
		by === 'group' ? groups.filter((group) => isQuiet(past, group) && group.rate.customers >= FEW) : [];
	const [back] = quiet;
	if (back) {
		return {
			title: `${partOf(back, format)} customers came back within ${horizon} days of ${day}`,
			sub,
			group: back
		};
	}
	const apart = groups
		.filter(({ rate }) => rate.share.low > everyone.share.value || rate.share.high < everyone.share.value)
		.toSorted((a, b) => gap(b, everyone) - gap(a, everyone))[0];
	if (!apart) {
		const share = format.percent(everyone.share.value);
		return {
			title: `${share} of customers bought within ${horizon} days of ${day}; no group stands out`,
			sub,
			group: null
		};
	}
	return { title: `${partOf(apart, format)} bought within ${horizon} days of ${day}`, sub, group: apart };
}

/** `36% of At risk`, or, where nobody did, `None of the 444 Hibernating`. */
function partOf({ name, rate }: PastGroup, format: Format): string {
	if (rate.buyers === 0) return `None of the ${format.count(rate.customers)} ${name}`;
	return `${format.percent(rate.share.value)} of ${name}`;
}

/** What is said in place of a claim about groups that are made of too few days; null where there are enough. */
function historyLimit({ day, notices }: PastDay, format: Format): string | null {
	const short = notices.find((found) => found.code === 'past.short-before');
	if (!short) return null;
	return `Too little history before ${format.day(day)} to judge: ${format.days(short.details.days)}`;
}

function gap({ rate }: PastGroup, everyone: BaseRate): number {
	return Math.abs(rate.share.value - everyone.share.value);
}

/** True for a group whose people all have a recency score in the lower half. */
function isQuiet({ table, axes, levels }: PastDay, { category }: PastGroup): boolean {
	const cells = table[category]?.cells ?? [];
	const axis = axes.indexOf('r');
	return cells.length > 0 && axis >= 0 && cells.every((cell) => (cell[axis] ?? levels) <= levels / 2);
}

/** What the money per customer says. */
export function valueTitle(
	past: PastDay,
	groups: readonly PastGroup[],
	everyone: BaseRate,
	horizon: Horizon,
	format: Format
): string {
	const limit = historyLimit(past, format);
	if (limit !== null) return limit;
	const [best] = groups;
	const mean = everyone.value?.value ?? NaN;
	if (!best?.rate.value || !(best.rate.value.low > mean))
		return `No group spent clearly more within ${horizon} days`;
	return `${best.name} spent ${format.money(best.rate.value.value)} each within ${horizon} days, everyone ${format.money(mean)}`;
}

/** How many of those who were customers are in another group on the later day. */
export function pastMovementTitle(movement: Movement, to: string, format: Format): string {
	const known = movement.counts.slice(0, -1);
	const people = known.flat().reduce((sum, count) => sum + count, 0);
	const stayed = known.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
	if (people === 0) return `Nobody was a customer before ${to}`;
	return `${format.percent((people - stayed) / people)} of the customers of that morning are in another group ${to}`;
}

/** The routes of a movement as rows of a table: from, to, customers, share of the row. */
export function movementRows(
	{ counts, categories: { length: last } }: Movement,
	categories: readonly ShownCategory[],
	format: Format
): string[][] {
	const nameOf = (at: number) => categories.find(({ category }) => category === at)?.name ?? NOT_YET;
	const order = [...categories.map(({ category }) => category), last];
	return order.flatMap((from) => {
		const row = order.map((to) => counts[from]?.[to] ?? 0);
		const shares = wholePercentages(row);
		return order.flatMap((to, i) => {
			const count = row[i] ?? 0;
			return count === 0 ? [] : [[nameOf(from), nameOf(to), format.count(count), `${shares[i]}%`]];
		});
	});
}

/** Whose lines part the scores of the past day. */
export const LINES_WORDS: Readonly<Record<PastDay['linesOf'], string>> = {
	day: 'Scores are parted by lines fitted to the customers of that day, as a run on that day would have them.',
	now: 'Scores are parted by today’s lines, so the groups mean the same days, orders and money on both days.',
	given: 'Scores are parted by the lines you drew, the same on every day.'
};

/** Who is in a natural segment on a past day. */
export const NEAREST_CENTRE =
	'Today’s segments: people of that day are counted in the one whose centre is nearest';

/** What going back in time cannot know. */
const UNKNOWN: readonly string[] = [
	'Past campaigns. What people did next, they did under whatever was sent to them then, so a rate is what happens anyway and not what a campaign adds.',
	'Saved queries. They speak of today, so your own segments and numbers are not known on a past day.',
	'Corrections. Orders, people and clean-up are as the files have them today, also of what was mended since.'
];

/** What a chart of the shares who bought shows. */
export function ratesDescription(
	{ day }: Pick<PastDay, 'day'>,
	horizon: Horizon,
	by: Grouping,
	format: Format
): string {
	const shown =
		by === 'group'
			? `Each group as it stood on the morning of ${format.day(day)}, and the share that ordered in the ${horizon} days from then on.`
			: `${NEAREST_CENTRE}. The share that ordered in the ${horizon} days from ${format.day(day)} on.`;
	return `${shown} Bars are 95% intervals. Click for the people.`;
}

/** What going back in time cannot know of groups, or of natural segments. */
export function unknownOf(by: Grouping): readonly string[] {
	if (by === 'group') return UNKNOWN;
	return [`The segments of that day. ${NEAREST_CENTRE}, whoever would have been alike then.`, ...UNKNOWN];
}

/** What keeps a typed day from being chosen, with what was found and what can be; null for a day of the range. */
export function dayProblem(
	text: string,
	{ first, last }: { readonly first: Day; readonly last: Day },
	format: Format
): string | null {
	if (isDay(text) && first <= text && text <= last) return null;
	const found = isDay(text) ? `Found ${format.day(text)}` : 'No day found';
	return `${found}; needed: ${format.day(first)} to ${format.day(last)}.`;
}

/** What is known of messages in the days that are looked at; null where no file tells of messages. */
export function messagedWords(
	{ messaged, everyone }: SeenOutcome,
	horizon: Horizon,
	format: Format
): string | null {
	if (messaged === null) return null;
	const people = `${format.count(messaged)} of these ${format.count(everyone.customers)} customers`;
	return `${people} got a message in those ${horizon} days, as far as the files tell.`;
}
