import { quoted, shortName } from '#lib/core/words.ts';
import { addDays, type Day } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import { typicalOf, type Nearest, type ProfilePart } from '#lib/pipeline/segment/overlap/nearest.ts';
import {
	LEAST_APART,
	type Comparison,
	type Overlap,
	type People,
	type SegmentNumbers
} from '#lib/pipeline/segment/overlap/schema.ts';
import { sharedPairs } from '#lib/pipeline/segment/overlap/step.ts';
import type { AssignedResult, GuardParams } from '#lib/pipeline/segment/own/schema.ts';
import { numberWord, type Finding } from '#lib/session/findings.ts';
import type { Trend } from '#lib/session/segments/segment-trends.svelte.ts';
import { isOwn, type BoardSegment, type SegmentKind } from '#lib/session/segments/board-segments.ts';

/** What the badge of a segment says. */
export const KIND_WORDS: Readonly<Record<SegmentKind, string>> = {
	group: 'Group',
	cluster: 'Natural',
	rule: 'Living rule',
	sql: 'SQL',
	list: 'List',
	saved: 'SQL'
};

/** `1 customer`, `312 customers`. */
export function peopleWords(count: number, format: Format): string {
	return `${format.count(count)} ${count === 1 ? 'customer' : 'customers'}`;
}

/** `312 customers, £45,678`. */
export function peopleAndMoney({ customers, revenue }: People, format: Format): string {
	const people = peopleWords(customers, format);
	return revenue === null ? people : `${people}, ${format.money(revenue)}`;
}

/** `Three`, `12`: the beginning of a sentence; `one`: within it. */
function many(count: number, one: string, more: string): string {
	return `${numberWord(count)} ${count === 1 ? one : more}`;
}

/** The finding of the screen: how much the segments overlap, and how many there are. */
export function boardFinding(
	segments: readonly BoardSegment[],
	overlap: Overlap | null,
	format: Format
): Finding {
	const count = (test: (segment: BoardSegment) => boolean) => segments.filter(test).length;
	const own = count(isOwn);
	const groups = count(({ kind }) => kind === 'group');
	const natural = count(({ kind }) => kind === 'cluster');
	const kinds = [
		own > 0 ? `${format.count(own)} of your own` : '',
		groups > 0 ? `${format.count(groups)} ${groups === 1 ? 'group' : 'groups'}` : '',
		natural > 0 ? `${format.count(natural)} natural` : ''
	].filter((text) => text !== '');
	const sub = `${many(segments.length, 'segment', 'segments')} side by side: ${kinds.join(', ')}.`;
	if (overlap === null || overlap.segments.length < 2)
		return own === 0
			? { title: `No segment of your own yet, and ${format.count(segments.length)} to begin with.`, sub }
			: { title: `${many(own, 'segment', 'segments')} of your own.`, sub };
	return { title: overlapFinding(overlap, format), sub, fullTitle: overlapFinding(overlap, format, whole) };
}

/** A name in a sentence, however long it is. */
export function whole(name: string): string {
	return quoted(name, Infinity);
}

/** How segments overlap, in one sentence: the pair of which one has most of its people in the other. */
export function overlapFinding(overlap: Overlap, format: Format, write = quoted): string {
	const { segments, union } = overlap;
	const pairs = sharedPairs(overlap);
	const telling = pairs.find(({ share }) => share < 1) ?? pairs[0];
	if (telling) {
		const [a, b] = [write(segments[telling.a]?.name ?? ''), write(segments[telling.b]?.name ?? '')];
		if (telling.share === 1) return `Everyone in ${a} is also in ${b}.`;
		return `${format.percent(telling.share)} of ${a} are also in ${b}.`;
	}
	const [first, second] = segments;
	if (segments.length === 2)
		return `Nobody is in both ${write(first?.name ?? '')} and ${write(second?.name ?? '')}.`;
	const people = peopleWords(union.customers, format);
	return `${people} in ${numberWord(segments.length).toLowerCase()} segments, and nobody in two of them.`;
}

/** How two segments compare, in one sentence. */
export function comparisonFinding(
	{ both, jaccard }: Comparison,
	first: string,
	second: string,
	format: Format,
	write = quoted
): string {
	const [a, b] = [write(first), write(second)];
	if (jaccard === null) return `Nobody is in ${a} or ${b}.`;
	if (both.customers === 0) return `Nobody is in both ${a} and ${b}.`;
	return `${peopleWords(both.customers, format)} ${both.customers === 1 ? 'is' : 'are'} in both ${a} and ${b}.`;
}

