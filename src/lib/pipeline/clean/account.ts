import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { fixedRoles, fixMatches } from './facts.ts';
import { recordDays } from './audit/days.sql.ts';
import { readIdentity } from './identity/summary.ts';
import { CANONICAL_KINDS } from './kinds/index.ts';
import { markOf } from './marks.ts';
import { exactDuplicate } from './operations/exact-duplicate.ts';
import { OPERATIONS, rules } from './operations/index.ts';
import { isOn, type Operation } from './operations/operation.ts';
import { setAsideByStep } from './operations/set-aside-by-step.ts';
import { superseded } from './operations/superseded.ts';
import type { CleanPlan } from './plan.ts';
import type { RepairResult } from './repairs/schema.ts';
import type { CleanResult, OperationResult, ReasonCount, SourceAccount } from './schema.ts';
import { moneyKind } from './source.ts';
import { operationSql } from './sql-script.ts';
import type { SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';

interface Tally {
	readonly source: string;
	readonly reason: string | null;
	readonly marks: number;
	readonly isReturn: boolean;
	readonly count: number;
}

/** First and last day of the records of a source. */
interface SourceDays {
	readonly source: string;
	readonly oldest: string;
	readonly newest: string;
}

interface Totals {
	readonly customers: number;
	readonly orders: number;
	readonly revenue: number | null;
	readonly firstOrder: string | null;
	readonly lastOrder: string | null;
}

/** Rows of a source in a canonical table, or in `clean.records` for one reason. */
interface SourceRows {
	readonly source: string;
	readonly name: string;
	readonly count: number;
}

/** The sources of a run: what they are, what was read of them, and the currency of their loaded rows. */
export interface AccountInput {
	readonly sources: readonly SourceParams[];
	readonly results: readonly SourceResult[];
	readonly repairs: readonly RepairResult[];
	readonly currency: string | null;
}

/** Counts what the plan did, so that every row read is accounted for. */
export async function readAccount(
	{ engine, signal }: Pick<StepContext, 'engine' | 'signal'>,
	plan: CleanPlan,
	{ sources, results, repairs, currency }: AccountInput
): Promise<CleanResult> {
	const counts: Counts = {
		tallies: await engine.rows<Tally>(tallyRows(), signal),
		tables: await engine.rows<SourceRows>(countTables(), signal),
		records: await engine.rows<SourceRows>(countRecords(), signal),
		days: await engine.rows<SourceDays>(recordDays(), signal),
		superseded: await engine.rows<SourceRows>(countSuperseded(), signal)
	};
	const [totals] = await engine.rows<Totals>(totalOrders(), signal);
	const accounts = sources.map((source) => accountOf(source, results, counts));
	const hasAmount = plan.orders.some(({ source }) => moneyKind(source) !== null);
	const rowsOf = (table: string) => sum(counts.tables, ({ name, count }) => (name === table ? count : 0));
	return {
		sources: accounts,
		rowsRead: sum(accounts, (account) => account.rowsRead),
		rowsLoaded: sum(accounts, (account) => account.rowsLoaded),
		rowsSetAside: sum(accounts, (account) => account.rowsSetAside),
		reasons: addReasons(accounts.flatMap(({ reasons }) => reasons)),
		operations: OPERATIONS.map((operation) => anyKindResult(operation, plan, counts)),
		repairs: [...repairs],
		tables: {
			profiles: rowsOf('profiles'),
			events: rowsOf('events'),
			sends: rowsOf('sends'),
			campaigns: rowsOf('campaigns'),
			answers: rowsOf('answers'),
			places: rowsOf('places')
		},
		identity: await readIdentity({ engine, signal }, plan.contexts),
		customers: totals?.customers ?? 0,
		orders: totals?.orders ?? 0,
		revenue: hasAmount ? (totals?.revenue ?? 0) : null,
		hasAmount,
		firstOrder: totals?.firstOrder ?? null,
		lastOrder: totals?.lastOrder ?? null,
		currencies: currencyNames(plan, currency),
		contactRoles: [...plan.contacts]
	};
}

/** What was counted in the tables. */
interface Counts {
	readonly tallies: readonly Tally[];
	readonly tables: readonly SourceRows[];
	readonly records: readonly SourceRows[];
	readonly superseded: readonly SourceRows[];
	readonly days: readonly SourceDays[];
}

function currencyNames({ currencies: { found } }: CleanPlan, first: string | null): string[] {
	const names = found.map(({ currency }) => currency);
	return first === null ? names : [first, ...names.filter((name) => name !== first)];
}

/** One row per canonical table and source. */
function countTables(): Sql {
	const counts = CANONICAL_KINDS.map(
		({ table }) =>
			sql`SELECT source, ${table} AS name, count(*) AS count FROM ${id('clean', table)} GROUP BY source`
	);
	return sql`
		SELECT source::VARCHAR AS source, name::VARCHAR AS name, count::INTEGER AS count
		FROM (${join(counts, ' UNION ALL ')}) ORDER BY source, name`;
}

/** One row per source and reason of what never became a row of a table. */
function countRecords(): Sql {
	return sql`
		SELECT source::VARCHAR AS source, reason::VARCHAR AS name, count(*)::INTEGER AS count
		FROM clean.records GROUP BY ALL ORDER BY source, name`;
}

/** One row per source: rows that a newer export has too, on or off. */
function countSuperseded(): Sql {
	return sql`
		SELECT source::VARCHAR AS source, ${superseded.id}::VARCHAR AS name, count(*)::INTEGER AS count
		FROM clean.superseded GROUP BY source ORDER BY source`;
}

/** One row per source, reason and set of marks. */
function tallyRows(): Sql {
	return sql`
		SELECT source::VARCHAR AS source, reason::VARCHAR AS reason, marks::INTEGER AS marks,
			is_return::BOOLEAN AS is_return, count(*)::INTEGER AS count
		FROM clean.rows GROUP BY ALL ORDER BY source, reason, marks, is_return`;
}

/** One row: credit notes lower the revenue, but are no orders. */
function totalOrders(): Sql {
	const columns = [
		as(sql`(SELECT count(*) FROM clean.customers)::INTEGER`, 'customers'),
		as(sql`count_if(NOT is_return)::INTEGER`, 'orders'),
		as(sql`sum(amount)::DOUBLE`, 'revenue'),
		as(sql`strftime(min(ordered_at) FILTER (WHERE NOT is_return), '%Y-%m-%d')::VARCHAR`, 'first_order'),
		as(sql`strftime(max(ordered_at) FILTER (WHERE NOT is_return), '%Y-%m-%d')::VARCHAR`, 'last_order')
	];
	return sql`SELECT ${join(columns, ', ')} FROM clean.orders ORDER BY orders`;
}

function accountOf(
	source: SourceParams,
	results: readonly SourceResult[],
	{ tallies, tables, records, days }: Counts
): SourceAccount {
	const own = tallies.filter((tally) => tally.source === source.id);
	const result = results.find(({ id: sourceId }) => sourceId === source.id);
	const span = days.find((each) => each.source === source.id);
	const reasons = addReasons([
		...records
			.filter((record) => record.source === source.id)
			.map(({ name, count }) => ({ reason: name, count })),
		...own.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }]))
	]);
	const rowsSetAside = sum(reasons, ({ count }) => count);
	const rowsLoaded =
		source.kind === 'report'
			? (result?.rowsRead ?? 0) - (result?.unreadable.length ?? 0)
			: sum(own, ({ reason, count }) => (reason === null ? count : 0)) +
				sum(tables, (table) => (table.source === source.id ? table.count : 0));
	return {
		id: source.id,
		fileName: source.fileName,
		kind: source.kind,
		rowsRead: rowsLoaded + rowsSetAside,
		rowsLoaded,
		rowsSetAside,
		reasons,
		oldest: span?.oldest ?? null,
		newest: span?.newest ?? null
	};
}

