import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { ContactRole } from '#lib/pipeline/clean/contacts.sql.ts';
import { knownName } from '#lib/pipeline/clean/known-name.sql.ts';
import { ownFilter } from './own-changes.sql.ts';
import type { Grouping, MovementFilter } from './schema.ts';

/** What the tables of a run have besides customers and RFM groups. */
export interface TablesHave {
	readonly hasAmount: boolean;
	readonly hasSegments: boolean;
	/** Ids of the RFM groups, in the order of their indices. */
	readonly groups: readonly string[];
}

/** What the names of accounts are looked up in first: the systems' own ids. */
const KIND_ORDER = ['id', 'email', 'phone', 'card', 'row'];

/** The customers with `from` <= idx < `to`, in the order of `idx`. `revenue` is NULL without amounts. */
export function readCustomers(has: TablesHave, from: number, to: number): Sql {
	return sql`
		SELECT customer_id::VARCHAR AS customer_id, orders::DOUBLE AS orders, revenue::DOUBLE AS revenue,
			group_index::INTEGER AS group_index, segment::INTEGER AS cluster
		FROM (${customersNow(has, null)}) WHERE idx >= ${from} AND idx < ${to} ORDER BY idx`;
}

/**
 * The customers of `features.customers`: idx, customer_id, orders, revenue, group_index, segment.
 * @param categories the category of each cluster; null keeps the cluster, and gives 0 without segments
 */
function customersNow(has: TablesHave, categories: readonly number[] | null): Sql {
	const { hasAmount, hasSegments } = has;
	const groups = has.groups.map((group, i) => sql`WHEN ${group} THEN ${i}`);
	const members = hasSegments ? sql`JOIN segment.members m ON m.idx = f.idx` : sql``;
	return sql`
		SELECT f.idx, f.customer_id, f.frequency AS orders,
			${hasAmount ? sql`f.monetary_total` : sql`NULL::DOUBLE`} AS revenue,
			CASE r.rfm_group ${join(groups, '\n')} END AS group_index,
			${hasSegments ? categorySql(categories) : sql`0`} AS segment
		FROM features.customers f JOIN segment.rfm r ON r.idx = f.idx ${members}`;
}

function categorySql(categories: readonly number[] | null): Sql {
	if (categories === null) return sql`m.cluster`;
	const cases = categories.map((category, cluster) => sql`WHEN ${cluster} THEN ${category}`);
	return sql`CASE m.cluster ${join(cases, '\n')} END`;
}

/** Adds the customers of `segment.before_part` to `segment.before`; the first part starts it. */
export function addPart(isFirst: boolean): Sql {
	const part = sql`
		SELECT before_idx, customer_id, orders, revenue, group_from::INTEGER AS group_from,
			segment_from::INTEGER AS segment_from
		FROM segment.before_part`;
	return isFirst
		? sql`CREATE OR REPLACE TABLE segment.before AS ${part}`
		: sql`INSERT INTO segment.before ${part}`;
}

/** One row: how many customers of before are not there by the same name. */
export function countUnmatched(): Sql {
	return sql`
		SELECT count(*)::INTEGER AS customers
		FROM segment.before ANTI JOIN features.customers USING (customer_id) ORDER BY customers`;
}

/**
 * `segment.before_people`: before_idx and person, the customer that each is now: of the same name, else whom the account
 * of that name belongs to. `byAccount` is needed only where somebody has no namesake. Names are looked for in accounts
 * with orders first, ids before emails.
 */
export function createBeforePeople(byAccount: boolean): Sql {
	const same = sql`
		SELECT b.before_idx, coalesce(f.customer_id, ${byAccount ? sql`a.person` : sql`NULL`}) AS person
		FROM segment.before b LEFT JOIN features.customers f ON f.customer_id = b.customer_id`;
	if (!byAccount) return sql`CREATE OR REPLACE TABLE segment.before_people AS ${same}`;
	const kinds = KIND_ORDER.map((kind, i) => sql`WHEN ${kind} THEN ${i}`);
	return sql`
		CREATE OR REPLACE TABLE segment.before_people AS
		WITH named AS (
			SELECT unnest([name, system || ':' || name]) AS called, account, kind, has_orders, customer_id AS person
			FROM clean.accounts WHERE customer_id IS NOT NULL
		), unmatched AS (
			SELECT customer_id AS called FROM segment.before ANTI JOIN features.customers USING (customer_id)
		), found AS (
			SELECT called, person FROM named SEMI JOIN unmatched USING (called)
			QUALIFY row_number() OVER (
				PARTITION BY called ORDER BY has_orders DESC, CASE kind ${join(kinds, '\n')} END, account
			) = 1
		)
		${same} LEFT JOIN found a ON f.customer_id IS NULL AND a.called = b.customer_id`;
}

