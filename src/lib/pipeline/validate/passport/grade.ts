import type { Format } from '#lib/core/format.ts';
import { counted, plural } from '#lib/core/words.ts';
import { SIZE_FLOOR, sizeFloor, STABLE_AT } from '#lib/pipeline/segment/choose-count.ts';
import { gradeSegment, shownOverlap } from '#lib/pipeline/segment/describe.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import { FOUR_FIFTHS } from '../fairness/schema.ts';
import type { Baseline, Check, Grade, OverTime, Passport, PassportFacts } from './schema.ts';

/** Mean silhouettes below this mean that a segment overlaps its neighbour about as much as it stands apart. */
const SEPARATED_AT = 0.1;
/** Bands of Jaccard (Hennig 2007). */
const DISSOLVED = 0.6;
const STABLE = 0.75;
/** A profile that moved by less is that of the same kind of people: an effect up to 0.2 is small, one of 0.5 is seen (Cohen 1988). */
const DRIFTS_FROM = 0.25;
/** Fewer people than this who can be written to are no audience. */
const LEAST_REACHED = 100;

/** Why people who belong to no group are no segment. */
export const NO_GROUP_REASON = 'These people belong to no group: they have nothing in common but that.';

type Natural = NonNullable<PassportFacts['natural']>;

/**
 * The passport of a segment: every check, and the grade. `few` under the size floor; `stop` when a check failed; `care` when
 * one of size, stability, disturbance, separation, time or fairness falls short; else `trust`. What was not looked at counts
 * neither way, so a grade says which checks it rests on. People may move through a segment: while its profile stays, that is
 * advice to refresh it, and no lower grade.
 */
export function gradePassport(facts: PassportFacts, format: Format): Passport {
	const checks = [
		sizeCheck(facts, format),
		...naturalChecks(facts.natural, format),
		...(facts.overTime === null ? [] : [timeCheck(facts.overTime, facts.natural === null, format)]),
		fairnessCheck(facts, format),
		reachCheck(facts, format),
		liftCheck(facts, format),
		planCheck(facts)
	];
	const { grade, reason } = gradeOf(facts, checks);
	return { ...facts, checks, grade, reason: isForRefresh(facts, grade) ? `${reason} ${REFRESH}` : reason };
}

const REFRESH = 'Refresh it before each use: people move through it.';

/** True for a segment that may be used, whose people of today are not those of the last months. */
export function movesThrough({ overTime }: Pick<PassportFacts, 'overTime'>): boolean {
	return overTime !== null && overTime.jaccard !== null && overTime.jaccard < STABLE_AT;
}

function isForRefresh(facts: PassportFacts, grade: Grade): boolean {
	return (grade === 'trust' || grade === 'care') && movesThrough(facts);
}

const GRADING: readonly Check['id'][] = [
	'size',
	'stability',
	'disturbance',
	'separation',
	'time',
	'fairness'
];

function gradeOf(facts: PassportFacts, checks: readonly Check[]): { grade: Grade; reason: string } {
	const { customers, allCustomers, natural } = facts;
	const floor = sizeFloor(allCustomers);
	if (customers < floor) {
		return {
			grade: 'few',
			reason: `Too few to say: ${plural(customers, 'person', 'people')}, ${floor} needed.`
		};
	}
	if (natural?.isNoise) {
		return {
			grade: 'stop',
			reason: NO_GROUP_REASON
		};
	}
	const grading = checks.filter(({ id }) => GRADING.includes(id));
	const failed = grading.find(({ state }) => state === 'failed');
	if (failed) return { grade: 'stop', reason: reasonOf(failed, grading) };
	const short = grading.find(({ state }) => state === 'short');
	if (short) return { grade: 'care', reason: reasonOf(short, grading) };
	if (natural === null) {
		return {
			grade: 'trust',
			reason: 'A rule gives the same people from the same data, and there are enough of them.'
		};
	}
	const { jaccard } = natural;
	const stability = {
		cluster: 0,
		jaccard: jaccard.value,
		low: jaccard.low,
		high: jaccard.high,
		resamples: 0
	};
	return gradeSegment({ customers, silhouette: natural.silhouette, stability }, allCustomers);
}

/** What else falls short, in a few words. */
const ALSO: Partial<Record<Check['id'], string>> = {
	size: 'it has few people',
	stability: 'it changes when drawn again',
	disturbance: 'small changes move people',
	separation: 'it hardly stands apart',
	time: 'it changes over time',
	fairness: 'it takes unevenly'
};

