import type { Day } from '#lib/core/days.ts';
import { AppError } from '#lib/core/errors.ts';
import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { day as dayLiteral, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { TABLES, type PastTables } from '../past/past.sql.ts';
import { groupPast, inSlot, type PastGroups, type PastRequest } from '../past/step.ts';
import { featuresOf, membersSql, segmentsOf } from '../rules/compile.ts';
import type { Rule, SegmentRef } from '../rules/schema.ts';
import type { RuleFeature, RuleScope, RuleSegment } from '../rules/scope.ts';
import type { ClusteringResult } from '../schema.ts';
import { inOrderOfUse, ringProblem } from './order.ts';
import type { OwnSegment } from './schema.ts';
import { ownRef, scopeOfToday, type RuleFacts } from './scope.ts';
import { problemOf } from './step.ts';

/** What is known today, and how days before are grouped. */
export interface PastRules {
	readonly facts: Omit<RuleFacts, 'clustering'>;
	readonly clean: PastRequest['clean'];
	/** The natural segments of today, whose scale and centres are used on every day; null: none. */
	readonly clustering:
		(NonNullable<PastRequest['clustering']> & Pick<ClusteringResult, 'clusterCount'>) | null;
	/** Lines of today's scores, to be used on every day; null: lines are found among the people of the day. */
	readonly cutPoints: PastRequest['cutPoints'];
}

/** Of whom a rule held on a day. */
export interface PastPeople {
	readonly day: Day;
	/** Who was a customer at all. */
	readonly everyone: number;
	/** In the order of customers of that day; nobody where there is a problem. */
	readonly customerIds: readonly string[];
	/** Why the rule cannot be asked of that day, in words; null when it can. */
	readonly problem: string | null;
}

/** How many people a segment had. */
export interface PastSize {
	/** Null where nobody knows, which `problem` explains. */
	readonly customers: number | null;
	readonly problem: string | null;
}

/** How many people each segment had on a day. */
export interface SizesOfDay {
	readonly day: Day;
	readonly everyone: number;
	/** In the order asked. */
	readonly sizes: readonly PastSize[];
}

const OF_TODAY = 'known of today alone';

/**
 * Of whom a rule held on a past day, with features, groups and segments as they were known then. A list has the same people on
 * any day, as far as they were customers; what a saved query or SQL of the user gives is not known, and the problem says so.
 * @param day not after the as-of day of the session
 */
export async function ruleAt(
	engine: Engine,
	request: PastRules,
	rule: Rule,
	day: Day,
	signal: AbortSignal
): Promise<PastPeople> {
	return inSlot(engine, 'trend', async () => {
		const made = await makeDay(engine, request, { rules: [rule], refs: [], day }, 'trend', signal);
		if (made === null) return { day, everyone: 0, customerIds: [], problem: null };
		const { scope, everyone } = made;
		const problem = await problemOf(engine, rule, scope, signal);
		if (problem !== null) return { day, everyone, customerIds: [], problem };
		const columns = await engine.columns(membersSql(rule, scope), signal);
		return { day, everyone, customerIds: columns.get('customerId') as readonly string[], problem };
	});
}

/**
 * How many people segments had on each of some days, as `ruleAt` finds them. Gives way to others after each day, and tells it
 * as soon as it is known. Rejects when aborted.
 * @param segments groups, natural segments of the clustering of `request`, and own segments
 * @param days none after the as-of day of the session
 */
export async function sizesOverTime(
	engine: Engine,
	request: PastRules,
	segments: readonly SegmentRef[],
	days: readonly Day[],
	signal: AbortSignal,
	onDay: (sizes: SizesOfDay) => void | Promise<void> = () => undefined
): Promise<SizesOfDay[]> {
	return inSlot(engine, 'trend', async () => {
		const found: SizesOfDay[] = [];
		for (const day of days) {
			const made = await makeDay(engine, request, { rules: [], refs: segments, day }, 'trend', signal);
			const sizes =
				made === null
					? segments.map(() => ({ customers: 0, problem: null }))
					: await sizesOf(engine, segments, made.scope, signal);
			const sizesOfDay = { day, everyone: made?.everyone ?? 0, sizes };
			found.push(sizesOfDay);
			await onDay(sizesOfDay);
			await pause();
			signal.throwIfAborted();
		}
		return found;
	});
}

/** The tables that rules of past days may have for themselves. */
type RuleSlot = 'trend' | 'window';

/** What is asked of a day. */
interface Asked {
	readonly day: Day;
	readonly rules: readonly Rule[];
	readonly refs: readonly SegmentRef[];
}

/** A day whose tables are in the engine. */
export interface MadeDay {
	/** What rules of that day are asked of. */
	readonly scope: RuleScope;
	/** Who was a customer at all. */
	readonly everyone: number;
}

/**
 * Makes the tables of a day, with the people of the own segments that `refs` and `rules` name; null when nobody had ordered before it.
 * To be called within `inSlot`.
 */
export async function makeDay(
	engine: Engine,
	request: PastRules,
	{ day, rules, refs }: Asked,
	slot: RuleSlot,
	signal: AbortSignal
): Promise<MadeDay | null> {
	const { facts } = request;
	const named = [...refs, ...rules.flatMap(segmentsOf)];
	const own = ownUsed(facts.params.own.segments, named);
	const all = [...rules, ...own.flatMap((segment) => (segment.kind === 'rule' ? [segment.rule] : []))];
	const needsClusters = [...named, ...all.flatMap(segmentsOf)].some((ref) => ref.startsWith('cluster:'));
	const groups = await groupsOf(
		engine,
		{
			day,
			params: facts.params.rfm,
			featureParams: facts.featureParams,
			asked: [...new Set(all.flatMap(featuresOf))],
			ownFeatures: facts.features.features.filter(({ isOwn }) => isOwn).map((feature) => feature.id),
			clean: request.clean,
			clustering: needsClusters ? request.clustering : null,
			cutPoints: request.cutPoints
		},
		slot,
		signal
	);
	if (groups === null) return null;
	const scope = scopeOfDay(request, day, groups, TABLES[slot]);
	return { scope: await askOwn(engine, own, scope, TABLES[slot], signal), everyone: groups.customers };
}

async function groupsOf(
	engine: Engine,
	request: PastRequest,
	slot: RuleSlot,
	signal: AbortSignal
): Promise<PastGroups | null> {
	try {
		return await groupPast(engine, request, slot, signal);
	} catch (error) {
		if (error instanceof AppError && error.code === 'features.no-customers') return null;
		throw error;
	}
}

/** The own segments that are named, and those that these name, each after what it names. */
function ownUsed(segments: readonly OwnSegment[], refs: readonly SegmentRef[]): readonly OwnSegment[] {
	const used = new Set<SegmentRef>();
	const add = (ref: SegmentRef): void => {
		if (used.has(ref)) return;
		used.add(ref);
		const segment = segments.find((each) => ownRef(each.id) === ref);
		if (segment?.kind === 'rule') segmentsOf(segment.rule).forEach(add);
	};
	refs.forEach(add);
	return inOrderOfUse(segments).filter((segment) => used.has(ownRef(segment.id)));
}

/** What rules of the day are asked of. The people of own rules come in as they are found. */
function scopeOfDay(
	{ facts, clustering }: PastRules,
	day: Day,
	groups: PastGroups,
	tables: PastTables
): RuleScope {
	const today = scopeOfToday({ ...facts, clustering });
	const made = new Map(groups.features.map((feature) => [feature.id, feature]));
	const isOwn = new Set(facts.features.features.filter((each) => each.isOwn).map((each) => each.id));
	const featureOf = (feature: RuleFeature): RuleFeature => {
		if (isOwn.has(feature.id)) {
			return { ...feature, table: null, needs: [`the numbers of its saved query, which are ${OF_TODAY}`] };
		}
		const found = made.get(feature.id);
		return {
			...feature,
			table: found?.available ? tables.features : null,
			needs: found?.needs ?? feature.needs
		};
	};
	const segments = [...today.segments.values()].map((segment) =>
		segmentOfDay(segment, groups, facts.params.own.segments, tables)
	);
	return {
		...today,
		asOf: dayLiteral(day),
		customers: tables.features,
		features: new Map([...today.features.values()].map((feature) => [feature.id, featureOf(feature)])),
		segments: new Map(segments.map((segment) => [segment.ref, segment]))
	};
}

function segmentOfDay(
	{ ref, name }: RuleSegment,
	{ segmentsLack }: PastGroups,
	own: readonly OwnSegment[],
	tables: PastTables
): RuleSegment {
	const known = (members: Sql): RuleSegment => ({ ref, name, members, problem: null });
	const unknown = (problem: string): RuleSegment => ({ ref, name, members: null, problem });
	const [kind, first = '', second = ''] = ref.split(':');
	switch (kind) {
		case 'group':
			return known(sql`SELECT idx FROM ${id(...tables.rfm)} WHERE rfm_group = ${first}`);
		case 'cluster':
			return segmentsLack.length === 0
				? known(sql`SELECT idx FROM ${id(...tables.members)} WHERE cluster = ${Number(second)}`)
				: unknown(`${name} cannot be told on that day, which lacks ${segmentsLack.join(' and ')}.`);
		case 'own':
			return ownOfDay(
				own.find((segment) => segment.id === first),
				tables,
				known,
				unknown
			);
		default:
			return unknown(`${name} is a saved query, whose people are ${OF_TODAY}.`);
	}
}

function ownOfDay(
	segment: OwnSegment | undefined,
	tables: PastTables,
	known: (members: Sql) => RuleSegment,
	unknown: (problem: string) => RuleSegment
): RuleSegment {
	if (!segment) return unknown('The segment is not there any more.');
	if (segment.kind === 'sql')
		return unknown(`${segment.name} is SQL of your own, whose people are ${OF_TODAY}.`);
	if (segment.kind === 'rule')
		return known(sql`SELECT idx FROM ${id(...tables.own)} WHERE segment = ${segment.id}`);
	return known(sql`
		SELECT t.idx FROM ${id(...tables.features)} t JOIN features.customers c USING (customer_id)
		JOIN segment.own o ON o.idx = c.idx WHERE o.segment = ${segment.id}`);
}

/** Asks own rules one after the other; those that cannot be asked are not known to the ones after them either. */
async function askOwn(
	engine: Engine,
	own: readonly OwnSegment[],
	scope: RuleScope,
	tables: PastTables,
	signal: AbortSignal
): Promise<RuleScope> {
	const table = await engine.place('memory', ...tables.own);
	await engine.exec(sql`CREATE TABLE ${table} (segment VARCHAR, idx INTEGER)`, signal);
	const segments = new Map(scope.segments);
	const known = { ...scope, segments };
	for (const segment of own) {
		if (segment.kind !== 'rule') continue;
		const problem = ringProblem(segment, own) ?? (await problemOf(engine, segment.rule, known, signal));
		const ref = ownRef(segment.id);
		if (problem !== null) segments.set(ref, { ref, name: segment.name, members: null, problem });
		else {
			const people = membersSql(segment.rule, known);
			await engine.exec(sql`INSERT INTO ${table} SELECT ${segment.id}, idx FROM (${people})`, signal);
		}
	}
	return known;
}

async function sizesOf(
	engine: Engine,
	refs: readonly SegmentRef[],
	{ segments }: RuleScope,
	signal: AbortSignal
): Promise<PastSize[]> {
	const counts = refs.flatMap((ref, place) => {
		const members = segments.get(ref)?.members;
		return members ? [sql`SELECT ${place} AS place, count(DISTINCT idx) AS customers FROM (${members})`] : [];
	});
	const rows =
		counts.length === 0
			? []
			: await engine.rows<{ place: number; customers: number }>(
					sql`
						SELECT place::INTEGER AS place, customers::INTEGER AS customers
						FROM (${join(counts, ' UNION ALL ')}) ORDER BY place`,
					signal
				);
	const byPlace = new Map(rows.map(({ place, customers }) => [place, customers]));
	return refs.map((ref, place) => {
		const customers = byPlace.get(place) ?? null;
		if (customers !== null) return { customers, problem: null };
		return { customers, problem: segments.get(ref)?.problem ?? 'The segment is not there any more.' };
	});
}