/** What `segment.movement` is made by. */
export interface MovementPlan extends TablesHave {
	/** The category of each cluster of now. */
	readonly categories: readonly number[];
	/** False where one of the two imports has no amounts. */
	readonly comparesMoney: boolean;
	/** How many customers there were before. */
	readonly beforeCount: number;
}

/** `segment.movement`, without reasons. Needs `segment.before` and `segment.before_people`. */
export function createMovement(plan: MovementPlan): Sql {
	const { hasSegments, categories, comparesMoney, beforeCount } = plan;
	const segment = (value: Sql): Sql => (hasSegments ? value : sql`NULL::INTEGER`);
	const hasOtherMoney = sql`n.revenue::DECIMAL(18,4) IS DISTINCT FROM s.revenue`;
	const isOther = sql`n.orders <> s.orders OR (${comparesMoney} AND ${hasOtherMoney})`;
	return sql`
		CREATE OR REPLACE TABLE segment.movement AS
		WITH now AS (${customersNow(plan, categories)}),
		known AS (
			SELECT b.*, p.person, n.idx AS now_idx
			FROM segment.before b JOIN segment.before_people p ON p.before_idx = b.before_idx
			LEFT JOIN now n ON n.customer_id = p.person
		),
		same AS (
			SELECT now_idx, sum(orders) AS orders, sum(revenue::DECIMAL(18,4))::DECIMAL(18,4) AS revenue,
				coalesce(min(before_idx) FILTER (WHERE customer_id = person), min(before_idx)) AS main_idx
			FROM known WHERE now_idx IS NOT NULL GROUP BY now_idx
		)
		SELECT b.before_idx AS position, b.customer_id AS before_id, b.person AS customer_id,
			CASE WHEN b.now_idx IS NULL THEN 'gone' WHEN s.main_idx IS NULL THEN 'joined'
				WHEN n.orders > s.orders THEN 'returned' WHEN ${isOther} THEN 'corrected' ELSE 'unchanged' END AS fate,
			NULL::VARCHAR AS reason, b.group_from, n.group_index AS group_to,
			${segment(sql`b.segment_from`)} AS segment_from, ${segment(sql`n.segment`)} AS segment_to,
			b.orders AS orders_before, n.orders AS orders_now, b.revenue AS revenue_before, n.revenue AS revenue_now,
			CASE WHEN b.now_idx IS NULL THEN -b.orders WHEN s.main_idx IS NULL THEN 0 ELSE n.orders - s.orders END AS orders_added,
			CASE WHEN b.now_idx IS NULL THEN -b.revenue::DECIMAL(18,4) WHEN s.main_idx IS NULL THEN 0
				ELSE n.revenue::DECIMAL(18,4) - s.revenue END::DECIMAL(18,4) AS revenue_added
		FROM known b LEFT JOIN same s ON s.main_idx = b.before_idx LEFT JOIN now n ON n.idx = s.now_idx
		UNION ALL
		SELECT ${beforeCount} + n.idx, NULL, n.customer_id, 'new', NULL, NULL, n.group_index, NULL, ${segment(sql`n.segment`)},
			NULL, n.orders, NULL, n.revenue, n.orders, n.revenue::DECIMAL(18,4)
		FROM now n ANTI JOIN same s ON s.now_idx = n.idx
		ORDER BY position`;
}

/** Writes down why people are gone, by their rows in orders files. */
export function findReasons(): Sql {
	return sql`
		UPDATE segment.movement AS v SET reason = found.reason
		FROM (
			WITH lost AS (
				SELECT position, coalesce(customer_id, before_id) AS customer_id FROM segment.movement WHERE fate = 'gone'
			), counted AS (
				SELECT l.position, count(r."row") AS row_count, r.reason AS rule
				FROM lost l LEFT JOIN clean.rows r ON r.customer_id = l.customer_id GROUP BY l.position, r.reason
			)
			SELECT position, CASE WHEN row_count = 0 THEN 'vanished' ELSE coalesce(rule, 'after_as_of') END AS reason
			FROM counted
			QUALIFY row_number() OVER (
				PARTITION BY position ORDER BY rule IS NOT NULL, rule = 'superseded', row_count DESC, rule
			) = 1
		) found
		WHERE found.position = v.position`;
}

