import { addDays, type Day } from '#lib/core/days.ts';
import { as, day, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureTableName } from '#lib/pipeline/features/step.ts';
import type { Grouping, MovementCellFilter } from '../changes/schema.ts';
import { HORIZONS, type Horizon, type PastFilter, type Slot } from './schema.ts';

/** The tables of a day: schema and name. */
export interface PastTables {
	readonly features: FeatureTableName;
	readonly rfm: FeatureTableName;
	readonly members: FeatureTableName;
	/** The people of own rules: segment VARCHAR (its id), idx INTEGER. */
	readonly own: FeatureTableName;
}

export const TABLES: Readonly<Record<Slot, PastTables>> = {
	from: {
		features: ['features', 'past'],
		rfm: ['segment', 'past_rfm'],
		members: ['segment', 'past_members'],
		own: ['segment', 'past_own']
	},
	to: {
		features: ['features', 'past_to'],
		rfm: ['segment', 'past_rfm_to'],
		members: ['segment', 'past_members_to'],
		own: ['segment', 'past_own_to']
	},
	trend: {
		features: ['features', 'trend'],
		rfm: ['segment', 'trend_rfm'],
		members: ['segment', 'trend_members'],
		own: ['segment', 'trend_own']
	},
	window: {
		features: ['features', 'window'],
		rfm: ['segment', 'window_rfm'],
		members: ['segment', 'window_members'],
		own: ['segment', 'window_own']
	},
	now: {
		features: ['features', 'customers'],
		rfm: ['segment', 'rfm'],
		members: ['segment', 'members'],
		own: ['segment', 'own']
	}
};

const LONGEST = Math.max(...HORIZONS);

/**
 * `segment.past_outcomes`: what the people of `features.past` did from the day on. An order at the start of the day
 * counts, one at the start of the day after the horizon does not.
 */
export function createOutcomes(from: Day, hasSends: boolean): Sql {
	const end = (horizon: Horizon): Sql => day(addDays(from, horizon));
	const spent = HORIZONS.map((horizon) =>
		as(sql`sum(amount) FILTER (WHERE ordered_at < ${end(horizon)})`, `spent_${horizon}`)
	);
	const columns = HORIZONS.flatMap((horizon) => [
		as(sql`coalesce(next_order < ${end(horizon)}, FALSE)`, `bought_${horizon}`),
		as(sql`coalesce(${id(`spent_${horizon}`)}, 0)::DECIMAL(18,4)`, `spent_${horizon}`),
		as(hasSends ? sql`coalesce(next_send < ${end(horizon)}, FALSE)` : sql`FALSE`, `messaged_${horizon}`)
	]);
	const sends = sql`LEFT JOIN (
			SELECT customer_id, min(sent_at) AS next_send FROM clean.sends
			WHERE sent_at >= ${day(from)} AND sent_at < ${day(addDays(from, LONGEST))} GROUP BY customer_id
		) USING (customer_id)`;
	return sql`
		CREATE OR REPLACE TABLE segment.past_outcomes AS
		WITH after AS (
			SELECT customer_id, min(ordered_at) FILTER (WHERE NOT is_return) AS next_order, ${join(spent, ', ')}
			FROM clean.orders
			WHERE ordered_at >= ${day(from)} AND ordered_at < ${day(addDays(from, LONGEST))}
			GROUP BY customer_id
		)
		SELECT idx, ${join(columns, ', ')}
		FROM features.past LEFT JOIN after USING (customer_id) ${hasSends ? sends : sql``}
		ORDER BY idx`;
}

/** What outcomes are counted by. */
export type CountedBy = 'everyone' | 'group' | 'segment' | 'cell';

/**
 * One row per category that has people: `category` (a group, or a cluster) or `r` and `f`, the number of customers, and
 * for each horizon buyers, money, its deviation (NULL below two people), and who got a message.
 * @param frequency the score that is the second of a cell
 */
export function countOutcomes(by: CountedBy, frequency: 'f' | 'fm'): Sql {
	const keys = keysOf(by, frequency);
	const counts = HORIZONS.flatMap((horizon) => [
		as(sql`count_if(${id(`bought_${horizon}`)})::INTEGER`, `buyers_${horizon}`),
		as(sql`sum(${id(`spent_${horizon}`)})::DOUBLE`, `spent_${horizon}`),
		as(sql`stddev_samp(${id(`spent_${horizon}`)}::DOUBLE)::DOUBLE`, `deviation_${horizon}`),
		as(sql`count_if(${id(`messaged_${horizon}`)})::INTEGER`, `messaged_${horizon}`)
	]);
	const columns = [
		...keys.map(({ value, name }) => as(value, name)),
		sql`count(*)::INTEGER AS customers`,
		...counts
	];
	const names = keys.map(({ name }) => id(name));
	const grouped = keys.length === 0 ? sql`` : sql`GROUP BY ${join(names, ', ')}`;
	const members = by === 'segment' ? sql`JOIN segment.past_members m USING (idx)` : sql``;
	return sql`
		SELECT ${join(columns, ', ')}
		FROM segment.past_outcomes JOIN segment.past_rfm USING (idx) ${members}
		${grouped} ORDER BY ${keys.length === 0 ? sql`customers` : join(names, ', ')}`;
}