/** Who is compared, and why, in words; the names are those of A and B. */
export function comparedWords(
	{ onlyA, onlyB, isWhole }: Pick<Comparison, 'onlyA' | 'onlyB' | 'isWhole'>,
	[a, b]: readonly [string, string],
	format: Format
): { readonly heads: readonly [string, string]; readonly sentence: string } {
	const [first, second] = [shortName(a), shortName(b)];
	if (!isWhole) {
		return {
			heads: [`Only ${first}`, `Only ${second}`],
			sentence: `Compared: the ${peopleWords(onlyA.customers, format)} only in ${quoted(a)} with the ${peopleWords(onlyB.customers, format)} only in ${quoted(b)}. Who is in both is left out.`
		};
	}
	const isFew = [onlyA, onlyB].map(({ customers }) => customers < LEAST_APART);
	const few = isFew.flatMap((each, i) => {
		const { customers } = i === 0 ? onlyA : onlyB;
		const people = customers === 0 ? 'nobody' : `only ${peopleWords(customers, format)}`;
		return each ? [`${people} in ${quoted(i === 0 ? a : b)} alone`] : [];
	});
	return {
		heads: [`All of ${first}`, `All of ${second}`],
		sentence: `There ${/^only 1 |^nobody/.test(few[0] ?? '') ? 'is' : 'are'} ${few.join(' and ')}, too few to compare (${format.count(LEAST_APART)} are needed). So everyone in the one is compared with everyone in the other, and who is in both counts on both sides.`
	};
}

/** The advice for segments of the order that are left with too few active customers; null where nothing helps here. */
export function underAdvice(canRise: boolean, canMerge: boolean, isOne: boolean): string | null {
	const it = isOne ? 'it' : 'them';
	const ways = [canRise ? `move ${it} up` : '', canMerge ? `merge ${it} below` : ''].filter(Boolean);
	const [first = ''] = ways;
	return first === '' ? null : `${first.charAt(0).toUpperCase()}${ways.join(', or ').slice(1)}.`;
}

/** How large a difference in standard deviations is (Cohen 1988). */
export function sizeWord(difference: number): 'hardly any' | 'small' | 'medium' | 'large' {
	const size = Math.abs(difference);
	if (size < 0.2) return 'hardly any';
	if (size < 0.5) return 'small';
	return size < 0.8 ? 'medium' : 'large';
}

/** What sharing people out comes to: one message each. */
export function priorityFinding(assigned: readonly AssignedResult[], format: Format): string {
	const people = assigned.reduce((sum, each) => sum + each.assigned, 0);
	const places = assigned.reduce((sum, each) => sum + each.customers, 0);
	const spared = places - people;
	if (spared === 0) return `${peopleWords(people, format)} get one message each, and nobody is in two.`;
	const messages = spared === 1 ? 'message' : 'messages';
	return `${peopleWords(people, format)} get one message each: ${format.count(spared)} ${messages} fewer.`;
}

/** How many segments are too small, in one sentence. */
export function guardFinding(
	segments: readonly BoardSegment[],
	{ floor, mostSegments }: GuardParams,
	format: Format
): string {
	const count = (test: (segment: BoardSegment) => boolean) => segments.filter(test).length;
	const all = format.count(segments.length);
	const small = count(({ isSmall, customers }) => isSmall && customers !== 0);
	const nobody = count(({ customers }) => customers === 0);
	const unknown = count(({ customers }) => customers === null);
	const fine = segments.length - small - nobody - unknown;
	const customers = `${format.count(floor)} active customers`;
	const others = [
		nobody === 0 ? '' : `${format.count(nobody)} ${nobody === 1 ? 'has' : 'have'} nobody`,
		unknown === 0 ? '' : `${format.count(unknown)} ${unknown === 1 ? 'is' : 'are'} not counted`
	].filter((text) => text !== '');
	const rest = others.length === 0 ? '.' : `; ${others.join(', ')}.`;
	const over =
		segments.length > mostSegments
			? ` ${all} segments are more than the ${format.count(mostSegments)} you want.`
			: '';
	if (small > 0) {
		const have = small === 1 ? 'has' : 'have';
		return `${format.count(small)} of ${all} segments ${have} fewer than ${customers}${rest}${over}`;
	}
	if (fine < segments.length) {
		const have = fine === 1 ? 'has' : 'have';
		return `${format.count(fine)} of ${all} segments ${have} at least ${customers}${rest}${over}`;
	}
	return `${fine === 1 ? 'The one segment has' : `All ${all} segments have`} at least ${customers}.${over}`;
}

