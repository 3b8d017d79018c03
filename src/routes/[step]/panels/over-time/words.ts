import type { Day } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import { counted, quoted, shortName } from '#lib/core/words.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { Grouping } from '#lib/pipeline/segment/changes/schema.ts';
import type { OwnResult, OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { ownRef } from '#lib/pipeline/segment/own/scope.ts';
import { leavesOf } from '#lib/pipeline/segment/rules/compile.ts';
import { phraseOf, type Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { GroupTable, RfmAxis } from '#lib/pipeline/segment/schema.ts';
import type { HoldoutSegment, HoldoutVerdict } from '#lib/pipeline/validate/holdout/schema.ts';
import {
	SAME_FROM,
	type Cause,
	type ComparedDay,
	type OwnWindows,
	type WindowBy,
	type WindowSegment
} from '#lib/pipeline/validate/windows/schema.ts';
import { causeOf, type OwnRule, type PastOfOwn } from '#lib/pipeline/validate/windows/own.ts';
import { numberWord, type Finding } from '#lib/session/findings.ts';
import { wilson } from '#lib/stats/wilson.ts';
import type { BandItem } from '#lib/ui/charts/bands.ts';
import { featureLabel } from '../feature-words.ts';
import { swatchIn } from '../rfm/rfm-words.ts';

/** A segment or group as it is shown. */
export interface ShownSegment {
	/** The cluster, the place of the group in its table, or that of the rule among those that were asked. */
	readonly category: number;
	readonly name: string;
	/** Null once the marks of the palette are given. */
	readonly swatch: number | null;
	/** Its people cannot be recognised on another day. */
	readonly isNoise: boolean;
}

/** A shown segment on the compared day. */
export interface ComparedSegment extends ShownSegment {
	readonly window: WindowSegment;
}

/** Natural segments by number, or RFM groups from the best to the furthest away. */
export function shownSegments(
	by: Grouping,
	profiles: readonly { readonly cluster: number; readonly isNoise: boolean }[],
	table: GroupTable,
	nameOf: (cluster: number) => string
): ShownSegment[] {
	if (by === 'segment') {
		return profiles.map(({ cluster, isNoise }) => ({
			category: cluster,
			name: nameOf(cluster),
			swatch: cluster,
			isNoise
		}));
	}
	return table
		.map(({ id, name }, category) => ({ category, name, swatch: swatchIn(table, id), isNoise: false }))
		.reverse();
}

/** The user's own rules, in the order asked. */
export function shownRules(
	rules: readonly OwnRule[],
	swatchOf: (ref: SegmentRef) => number | null
): ShownSegment[] {
	return rules.map(({ id, name }, category) => ({
		...{ category, name, swatch: swatchOf(ownRef(id)), isNoise: false }
	}));
}

/** Those that had people on one of the two days. */
export function comparedSegments(
	{ segments }: Pick<ComparedDay, 'segments'>,
	shown: readonly ShownSegment[]
): ComparedSegment[] {
	return shown.flatMap((segment) => {
		const window = segments?.[segment.category];
		return window && window.customers + window.now > 0 ? [{ ...segment, window }] : [];
	});
}

const WHAT: Readonly<Record<WindowBy, string>> = {
	segment: 'segments',
	group: 'RFM groups',
	own: 'segments of your own'
};

/** How many segments have kept their people. */
export function overTimeFinding(
	day: Pick<ComparedDay, 'day' | 'customers'>,
	by: WindowBy,
	segments: readonly ComparedSegment[],
	format: Format
): Finding {
	const told = segments.filter(({ window }) => window.jaccard !== null);
	const same = told.filter(({ window }) => (window.jaccard ?? 0) >= SAME_FROM).length;
	const what = WHAT[by];
	const since = `since ${format.day(day.day)}`;
	const sub = `The definition of today, asked of both days, among the ${counted(day.customers, 'customer', format)} of ${format.day(day.day)}. From an overlap of ${format.decimal(SAME_FROM, 1)} on a segment is the same group of people.`;
	if (told.length === 0) return { title: `Nobody can be followed ${since}.`, sub };
	const [only] = told;
	if (only !== undefined && told.length === 1) {
		const kept = same === 1 ? 'has kept' : 'has not kept';
		return { title: `${quoted(only.name)} ${kept} its people ${since}.`, sub };
	}
	const all = numberWord(told.length).toLowerCase();
	if (same === told.length) {
		const every = told.length === 2 ? 'Both' : `All ${all}`;
		return { title: `${every} ${what} have kept their people ${since}.`, sub };
	}
	if (same === 0) return { title: `None of the ${all} ${what} has kept its people ${since}.`, sub };
	return {
		title: `${numberWord(same)} of ${all} ${what} ${same === 1 ? 'has kept its' : 'have kept their'} people ${since}.`,
		sub
	};
}

/** Which segments kept most and least of their people. */
export function overlapTitle(segments: readonly ComparedSegment[], format: Format): string {
	const told = segments
		.flatMap(({ name, window: { jaccard } }) =>
			jaccard === null ? [] : [{ name: shortName(name), jaccard }]
		)
		.sort((a, b) => b.jaccard - a.jaccard);
	const [most, least] = [told[0], told.at(-1)];
	if (!most || !least) return 'No segment can be recognised on that day';
	const overlap = (value: number) => format.decimal(value, 2);
	if (most === least) return `${most.name}: overlap ${overlap(most.jaccard)}`;
	return `Overlap from ${overlap(most.jaccard)}, ${most.name}, down to ${overlap(least.jaccard)}, ${least.name}`;
}

/** The overlaps as a chart of bands takes them, with the interval of a share of so many people. */
export function overlapItems(segments: readonly ComparedSegment[]): BandItem[] {
	return segments.map(({ category, name, swatch, window: { now, customers, stayed, jaccard } }) => {
		const { low, high } = wilson(stayed, customers + now - stayed);
		return { id: String(category), name, index: swatch, customers, value: jaccard, low, high };
	});
}

const AXIS_WORDS: Readonly<Record<RfmAxis, string>> = {
	r: 'Recency score',
	f: 'Frequency score',
	m: 'Money score',
	fm: 'Frequency and money score'
};

/** What a cause is called: a score, or a feature. */
export function causeLabel(id: string, by: Grouping, known?: readonly FeatureSummary[]): string {
	return by === 'group' ? (AXIS_WORDS[id as RfmAxis] ?? id) : featureLabel(id, known);
}

/** What moved most people: `Days since last order, 120 of 140`. */
export function causeWords(
	{ causes, customers, now, stayed }: WindowSegment,
	labelOf: (id: string) => string,
	format: Format
): string {
	const [first] = causes;
	const moved = customers + now - 2 * stayed;
	if (first === undefined || moved === 0) return 'Nobody moved';
	return `${labelOf(first.id)}, ${format.count(first.customers)} of ${format.count(moved)}`;
}

/** The causes of all segments together: everybody who moved is counted where they left, and where they came to. */
export function causesOfAll(segments: readonly ComparedSegment[]): Cause[] {
	const sums = new Map<string, number>();
	for (const { window } of segments)
		for (const { id, customers } of window.causes) sums.set(id, (sums.get(id) ?? 0) + customers);
	return [...sums]
		.map(([id, customers]) => ({ id, customers: customers / 2, left: customers / 2 }))
		.sort((a, b) => b.customers - a.customers);
}

/** The sentence over what moved how many of the customers of a day. */
export function movedTitle(
	day: Pick<ComparedDay, 'customers'>,
	segments: readonly ComparedSegment[],
	labelOf: (id: string) => string,
	format: Format
): string {
	const causes = causesOfAll(segments);
	const moved = causes.reduce((sum, { customers }) => sum + customers, 0);
	const [first] = causes;
	if (first === undefined || moved === 0) return 'Nobody has moved to another segment.';
	return `${format.count(Math.round(moved))} of ${counted(day.customers, 'customer', format)} moved, ${format.percent(first.customers / moved)} of them mostly by ${lowered(labelOf(first.id))}.`;
}

/** What the conditions of rules are called, as causes: in the words of the rule builder. */
export function rulePhrases(rules: readonly OwnRule[], vocabulary: Vocabulary): Map<string, string> {
	return new Map(
		rules.flatMap((own) =>
			leavesOf(own.rule).map((leaf, place) => [causeOf(own, place), phraseOf(leaf, vocabulary)] as const)
		)
	);
}

/** The sentence over who left and came into rules: that of the one that lost or won most people. */
export function ruleMovesTitle(
	segments: readonly ComparedSegment[],
	labelOf: (id: string) => string,
	format: Format
): string {
	const movedOf = ({ window }: ComparedSegment) => window.customers + window.now - 2 * window.stayed;
	const [most] = segments.toSorted((a, b) => movedOf(b) - movedOf(a));
	const [cause] = most?.window.causes ?? [];
	if (most === undefined || cause === undefined) return 'Nobody has left or come in.';
	const { customers, now, stayed } = most.window;
	const by = most.window.causes.length === 1 ? 'by' : 'mostly by';
	return `${shortName(most.name)}: ${format.count(customers - stayed)} left and ${format.count(now - stayed)} came in, ${by} ${quoted(labelOf(cause.id), 90)}`;
}

/** A segment of the user's own that cannot be compared with a day, and why. */
export interface UnaskedSegment {
	readonly id: string;
	readonly name: string;
	readonly why: string;
}

/**
 * The segments of the user's own that cannot be compared with a day.
 * @param past what `pastOfOwn` says
 * @param windows null: the day has not been asked
 */
export function unaskedSegments(
	segments: readonly OwnSegment[],
	results: OwnResult['segments'],
	past: ReadonlyMap<SegmentRef, PastOfOwn>,
	windows: OwnWindows | null,
	day: Day | null
): UnaskedSegment[] {
	const problems = windows?.days.find((each) => each.day === day)?.problems ?? [];
	return segments.flatMap(({ id, name }) => {
		const ref = ownRef(id);
		const place = windows?.rules.indexOf(ref) ?? -1;
		const today = results.find((each) => each.id === id)?.problem ?? null;
		const why = today ?? (place < 0 ? past.get(ref)?.problem : problems[place]) ?? null;
		return why === null ? [] : [{ id, name, why }];
	});
}

/** A label within a sentence. */
export function lowered(label: string): string {
	return /^[A-Z][a-z]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

const SIDE_WORDS = { stayed: 'in it on both days', left: 'left', entered: 'came in' } as const;

/**
 * The title of a list of people who stayed, left or came.
 * @param cause what moved them, in words: `mostly by days since last order`
 */
export function sideTitle(
	name: string,
	side: keyof typeof SIDE_WORDS,
	day: Day,
	format: Format,
	cause?: string
): string {
	const by = cause === undefined ? '' : `, ${cause}`;
	return `${shortName(name)}: ${SIDE_WORDS[side]} since ${format.day(day)}${by}`;
}

const VERDICTS: Readonly<Record<HoldoutVerdict, { readonly label: string; readonly text: string }>> = {
	holds: { label: 'Holds', text: 'The difference in buying is there on the later day, too.' },
	vanished: { label: 'Vanished', text: 'Its people no longer buy differently from all others.' },
	reversed: { label: 'Reversed', text: 'Its people now differ the other way.' },
	none: { label: 'No difference', text: 'Its people bought no differently from the start.' },
	few: { label: 'Too few', text: 'Fewer than 20 people on one of the days.' }
};

/** What became of a difference, in a word and in a sentence. */
export function verdictWords(verdict: HoldoutVerdict): { readonly label: string; readonly text: string } {
	return VERDICTS[verdict];
}

/** How many segments still buy differently on the later day. */
export function holdoutTitle(segments: readonly HoldoutSegment[]): string {
	const clear = segments.filter(({ verdict }) => verdict !== 'none' && verdict !== 'few');
	const held = clear.filter(({ verdict }) => verdict === 'holds').length;
	if (clear.length === 0) return 'No segment bought clearly differently from the others to begin with.';
	const of = numberWord(clear.length).toLowerCase();
	if (held === clear.length) {
		return clear.length === 1
			? 'The one segment that differed in buying still differs.'
			: `${clear.length === 2 ? 'Both' : `All ${of}`} segments that differed in buying still differ.`;
	}
	const lost = clear.length - held;
	if (clear.length === 1) return 'The one segment that differed in buying no longer does.';
	return `${numberWord(lost)} of ${of} segments no longer differ${lost === 1 ? 's' : ''} in buying as ${lost === 1 ? 'it' : 'they'} did.`;
}

/** Percentage points with their sign: `+12`. */
export function points(difference: number, format: Format): string {
	if (!Number.isFinite(difference)) return '–';
	const rounded = Math.round(difference * 100);
	const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
	return `${sign}${format.count(Math.abs(rounded))}`;
}