/** The sentence of the condition that decides, and the other ones that are not met. */
function reasonOf(first: Check, grading: readonly Check[]): string {
	const others = grading.filter((check) => check !== first && ['failed', 'short'].includes(check.state));
	if (others.length === 0) return first.found;
	return `${first.found} Also: ${others.map(({ id }) => ALSO[id]).join(', ')}.`;
}

function sizeCheck({ customers, allCustomers }: PassportFacts, format: Format): Check {
	const floor = sizeFloor(allCustomers);
	const found = `${counted(customers, 'person', format, 'people')}, ${format.percent(customers / Math.max(1, allCustomers))} of all.`;
	const state = customers < floor ? 'failed' : customers < SIZE_FLOOR ? 'short' : 'met';
	const few = state === 'short' ? `${found} Under ${SIZE_FLOOR} a result can be chance.` : found;
	return { id: 'size', state, found: few, needed: `${SIZE_FLOOR} people, and never under ${floor}` };
}

function naturalChecks(natural: Natural | null, format: Format): Check[] {
	if (natural === null) return [];
	return [
		stabilityCheck(natural, format),
		disturbanceCheck(natural, format),
		separationCheck(natural, format)
	];
}

/** How well a segment comes back when customers are drawn again, by its mean Jaccard and the low end of them. */
export function stabilityState({ value, low }: Pick<Interval, 'value' | 'low'>): 'met' | 'short' | 'failed' {
	if (value < DISSOLVED) return 'failed';
	return value < STABLE || low < DISSOLVED ? 'short' : 'met';
}

function stabilityCheck({ jaccard: { value, low } }: Natural, format: Format): Check {
	const overlap = format.decimal(shownOverlap(value), 2);
	const lowest = format.decimal(shownOverlap(low), 2);
	const state = stabilityState({ value, low });
	const words = {
		failed: `It falls apart when customers are drawn again: it overlaps ${overlap}.`,
		short:
			value < STABLE
				? `Drawn again, it overlaps ${overlap} on average${value < STABLE_AT ? ', under the 0.70 line' : ', just over the line'}.`
				: `Drawn again, it overlaps ${overlap} on average, but in the worst cases only ${lowest}.`,
		met: `Drawn again, it overlaps ${overlap} on average.`
	};
	return {
		id: 'stability',
		state,
		found: words[state],
		needed: 'an overlap of 0.75, in the worst cases 0.60'
	};
}

const DISTURBANCES = {
	noise: 'with a little noise',
	subsample: 'with a fifth of the customers left out',
	seed: 'from other starts'
} as const;

function disturbanceCheck({ disturbed }: Natural, format: Format): Check {
	const needed = 'an overlap of 0.70 under each change';
	if (disturbed === null)
		return { id: 'disturbance', state: 'unknown', found: 'It has not been disturbed yet.', needed };
	const kinds = Object.keys(DISTURBANCES) as (keyof typeof DISTURBANCES)[];
	const worst = kinds.reduce((least, kind) => (disturbed[kind] < disturbed[least] ? kind : least));
	const overlap = format.decimal(shownOverlap(disturbed[worst]), 2);
	const isMet = disturbed[worst] >= STABLE_AT;
	const found = isMet
		? `It bears small changes: ${DISTURBANCES[worst]} it still overlaps ${overlap}.`
		: `It does not bear small changes: ${DISTURBANCES[worst]} it overlaps ${overlap}.`;
	const dissolves = disturbed[worst] < DISSOLVED;
	return { id: 'disturbance', state: isMet ? 'met' : dissolves ? 'failed' : 'short', found, needed };
}

function separationCheck({ silhouette, hasGroups }: Natural, format: Format): Check {
	const score = format.decimal(silhouette, 2);
	if (!hasGroups) {
		const needed = 'groups with a gap between them';
		const found = `There are no natural groups here: it is a slice of people who differ by degrees (silhouette ${score}).`;
		return { id: 'separation', state: 'short', found, needed };
	}
	const needed = 'a silhouette of 0.10';
	const isMet = silhouette >= SEPARATED_AT;
	const found = isMet
		? `It stands apart from its neighbour (silhouette ${score}).`
		: `Its edge runs into its neighbour (silhouette ${score}).`;
	return { id: 'separation', state: isMet ? 'met' : 'short', found, needed };
}