/** Counts added up by reason, in the order of the rules; none with 0. */
function addReasons(counts: readonly ReasonCount[]): ReasonCount[] {
	return rules
		.map(({ id }) => ({
			reason: id,
			count: sum(counts, ({ reason, count }) => (reason === id ? count : 0))
		}))
		.filter(({ count }) => count > 0);
}

function resultOf(operation: Operation, plan: CleanPlan, tallies: readonly Tally[]): OperationResult {
	const { contexts, orders, params } = plan;
	const words = { id: operation.id, kind: operation.kind, on: isOn(operation, params.operations) };
	const text = operationSql(operation, operation.kind === 'fix' ? contexts : orders);
	if (operation.kind === 'fix' && operation.changes === 'ids') {
		return {
			...words,
			applies: contexts.some(({ facts }) => fixedRoles(operation, facts).length > 0),
			matches: sum(contexts, ({ facts }) => fixMatches(operation, facts)),
			setAside: 0,
			sql: text
		};
	}
	const mark = markOf(operation);
	const isUnknown = operation === exactDuplicate && orders.some(({ facts }) => facts.repeats === null);
	return {
		...words,
		applies: orders.some((context) => operation.applies(context)),
		matches: isUnknown ? null : sum(tallies, ({ marks, count }) => ((marks & mark) === 0 ? 0 : count)),
		setAside: sum(tallies, ({ reason, count }) => (reason === operation.id ? count : 0)),
		sql: text
	};
}

/** Rows that the rules over files of every kind speak of; undefined for rules over orders alone. */
function matchesOfAnyKind(operation: Operation, { contexts }: CleanPlan, counts: Counts): number | undefined {
	if (operation === superseded) return sum(counts.superseded, ({ count }) => count);
	return operation === setAsideByStep ? sum(contexts, ({ facts }) => facts.setAsideBySteps) : undefined;
}

/** An operation, with the rows of other files than orders where it speaks of them too. */
function anyKindResult(operation: Operation, plan: CleanPlan, counts: Counts): OperationResult {
	const ofOrders = resultOf(operation, plan, counts.tallies);
	const matches = matchesOfAnyKind(operation, plan, counts);
	if (matches === undefined || operation.kind !== 'rule') return ofOrders;
	const ofOthers = sum(counts.records, ({ name, count }) => (name === operation.id ? count : 0));
	return {
		...ofOrders,
		applies: plan.contexts.some((context) => operation.applies(context)),
		matches,
		setAside: ofOrders.setAside + ofOthers,
		sql: operationSql(operation, plan.contexts)
	};
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
	return items.reduce((total, item) => total + value(item), 0);
}
