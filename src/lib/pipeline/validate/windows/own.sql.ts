import type { Day } from '#lib/core/days.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { leavesSql } from '#lib/pipeline/segment/rules/compile.ts';
import type { Condition, Rule } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { groupSql } from '#lib/pipeline/segment/rules/test.sql.ts';
import type { WindowFilter } from './schema.ts';
import { deedsSql } from './windows.sql.ts';

/** A rule, and what it is asked of: the customers of a past day, and those of today. */
export interface RuleOnBothDays {
	readonly rule: Rule;
	readonly then: RuleScope;
	readonly now: RuleScope;
}

const LEFT = sql`was AND NOT is_now`;
const ENTERED = sql`is_now AND NOT was`;
const SIDES: Readonly<Record<WindowFilter['side'], Sql>> = {
	stayed: sql`was AND is_now`,
	left: LEFT,
	entered: ENTERED
};

/**
 * One row: of the customers of both days, how many the rule held of that day (`customers`), holds of today (`now`) and both
 * (`stayed`); for each of its conditions, of how many who left and who came in it moved (`left_0`, `entered_0`, …); and what those
 * of that day did until before another: `buyers` and what they `spent`.
 * @param until null: nobody knows yet what they did
 */
export function countRule(both: RuleOnBothDays, conditions: number, from: Day, until: Day | null): Sql {
	const moved = Array.from({ length: conditions }, (_, place) => [
		as(sql`count_if(${LEFT} AND ${movedBy(place)})::INTEGER`, `left_${place}`),
		as(sql`count_if(${ENTERED} AND ${movedBy(place)})::INTEGER`, `entered_${place}`)
	]);
	const deeds =
		until === null
			? [sql`0::INTEGER AS buyers`, sql`0::DOUBLE AS spent`]
			: [
					sql`count_if(was AND coalesce(bought, FALSE))::INTEGER AS buyers`,
					sql`coalesce(sum(spent) FILTER (WHERE was), 0)::DOUBLE AS spent`
				];
	const columns = [
		sql`count_if(was)::INTEGER AS customers`,
		sql`count_if(is_now)::INTEGER AS now`,
		sql`count_if(${SIDES.stayed})::INTEGER AS stayed`,
		...moved.flat(),
		...deeds
	];
	const joined = until === null ? sql`` : sql` LEFT JOIN (${deedsSql(from, until)}) USING (customer_id)`;
	return sql`SELECT ${join(columns, ', ')} FROM (${peopleSql(both)})${joined} ORDER BY customers`;
}

/** The ids of those on one side of a rule, in the order of the day; only those whom a condition of it moved, where one is given. */
export function listRule(both: RuleOnBothDays, side: WindowFilter['side'], condition: number | null): Sql {
	const moved = condition === null ? sql`` : sql` AND ${movedBy(condition)}`;
	return sql`
		SELECT customer_id::VARCHAR AS customer_id FROM (${peopleSql(both)})
		WHERE ${SIDES[side]}${moved} ORDER BY idx`;
}

/** One row per own segment that has people: how many of them are there today. */
export function countOwn(): Sql {
	return sql`
		SELECT segment::VARCHAR AS segment, count(*)::INTEGER AS customers FROM segment.own
		GROUP BY segment ORDER BY segment`;
}

function movedBy(place: number): Sql {
	return id(`moved_${place}`);
}

/**
 * One row per customer of both days: `idx` of that day, `customer_id`, whether the rule held (`was`) and holds (`is_now`), and
 * for each condition whether it moved whoever left or came in: `moved_0`, …
 */
function peopleSql({ rule, then, now }: RuleOnBothDays): Sql {
	const { was, isNow, moved } = onBothDays(rule, 0);
	const columns = [
		sql`t.idx`,
		sql`t.customer_id`,
		as(was, 'was'),
		as(isNow, 'is_now'),
		...moved.map((each, place) => as(each, `moved_${place}`))
	];
	return sql`
		SELECT ${join(columns, ', ')}
		FROM (${leavesSql(rule, then)}) t JOIN (${leavesSql(rule, now)}) n ON n.customer_id = t.customer_id`;
}

/** Whether a condition held and holds, and for each condition in it that is no bracket, whether it moved who left or came. */
interface OnBothDays {
	readonly was: Sql;
	readonly isNow: Sql;
	readonly moved: readonly Sql[];
}

/**
 * A condition moved somebody when it says today what it did not say then, and so does every bracket around it: one that still
 * holds by another of its conditions moved nobody.
 * @param first the place of its first condition that is no bracket among those of the rule
 */
function onBothDays(condition: Condition, first: number): OnBothDays {
	if (condition.kind !== 'group') {
		const [was, isNow] = [id('t', `c${first}`), id('n', `c${first}`)];
		return { was, isNow, moved: [changed({ was, isNow })] };
	}
	let place = first;
	const parts = condition.conditions.map((each) => {
		const part = onBothDays(each, place);
		place += part.moved.length;
		const isBracket = each.kind === 'group';
		return isBracket ? { ...part, moved: part.moved.map((one) => sql`${changed(part)} AND ${one}`) } : part;
	});
	return {
		was: groupSql(
			condition.match,
			parts.map((part) => part.was)
		),
		isNow: groupSql(
			condition.match,
			parts.map((part) => part.isNow)
		),
		moved: parts.flatMap((part) => part.moved)
	};
}

function changed({ was, isNow }: Pick<OnBothDays, 'was' | 'isNow'>): Sql {
	return sql`(${was}) <> (${isNow})`;
}