const PART_WORDS: Readonly<Record<ProfilePart, string>> = {
	recency: 'last order',
	frequency: 'number of orders',
	money: 'spend'
};

/** Why a segment is the nearest: how far its typical customer is, and in what they are most alike. */
export function nearestWords({ distance, parts }: Nearest, format: Format): string {
	const alike = parts[0] ? `, most alike in ${PART_WORDS[parts[0].part]}` : '';
	const far = format.decimal(distance, 1);
	return `Its typical customer is the nearest: ${far} standard deviations away${alike}.`;
}

/** The typical customer of a segment: `31 days since the last order, 2.4 orders, £120`. */
export function typicalWords({ recency, frequency, money }: SegmentNumbers, format: Format): string {
	const parts = [
		recency === null ? '' : `${format.days(Math.round(typicalOf(recency)))} since the last order`,
		frequency === null ? '' : `${format.decimal(typicalOf(frequency), 1)} orders`,
		money === null ? '' : format.money(typicalOf(money))
	];
	return parts.filter((text) => text !== '').join(', ');
}

/** How the segments stand: by themselves, or by one of their numbers. */
export const SORTS = {
	place: 'As they stand',
	name: 'By name',
	customers: 'Most customers',
	revenue: 'Most revenue',
	active: 'Most active'
} as const;
export type Sort = keyof typeof SORTS;

/** What is listed. */
export const FILTERS = {
	all: 'All kinds',
	own: 'Your own',
	rule: 'Living rules',
	sql: 'SQL',
	list: 'Lists',
	group: 'Groups',
	cluster: 'Natural segments',
	small: 'Too small',
	problem: 'With a problem'
} as const;
export type Filter = keyof typeof FILTERS;

/** The segments of a search and a filter, in order. */
export function listed(
	segments: readonly BoardSegment[],
	{ search, filter, sort }: { readonly search: string; readonly filter: Filter; readonly sort: Sort }
): BoardSegment[] {
	const text = search.trim().toLowerCase();
	const found = segments.filter(
		(segment) =>
			passes(segment, filter) &&
			(text === '' || `${segment.name} ${segment.note}`.toLowerCase().includes(text))
	);
	if (sort === 'place') return [...found.filter(isOwn), ...found.filter((segment) => !isOwn(segment))];
	if (sort === 'name') return found.toSorted((a, b) => a.name.localeCompare(b.name));
	return found.toSorted((a, b) => (b[sort] ?? -1) - (a[sort] ?? -1));
}

function passes(segment: BoardSegment, filter: Filter): boolean {
	switch (filter) {
		case 'all':
			return true;
		case 'own':
			return isOwn(segment);
		case 'small':
			return segment.isSmall && (segment.customers ?? 0) > 0;
		case 'problem':
			return segment.problem !== null;
		case 'sql':
			return segment.kind === 'sql' || segment.kind === 'saved';
		default:
			return segment.kind === filter;
	}
}

/** How a segment grew: `120 customers on 31 May 2024, 180 on 31 Oct 2024`. */
export function trendWords(trend: Trend, format: Format): string {
	const known = trend.flatMap(({ day, customers }) => (customers === null ? [] : [{ day, customers }]));
	const [first, last] = [known[0], known.at(-1)];
	if (!first || !last) return 'not known yet';
	// A size at the start of a day is that of the end of the day before.
	const on = (day: Day) => format.day(addDays(day, -1));
	const from = `${peopleWords(first.customers, format)} at the end of ${on(first.day)}`;
	return first === last ? from : `${from}, ${format.count(last.customers)} at the end of ${on(last.day)}`;
}

/** A list with one entry at another place. */
export function moved<Entry>(list: readonly Entry[], from: number, to: number): Entry[] {
	const others = list.toSpliced(from, 1);
	return others.toSpliced(to, 0, ...list.slice(from, from + 1));
}