/** Whether a segment holds the same kind of people on earlier days; what a rule holds, the rule says. */
function timeCheck(
	{ jaccard, distance, days: compared, problem }: OverTime,
	isRule: boolean,
	format: Format
): Check {
	const needed = 'a profile that moved by less than 0.25 deviations since the last three month starts';
	if (jaccard === null) {
		const found = problem ?? 'It has not been compared with an earlier day.';
		return { id: 'time', state: 'unknown', found, needed };
	}
	const days = new Intl.ListFormat('en-GB').format(compared.map((day) => format.day(day)));
	const overlap = `overlap ${format.decimal(shownOverlap(jaccard), 2)} on average`;
	if (distance !== null && distance >= DRIFTS_FROM) {
		const moved = format.decimal(distance, 2);
		const found = `Its profile drifts: on ${days} it was ${moved} deviations from today's on average (${overlap}).`;
		return { id: 'time', state: 'short', found, needed };
	}
	const profile =
		distance === null ? '' : ` Its profile moved by ${format.decimal(distance, 2)} deviations only.`;
	if (jaccard >= STABLE_AT) {
		return {
			id: 'time',
			state: 'met',
			found: `It held mostly the same people on ${days} (${overlap}).${profile}`,
			needed
		};
	}
	const found =
		distance === null
			? `Other people were in it on ${days} (${overlap}).`
			: `The same kind of people, but others on ${days} (${overlap}).${profile}`;
	return { id: 'time', state: distance !== null || isRule ? 'met' : 'short', found, needed };
}

function fairnessCheck({ fairness }: PassportFacts, format: Format): Check {
	if (fairness === null) {
		const needed = 'a gender or birth date column';
		return { id: 'fairness', state: 'unknown', found: 'Nothing to check by.', needed };
	}
	const needed = 'the least reached group at four fifths of the most reached';
	const ratio = format.decimal(Math.floor(fairness.ratio * 100) / 100, 2);
	const by = fairness.label.toLowerCase();
	const found = fairness.isUneven
		? `It takes unevenly by ${by}: the ratio of rates is ${ratio}, under four fifths.`
		: fairness.ratio < FOUR_FIFTHS
			? `By ${by} the ratio of rates is ${ratio}; with so few people that can be chance.`
			: `It takes evenly by ${by}: the ratio of rates is ${ratio}.`;
	return { id: 'fairness', state: fairness.isUneven ? 'short' : 'met', found, needed };
}

function reachCheck({ reach, customers }: PassportFacts, format: Format): Check {
	const needed = `${LEAST_REACHED} people who can be written to`;
	if (reach === null)
		return { id: 'reach', state: 'unknown', found: 'Contacts are not collected yet.', needed };
	if (!reach.hasContacts) {
		return { id: 'reach', state: 'unknown', found: 'The files have no email or phone numbers.', needed };
	}
	const reached = reach.agreed ?? reach.withContact;
	const share = format.percent(reached / Math.max(1, customers));
	const found =
		reach.agreed === null
			? `${format.count(reached)} people (${share}) have an email or phone number; the files do not say who agreed.`
			: `${format.count(reached)} people (${share}) agreed and can be written to.`;
	return { id: 'reach', state: reached >= LEAST_REACHED ? 'met' : 'short', found, needed };
}

/** Where a baseline is from. */
const BASELINE_OF = {
	own: 'these people before',
	shop: 'all customers',
	given: 'your number'
} as const satisfies Record<Baseline['from'], string>;
const NOBODY_ORDERS = {
	own: 'Of these people before, nobody ordered in a month',
	shop: 'Of all customers, nobody ordered in the last 30 days',
	given: 'Your number says that nobody orders'
} as const satisfies Record<Baseline['from'], string>;

function liftCheck({ baseline, detectable, arms: [control, treated] }: PassportFacts, format: Format): Check {
	const needed = 'a lift that a message can bring';
	if (baseline === null)
		return { id: 'lift', state: 'unknown', found: 'It is not known how many of them order anyway.', needed };
	const of = `${format.count(treated)} people with and ${format.count(control)} without the message`;
	if (baseline.rate.value === 0) {
		const found = `${NOBODY_ORDERS[baseline.from]}: a rate of nothing tells little.`;
		return { id: 'lift', state: 'short', found, needed };
	}
	const from = `${format.percent(baseline.rate.value)} (${BASELINE_OF[baseline.from]})`;
	if (detectable === null)
		return { id: 'lift', state: 'short', found: `No lift over ${from} could be shown with ${of}.`, needed };
	const found = `From ${from}, a rise to ${format.percent(detectable)} could be shown, with ${of}.`;
	const isLarge = detectable - baseline.rate.value > Math.max(0.05, baseline.rate.value);
	return { id: 'lift', state: isLarge ? 'short' : 'met', found, needed };
}

function planCheck({ plan }: PassportFacts): Check {
	const needed = 'a sentence that says what will be done';
	return plan === null
		? { id: 'plan', state: 'short', found: 'Nothing is planned with it yet.', needed }
		: { id: 'plan', state: 'met', found: plan, needed };
}