/** One row per fate that somebody has. */
export function countFates(): Sql {
	return sql`
		SELECT fate::VARCHAR AS fate, count(*)::INTEGER AS customers, sum(orders_added)::DOUBLE AS orders_added,
			sum(revenue_added)::DOUBLE AS revenue_added
		FROM segment.movement GROUP BY fate ORDER BY fate`;
}

/** One row per reason, the most frequent first. */
export function countReasons(): Sql {
	return sql`
		SELECT reason::VARCHAR AS reason, count(*)::INTEGER AS customers
		FROM segment.movement WHERE fate = 'gone' GROUP BY reason ORDER BY customers DESC, reason`;
}

/** One row per pair of categories that somebody went between; NULL is New and Gone. */
export function countCells(by: Grouping): Sql {
	const { from, to } = columnsOf(by);
	return sql`
		SELECT ${from}::INTEGER AS "from", ${to}::INTEGER AS "to", count(*)::INTEGER AS customers
		FROM segment.movement GROUP BY ${from}, ${to} ORDER BY "from" NULLS LAST, "to" NULLS LAST`;
}

/** The condition of a filter over `segment.movement AS v`. */
export function movementFilter(filter: MovementFilter): Sql {
	if (filter.kind === 'fate') return sql`v.fate = ${filter.fate}`;
	if (filter.kind === 'own') return ownFilter(filter);
	const { from, to } = columnsOf(filter.by);
	switch (filter.kind) {
		case 'moved':
			return sql`v.${from} IS DISTINCT FROM v.${to}`;
		case 'cell':
			return sql`v.${from} IS NOT DISTINCT FROM ${filter.from} AND v.${to} IS NOT DISTINCT FROM ${filter.to}`;
		case 'entered':
			return sql`v.${to} = ${filter.category} AND v.${from} IS DISTINCT FROM ${filter.category}`;
		case 'left':
			return sql`v.${from} = ${filter.category} AND v.${to} IS DISTINCT FROM ${filter.category}`;
		case 'stayed':
			return sql`v.${from} = ${filter.category} AND v.${to} = ${filter.category}`;
	}
}

/**
 * A page of the customers of a filter, those with the most money (without amounts: orders) first.
 * @param contacts the columns of `clean.contacts`; none where it is not there yet
 */
export function movementPage(
	filter: MovementFilter,
	contacts: readonly ContactRole[],
	offset: number,
	limit: number
): Sql {
	const known = sql`LEFT JOIN clean.contacts AS c ON c.customer_id = coalesce(v.customer_id, v.before_id)`;
	return sql`
		SELECT coalesce(v.customer_id, v.before_id)::VARCHAR AS customer_id, v.before_id::VARCHAR AS before_id,
			coalesce(${knownName('c', contacts)}, v.customer_id, v.before_id)::VARCHAR AS person,
			(${contacts.includes('email') ? sql`c.email` : sql`NULL`})::VARCHAR AS email,
			v.fate::VARCHAR AS fate, v.reason::VARCHAR AS reason,
			v.group_from::INTEGER AS group_from, v.group_to::INTEGER AS group_to,
			v.segment_from::INTEGER AS segment_from, v.segment_to::INTEGER AS segment_to,
			v.orders_before::DOUBLE AS orders_before, v.orders_now::DOUBLE AS orders_now,
			v.revenue_before::DOUBLE AS revenue_before, v.revenue_now::DOUBLE AS revenue_now
		FROM segment.movement AS v ${contacts.length > 0 ? known : sql``} WHERE ${movementFilter(filter)}
		ORDER BY coalesce(v.revenue_now, v.revenue_before, v.orders_now, v.orders_before) DESC, v.position
		LIMIT ${limit} OFFSET ${offset}`;
}

function columnsOf(by: Grouping): { from: Sql; to: Sql } {
	return { from: id(`${by}_from`), to: id(`${by}_to`) };
}
