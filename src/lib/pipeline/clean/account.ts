import type { Engine } from '#lib/engine/engine.ts';
import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import { readCurrencies } from './currencies.ts';
import { fixedRoles, fixMatches } from './facts.ts';
import { markOf } from './judge.sql.ts';
import { exactDuplicate } from './operations/exact-duplicate.ts';
import { OPERATIONS, rules } from './operations/index.ts';
import { isOn, type Operation } from './operations/operation.ts';
import { unreadable } from './operations/unreadable.ts';
import type { CleanPlan } from './plan.ts';
import type { CleanResult, OperationResult, ReasonCount, SourceAccount } from './schema.ts';
import { moneyKind } from './source.ts';
import { operationSql } from './sql-script.ts';
import type { SourceResult } from '#lib/pipeline/import/schema.ts';

interface Tally {
	readonly source: string;
	readonly reason: string | null;
	readonly marks: number;
	readonly isReturn: boolean;
	readonly count: number;
}

interface Totals {
	readonly customers: number;
	readonly orders: number;
	readonly revenue: number | null;
	readonly firstOrder: string | null;
	readonly lastOrder: string | null;
}

/** Counts what the plan did, so that every row read is accounted for. */
export async function readAccount(
	engine: Engine,
	plan: CleanPlan,
	sources: readonly SourceResult[],
	signal: AbortSignal
): Promise<CleanResult> {
	const tallies = await engine.rows<Tally>(tallyRows(), signal);
	const [totals] = await engine.rows<Totals>(totalOrders(), signal);
	const accounts = sources.map((source) => accountOf(source, tallies));
	const hasAmount = plan.contexts.some(({ source }) => moneyKind(source) !== null);
	return {
		sources: accounts,
		rowsRead: sum(accounts, (account) => account.rowsRead),
		rowsLoaded: sum(accounts, (account) => account.rowsLoaded),
		rowsSetAside: sum(accounts, (account) => account.rowsSetAside),
		reasons: addReasons(accounts.flatMap(({ reasons }) => reasons)),
		operations: OPERATIONS.map((operation) => resultOf(operation, plan, tallies)),
		customers: totals?.customers ?? 0,
		orders: totals?.orders ?? 0,
		revenue: hasAmount ? (totals?.revenue ?? 0) : null,
		hasAmount,
		firstOrder: totals?.firstOrder ?? null,
		lastOrder: totals?.lastOrder ?? null,
		currencies: await readCurrencies(
			engine,
			plan.contexts.map(({ source }) => source),
			signal
		),
		contactRoles: [...plan.contacts]
	};
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
	{ id, fileName, unreadable: records }: SourceResult,
	tallies: readonly Tally[]
): SourceAccount {
	const own = tallies.filter(({ source }) => source === id);
	const rowsLoaded = sum(own, ({ reason, count }) => (reason === null ? count : 0));
	const reasons = addReasons([
		{ reason: unreadable.id, count: records.length },
		...own.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }]))
	]);
	const rowsSetAside = sum(reasons, ({ count }) => count);
	return { id, fileName, rowsRead: rowsLoaded + rowsSetAside, rowsLoaded, rowsSetAside, reasons };
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
	const { contexts } = plan;
	const switches = contexts[0]?.switches ?? {};
	const words = { id: operation.id, kind: operation.kind, on: isOn(operation, switches) };
	const text = operationSql(operation, contexts);
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
	const isUnknown = operation === exactDuplicate && contexts.some(({ facts }) => facts.repeats === null);
	return {
		...words,
		applies: contexts.some((context) => operation.applies(context)),
		matches: isUnknown ? null : sum(tallies, ({ marks, count }) => ((marks & mark) === 0 ? 0 : count)),
		setAside: sum(tallies, ({ reason, count }) => (reason === operation.id ? count : 0)),
		sql: text
	};
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
	return items.reduce((total, item) => total + value(item), 0);
}