function keysOf(by: CountedBy, frequency: 'f' | 'fm'): { readonly value: Sql; readonly name: string }[] {
	switch (by) {
		case 'everyone':
			return [];
		case 'group':
			return [{ value: sql`rfm_group::VARCHAR`, name: 'category' }];
		case 'segment':
			return [{ value: sql`m.cluster::VARCHAR`, name: 'category' }];
		case 'cell':
			return [
				{ value: sql`r_score::INTEGER`, name: 'r' },
				{ value: sql`${id(`${frequency}_score`)}::INTEGER`, name: 'f' }
			];
	}
}

/** The people of a day with their group, or their cluster, as `category`. */
function peopleOf(slot: Slot, by: Grouping): Sql {
	const { features, rfm, members } = TABLES[slot];
	return by === 'group'
		? sql`SELECT idx, customer_id, rfm_group AS category FROM ${id(...features)} JOIN ${id(...rfm)} USING (idx)`
		: sql`SELECT idx, customer_id, cluster AS category FROM ${id(...features)} JOIN ${id(...members)} USING (idx)`;
}

/** One row per route that somebody took between `from` and a later day: `source` is NULL for who was no customer yet. */
export function countMoves(slot: 'to' | 'now', by: Grouping): Sql {
	return sql`
		SELECT a.category::VARCHAR AS source, b.category::VARCHAR AS target, count(*)::INTEGER AS customers
		FROM (${peopleOf(slot, by)}) b LEFT JOIN (${peopleOf('from', by)}) a USING (customer_id)
		GROUP BY ALL ORDER BY source, target`;
}

/** The ids of who took a route, in the order of the later day. */
export function listMoved(
	slot: 'to' | 'now',
	{ by, from, to }: MovementCellFilter,
	categories: readonly string[]
): Sql {
	const categoryOf = (index: number | null): string => categories[index ?? -1] ?? '';
	const source = from === null ? sql`a.category IS NULL` : sql`a.category::VARCHAR = ${categoryOf(from)}`;
	return sql`
		SELECT b.customer_id::VARCHAR AS customer_id
		FROM (${peopleOf(slot, by)}) b LEFT JOIN (${peopleOf('from', by)}) a USING (customer_id)
		WHERE ${source} AND b.category::VARCHAR = ${categoryOf(to)} ORDER BY b.idx`;
}

/** The ids of people of the day that was gone back to, in its order. */
export function listPeople(filter: PastFilter, frequency: 'f' | 'fm'): Sql {
	const condition = conditionOf(filter, frequency);
	const members = filter.kind === 'segment' ? sql`JOIN segment.past_members USING (idx)` : sql``;
	return sql`
		SELECT customer_id::VARCHAR AS customer_id
		FROM features.past JOIN segment.past_rfm USING (idx) ${members} WHERE ${condition} ORDER BY idx`;
}

function conditionOf(filter: PastFilter, frequency: 'f' | 'fm'): Sql {
	switch (filter.kind) {
		case 'everyone':
			return sql`TRUE`;
		case 'group':
			return sql`rfm_group = ${filter.group}`;
		case 'segment':
			return sql`cluster = ${filter.cluster}`;
		case 'cell':
			return sql`r_score = ${filter.r} AND ${id(`${frequency}_score`)} = ${filter.f}`;
	}
}

/** One row: how many customers there are in the table of a day. */
export function countPeople(slot: Slot): Sql {
	return sql`SELECT count(*)::INTEGER AS customers FROM ${id(...TABLES[slot].features)} ORDER BY customers`;
}

/** Orders per month, those without any left out. One row per month. */
export function monthlyOrders(): Sql {
	return sql`
		SELECT strftime(date_trunc('month', ordered_at), '%Y-%m-%d')::VARCHAR AS month, count(*)::INTEGER AS orders
		FROM clean.orders WHERE NOT is_return AND customer_id IS NOT NULL GROUP BY ALL ORDER BY month`;
}
