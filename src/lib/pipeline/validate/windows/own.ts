import type { Day } from '#lib/core/days.ts';
import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { makeDay, type MadeDay, type PastRules } from '#lib/pipeline/segment/own/past.ts';
import type { OwnParams, OwnResult, OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { askedSegments, ownRef, scopeOfToday } from '#lib/pipeline/segment/own/scope.ts';
import { problemOf } from '#lib/pipeline/segment/own/step.ts';
import { inSlot } from '#lib/pipeline/segment/past/step.ts';
import { leavesOf } from '#lib/pipeline/segment/rules/compile.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { nextMonth } from './days.ts';
import { countOwn, countRule, listRule } from './own.sql.ts';
import type { OwnDay, OwnWindows, WindowFilter, WindowSegment } from './schema.ts';
import { pastOfSegments, type PastOfSegment } from './time-stability.ts';

/** Rules are asked one after the other, twice a day: more of them than this are not asked of past days. */
export const MOST_RULES = 20;

/** An own segment that is a rule. */
export type OwnRule = Extract<OwnSegment, { kind: 'rule' }>;

/** The own rules that past days are asked of: those that can be asked of today, at most `MOST_RULES`, in the order of the recipe. */
export function rulesToAsk(
	params: Pick<OwnParams, 'segments'>,
	result: Pick<OwnResult, 'segments'>
): OwnRule[] {
	return askedSegments(params, result)
		.filter((segment) => segment.kind === 'rule')
		.slice(0, MOST_RULES);
}

/** Names a condition of a rule as a cause: `leavesOf` gives conditions by this place. */
export function causeOf({ id }: Pick<OwnRule, 'id'>, place: number): string {
	return `${id}:${place}`;
}

/** The place of the condition that a cause names. */
export function placeOf(cause: string): number {
	return Number(cause.slice(cause.indexOf(':') + 1));
}

/**
 * Asks own rules of past days, as they were known at the start of each, and compares with who is in them today: who stayed,
 * left and came in among the customers of both days, which conditions moved them, and what people of a day did in the month from
 * it on. Told day by day; gives way to others in between.
 *
 * @param rules as `rulesToAsk` gives them
 * @param days none after the as-of day
 */
export async function compareOwnDays(
	engine: Engine,
	request: PastRules,
	rules: readonly OwnRule[],
	days: readonly Day[],
	signal: AbortSignal,
	onDay: (found: OwnWindows) => void = () => undefined
): Promise<OwnWindows> {
	const { asOf, customers } = request.facts.features;
	const counts = await engine.rows<{ segment: string; customers: number }>(countOwn(), signal);
	const countOf = new Map(counts.map((each) => [each.segment, each.customers]));
	const now = {
		customers,
		segments: rules.map(({ id }) => ({ customers: countOf.get(id) ?? 0, typical: [] }))
	};
	return inSlot(engine, 'window', async () => {
		const found: OwnDay[] = [];
		const soFar = (): OwnWindows => ({
			asOf,
			now,
			rules: rules.map(({ id }) => ownRef(id)),
			days: found.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
			features: []
		});
		for (const day of days) {
			found.push(await readDay(engine, request, rules, day, signal));
			onDay(soFar());
			await pause();
			signal.throwIfAborted();
		}
		return soFar();
	});
}

/** The ids of those who stayed in a rule, left it or came in since a day, in the order of the day. */
export async function ownWindowPeople(
	engine: Engine,
	request: PastRules,
	rule: OwnRule,
	day: Day,
	{ side, cause }: Pick<WindowFilter, 'side' | 'cause'>,
	signal: AbortSignal
): Promise<readonly string[]> {
	return inSlot(engine, 'window', async () => {
		const made = await makeDay(engine, request, { day, rules: [rule.rule], refs: [] }, 'window', signal);
		if (made === null) return [];
		const both = { rule: rule.rule, then: made.scope, now: scopeOfNow(request) };
		const place = cause === undefined ? null : placeOf(cause);
		const ids = await engine.columns(listRule(both, side, place), signal);
		return ids.get('customerId') as readonly string[];
	});
}

function scopeOfNow({ facts, clustering }: PastRules): RuleScope {
	return scopeOfToday({ ...facts, clustering });
}

async function readDay(
	engine: Engine,
	request: PastRules,
	rules: readonly OwnRule[],
	day: Day,
	signal: AbortSignal
): Promise<OwnDay> {
	const asked = { day, rules: rules.map(({ rule }) => rule), refs: [] };
	const made = await makeDay(engine, request, asked, 'window', signal);
	const parts: OwnPart[] = [];
	for (const rule of rules) {
		parts.push(made === null ? NOBODY_YET : await readRule(engine, request, made, rule, day, signal));
		await pause();
		signal.throwIfAborted();
	}
	return {
		day,
		customers: made?.everyone ?? 0,
		segments: parts.map(({ segment }) => segment),
		problems: parts.map(({ problem }) => problem)
	};
}

/** A rule on a day: null where it cannot be asked of it, which `problem` explains. */
interface OwnPart {
	readonly segment: WindowSegment | null;
	readonly problem: string | null;
}

const NOBODY_YET: OwnPart = { segment: null, problem: 'Nobody had ordered before that day.' };

/** A row of `countRule`: numbers by names such as `left0`. */
type Count = Readonly<Record<string, number>>;

async function readRule(
	engine: Engine,
	request: PastRules,
	{ scope }: MadeDay,
	own: OwnRule,
	day: Day,
	signal: AbortSignal
): Promise<OwnPart> {
	const { rule } = own;
	const problem = await problemOf(engine, rule, scope, signal);
	if (problem !== null) return { segment: null, problem };
	const both = { rule, then: scope, now: scopeOfNow(request) };
	const until = nextMonth(day) <= request.facts.features.asOf ? nextMonth(day) : null;
	const conditions = leavesOf(rule).length;
	const [row = {}] = await engine.rows<Count>(countRule(both, conditions, day, until), signal);
	const count = (name: string): number => row[name] ?? 0;
	const [customers, now, stayed] = [count('customers'), count('now'), count('stayed')];
	const either = customers + now - stayed;
	const causes = Array.from({ length: conditions }, (_, place) => {
		const [left, entered] = [count(`left${place}`), count(`entered${place}`)];
		return { id: causeOf(own, place), customers: left + entered, left };
	});
	const spent = request.clean.hasAmount ? count('spent') : null;
	const segment = {
		...{ customers, now, stayed, jaccard: either === 0 ? null : stayed / either },
		...{ drift: [], distance: null, typical: [] },
		causes: causes.filter((cause) => cause.customers > 0).sort((a, b) => b.customers - a.customers),
		month: until === null ? null : { buyers: count('buyers'), spent }
	};
	return { segment, problem: null };
}

/** What earlier days say of a segment of the user's own, or why they say nothing. */
export interface PastOfOwn extends PastOfSegment {
	/** In words; null where they say something, or have not been asked. */
	readonly problem: string | null;
}

/**
 * What the latest days say of every segment that the user made, by its ref: for rules their overlap, for all others why they
 * cannot be asked of a past day.
 * @param windows null: the days have not been asked
 * @param saved names of the saved queries that are segments
 */
export function pastOfOwn(
	segments: readonly OwnSegment[],
	saved: readonly string[],
	windows: OwnWindows | null
): Map<SegmentRef, PastOfOwn> {
	const told = windows === null ? [] : pastOfSegments(windows.days, windows.rules.length);
	const none = { jaccard: null, distance: null, days: [], buyers: null };
	const past = (segment: OwnSegment): PastOfOwn => {
		if (segment.kind !== 'rule') return { ...none, problem: NO_RULE[segment.kind] };
		const place = windows?.rules.indexOf(ownRef(segment.id)) ?? -1;
		const found = told[place];
		if (windows === null) return { ...none, problem: null };
		if (found === undefined) return { ...none, problem: BEYOND_MOST };
		const problem =
			windows.days.findLast(({ problems }) => problems[place] !== null)?.problems[place] ?? null;
		return { ...found, problem: found.jaccard === null ? problem : null };
	};
	return new Map([
		...segments.map((segment) => [ownRef(segment.id), past(segment)] as const),
		...saved.map((name) => [`saved:${name}`, { ...none, problem: NO_RULE.saved }] as const)
	]);
}

/** Why segments that are no rules are not asked of past days. */
export const NO_RULE = {
	list: 'A list stays as it is, so earlier days tell nothing of it.',
	sql: 'SQL of your own can be asked of today’s tables alone.',
	saved: 'A saved query can be asked of today’s tables alone.'
} as const;

const BEYOND_MOST = `Of many rules only the first ${MOST_RULES} are asked of earlier days.`;
