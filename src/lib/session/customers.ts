import { id, join, sql } from '#lib/engine/sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { QueryResult, SavedQuery } from '#lib/pipeline/queries/schema.ts';
import type { OwnSegmentResult } from '#lib/pipeline/segment/own/schema.ts';
import type { RfmGroup, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { filterTest, within, type Axis, type Filter } from './filters.ts';

export type { Axis };

/**
 * What the charts need of every customer, aligned by `idx`: row i of each array is customer i of `features.customers`.
 * Ids and contact data stay in the engine.
 */
export interface CustomerArrays {
	readonly count: number;
	/** One array per available feature, by feature id. */
	readonly features: ReadonlyMap<string, Float64Array>;
	readonly rScore: Int32Array;
	readonly fScore: Int32Array;
	readonly mScore: Int32Array;
	/** The mean of the last two; 0 without amounts. */
	readonly fmScore: Int32Array;
	/** The scores that the grid shows beside recency: `fmScore` where the scheme tells groups by it, else `fScore`. */
	readonly gridScore: Int32Array;
	/** Ids of the groups, in the order of the table in use. */
	readonly groupIds: readonly RfmGroup[];
	/** Index into `groupIds`. */
	readonly group: Int32Array;
}

/** Ids of the features that the charts have of every customer: numbers that everyone has. */
export function shownFeatures(described: Pick<FeatureResult, 'features'> | null): string[] {
	return (described?.features ?? [])
		.filter(({ available, complete, kind }) => available && complete && kind === 'number')
		.map(({ id }) => id);
}

/** Reads the arrays from the tables of the features and RFM stages. */
export async function readCustomerArrays(
	engine: Engine,
	featureIds: readonly string[],
	{ axes, table }: Pick<RfmResult, 'axes' | 'table'>,
	signal: AbortSignal
): Promise<CustomerArrays> {
	const groupIds = table.map((group) => group.id);
	const groups = join(
		groupIds.map((group, i) => sql`WHEN ${group} THEN ${i}`),
		'\n'
	);
	const columns = await engine.columns(
		sql`
			SELECT ${join(
				featureIds.map((feature) => sql`f.${id(feature)}::DOUBLE AS ${id(feature)}`),
				', '
			)},
			       s.r_score::INTEGER AS r_score,
			       s.f_score::INTEGER AS f_score,
			       s.m_score::INTEGER AS m_score,
			       s.fm_score::INTEGER AS fm_score,
			       (CASE s.rfm_group ${groups} END)::INTEGER AS rfm_group
			FROM features.customers f
			JOIN segment.rfm s ON s.idx = f.idx
			ORDER BY f.idx`,
		signal
	);
	const values = [...columns.values()];
	const features = new Map(featureIds.map((feature, i) => [feature, values[i] as Float64Array]));
	const [rScore, fScore, mScore, fmScore, group] = values.slice(featureIds.length) as Int32Array[];
	if (!rScore || !fScore || !mScore || !fmScore || !group) throw new Error('the score columns are missing');
	const gridScore = axes.includes('fm') ? fmScore : fScore;
	return { count: group.length, features, rScore, fScore, mScore, fmScore, gridScore, groupIds, group };
}

/** The customers of each saved segment, by the name of its query: their `idx`, ascending. */
export type SavedLists = ReadonlyMap<string, Int32Array>;

/** Reads who is in the saved segments that gave a result. */
export async function readSavedLists(
	engine: Engine,
	queries: readonly SavedQuery[],
	results: readonly QueryResult[],
	signal: AbortSignal
): Promise<SavedLists> {
	const lists = new Map<string, Int32Array>();
	for (const { id: query, name, use } of queries) {
		if (use !== 'segment' || !results.some((each) => each.id === query && each.problem === null)) continue;
		const columns = await engine.columns(
			sql`
				SELECT f.idx::INTEGER AS idx FROM features.customers f
				WHERE f.customer_id IN (SELECT customer_id FROM ${id('saved', name)}) ORDER BY f.idx`,
			signal
		);
		lists.set(name, columns.get('idx') as Int32Array);
	}
	return lists;
}

/** Reads who is in the own segments that could be asked. */
export async function readOwnLists(
	engine: Engine,
	results: readonly OwnSegmentResult[],
	signal: AbortSignal
): Promise<SavedLists> {
	const lists = new Map<string, Int32Array>();
	for (const { id: segment, problem } of results) {
		if (problem !== null) continue;
		const columns = await engine.columns(
			sql`SELECT idx::INTEGER AS idx FROM segment.own WHERE segment = ${segment} ORDER BY idx`,
			signal
		);
		lists.set(segment, columns.get('idx') as Int32Array);
	}
	return lists;
}

/** Which customers are picked, as data that survives a rerun. One selection in the whole app. */
export type Selection =
	| { readonly kind: 'cell'; readonly r: number; readonly f: number }
	| { readonly kind: 'group'; readonly group: RfmGroup }
	| { readonly kind: 'cluster'; readonly cluster: number }
	| { readonly kind: 'saved'; readonly name: string }
	/** The people of an own segment, by its id. */
	| { readonly kind: 'own'; readonly segment: string }
	| { readonly kind: 'brush'; readonly x: Axis; readonly y: Axis }
	/** Those whom all of these let through. */
	| { readonly kind: 'filtered'; readonly filters: readonly Filter[] }
	/** These people, such as those of a group on another day. */
	| { readonly kind: 'listed'; readonly title: string; readonly ids: readonly string[] };

/** Customers of a selection: 1 in `mask` where picked. */
export interface Picked {
	readonly mask: Uint8Array;
	readonly count: number;
	readonly revenue: number | null;
}

/**
 * Looks a selection up in the arrays. `columnOf` gives the values behind an axis; `listed`, who of a list of people is a
 * customer (see `rowsOfListed`).
 */
export function pick(
	selection: Selection,
	arrays: CustomerArrays,
	labels: Uint8Array | null,
	columnOf: (column: string) => ArrayLike<number> | undefined,
	lists: SavedLists = new Map(),
	listed: Int32Array = new Int32Array(0),
	own: SavedLists = new Map()
): Picked {
	const test = testOf(selection, arrays, labels, columnOf, { saved: lists, listed, own });
	const money = arrays.features.get('monetary_total');
	const mask = new Uint8Array(arrays.count);
	let count = 0;
	let revenue = 0;
	for (let i = 0; i < arrays.count; i += 1) {
		if (!test(i)) continue;
		mask[i] = 1;
		count += 1;
		revenue += money?.[i] ?? 0;
	}
	return { mask, count, revenue: money ? revenue : null };
}

function testOf(
	selection: Selection,
	arrays: CustomerArrays,
	labels: Uint8Array | null,
	columnOf: (column: string) => ArrayLike<number> | undefined,
	lists: { readonly saved: SavedLists; readonly listed: Int32Array; readonly own: SavedLists }
): (row: number) => boolean {
	switch (selection.kind) {
		case 'cell':
			return (i) => arrays.rScore[i] === selection.r && arrays.gridScore[i] === selection.f;
		case 'group': {
			const group = arrays.groupIds.indexOf(selection.group);
			return (i) => arrays.group[i] === group;
		}
		case 'cluster':
			return (i) => labels?.[i] === selection.cluster;
		case 'saved': {
			const members = new Set(lists.saved.get(selection.name));
			return (i) => members.has(i);
		}
		case 'listed': {
			const members = new Set(lists.listed);
			return (i) => members.has(i);
		}
		case 'own': {
			const members = new Set(lists.own.get(selection.segment));
			return (i) => members.has(i);
		}
		case 'brush': {
			const { x, y } = selection;
			const xs = columnOf(x.column);
			const ys = columnOf(y.column);
			if (!xs || !ys) return () => false;
			return (i) => within(xs[i] as number, x) && within(ys[i] as number, y);
		}
		case 'filtered': {
			const tests = selection.filters.map((filter) => filterTest(filter, { columnOf, labels }));
			return (i) => tests.every((test) => test(i));
		}
	}
}

/** The indices where the mask is 1, ascending. */
export function indicesOf(mask: Uint8Array): Int32Array {
	let count = 0;
	for (const bit of mask) count += bit;
	const out = new Int32Array(count);
	let at = 0;
	for (let i = 0; i < mask.length; i += 1) if (mask[i] === 1) out[at++] = i;
	return out;
}

/** True when two selections pick by the same rule. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
