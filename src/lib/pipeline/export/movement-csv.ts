import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Changes, Grouping, MovementFilter } from '#lib/pipeline/segment/changes/schema.ts';
import { groupIds, movementFilter } from '#lib/pipeline/segment/changes/step.ts';
import { contactColumns, selectList, type Audience, type AudienceColumn } from './audience.ts';
import { renderCsv, safeFileName, type CsvBatch } from './csv.ts';
import type { ReadContext } from './read-audience.ts';

/** Rows of `segment.movement` per query. */
const BATCH_ROWS = 20_000;

/** What stands for a category where a customer was not there before, and where they are not there now. */
const NOT_YET = 'Newcomer';
const NO_MORE = 'Gone';
const JOINED = 'Joined';

/**
 * The columns of a list of customers who moved: `customer_id` (as it is now; of people who are gone, as it was), the
 * contacts that the files have, `from` and `to`: ids of RFM groups or names of segments, else Newcomer, Gone or Joined.
 */
export function movementColumns(audience: Audience, changes: Changes, by: Grouping): AudienceColumn[] {
	const categories = categoriesOf(changes, by);
	return [
		{
			name: 'customer_id',
			kind: 'id',
			expression: sql`CAST(coalesce(v.customer_id, v.before_id) AS VARCHAR)`
		},
		...contactColumns(audience),
		{ name: 'from', kind: 'text', expression: nameSql(id('v', `${by}_from`), categories, sql`${NOT_YET}`) },
		{ name: 'to', kind: 'text', expression: nameSql(id('v', `${by}_to`), categories, leftSql()) }
	];
}

/** The customers of a filter of the last comparison as CSV text, in the order of their ids before, then the new ones. */
export function renderMovementCsv(
	context: ReadContext,
	audience: Audience,
	changes: Changes,
	filter: MovementFilter
): AsyncIterable<string> {
	const columns = movementColumns(audience, changes, groupingOf(filter));
	const batches = movementBatches(context, audience, changes, columns, movementFilter(filter));
	return renderCsv(columns, batches, { signal: context.signal });
}

/** A file name that says who is in it, such as `champion-to-loyal.csv` or `entered-Regulars.csv`. */
export function movementFileName(changes: Changes, filter: MovementFilter): string {
	if (filter.kind === 'fate') return `${filter.fate}-customers.csv`;
	if (filter.kind === 'moved') return 'moved.csv';
	if (filter.kind === 'own') {
		const name = changes.own.find(({ id: segment }) => segment === filter.segment)?.name ?? 'segment';
		return `${safeFileName(`${filter.side}-${filter.segment}-${name}`)}.csv`;
	}
	const categories = categoriesOf(changes, filter.by);
	if (filter.kind !== 'cell')
		return `${safeFileName(`${filter.kind}-${categories[filter.category] ?? 'segment'}`)}.csv`;
	const nameOf = (category: number | null, none: string) => (category === null ? none : categories[category]);
	return `${safeFileName(`${nameOf(filter.from, NOT_YET)}-to-${nameOf(filter.to, NO_MORE)}`)}.csv`;
}

/** What the people of a filter are shown to have moved between. */
function groupingOf(filter: MovementFilter): Grouping {
	return 'by' in filter ? filter.by : 'group';
}

/** What customers move between; the groups of now where those of before are others. */
function categoriesOf({ groups, segments, now }: Changes, by: Grouping): readonly string[] {
	return (by === 'segment' ? segments : groups)?.categories ?? groupIds(now);
}

async function* movementBatches(
	{ engine, signal }: ReadContext,
	{ contactRoles }: Audience,
	{ before, now }: Changes,
	columns: readonly AudienceColumn[],
	condition: Sql
): AsyncGenerator<CsvBatch> {
	const contacts =
		contactRoles.length > 0
			? sql`LEFT JOIN clean.contacts AS c ON c.customer_id = coalesce(v.customer_id, v.before_id)`
			: sql``;
	const values = selectList(columns.map((column, i) => ({ ...column, name: `v${i}` })));
	// Positions of before, then of now: those of who stayed are left out.
	const end = before.customers + now.customers;
	for (let from = 0; from < end; from += BATCH_ROWS) {
		const range = sql`v.position >= ${from} AND v.position < ${from + BATCH_ROWS}`;
		const batch = await engine.columns(
			sql`SELECT ${values} FROM segment.movement AS v ${contacts} WHERE ${range} AND ${condition} ORDER BY v.position`,
			signal
		);
		const read = columns.map((_, i) => batch.get(`v${i}`) ?? []);
		yield { rowCount: read[0]?.length ?? 0, columns: read };
	}
}

function nameSql(column: Sql, categories: readonly string[], none: Sql): Sql {
	const cases = categories.map((name, category) => sql`WHEN ${category} THEN ${name}`);
	return sql`CAST(CASE WHEN ${column} IS NULL THEN ${none} ELSE CASE ${column} ${join(cases, '\n')} END END AS VARCHAR)`;
}

function leftSql(): Sql {
	return sql`CASE v.fate WHEN 'joined' THEN ${JOINED} ELSE ${NO_MORE} END`;
}
