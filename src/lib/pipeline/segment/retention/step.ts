import { addDays, type Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { countBeginners, countReturns, selectReturned } from './retention.sql.ts';
import type { Retention, RetentionBy, RetentionCell, RetentionRow } from './schema.ts';

interface Beginners {
	readonly key: string;
	readonly first: number;
	readonly customers: number;
}

interface Returns {
	readonly key: string;
	readonly period: number;
	readonly customers: number;
	readonly revenue: number | null;
}

/**
 * Retention by calendar month: of the customers of a row, how many ordered 0, 1, 2, … months after the month of their
 * first order, and what they spent. Every customer with an order before `asOf` is in one row. Rows of months show the month
 * that has not ended; groups and segments count only months that have, for each customer as many as there were.
 * Needs `segment.rfm` for groups and `segment.members` for segments.
 */
export async function computeRetention(
	engine: Engine,
	by: RetentionBy,
	asOf: Day,
	signal: AbortSignal
): Promise<Retention> {
	const last = lastMonthOf(asOf);
	const beginners = await engine.rows<Beginners>(countBeginners(by, asOf), signal);
	const returns = await engine.rows<Returns>(countReturns(by, asOf, untilOf(by, asOf)), signal);
	const keys = [...new Set(beginners.map(({ key }) => key))].sort(inOrder(by));
	const hasMoney = returns.some(({ revenue }) => revenue !== null);
	const first = Math.min(...beginners.map((each) => each.first), last);
	return {
		by,
		rows: keys.map((key) => rowOf(by, key, beginners)),
		cells: keys.flatMap((key) => cellsOf({ by, key, asOf, hasMoney }, beginners, returns)),
		firstMonth: monthText(first),
		lastMonth: monthText(last),
		lastIsComplete: isComplete(last, asOf)
	};
}

/** The ids of the customers who ordered in a cell. */
export async function returnedCustomers(
	engine: Engine,
	by: RetentionBy,
	asOf: Day,
	{ key, period }: Pick<RetentionCell, 'key' | 'period'>,
	signal: AbortSignal
): Promise<string[]> {
	const cell = { key: by === 'month' ? String(monthNumber(key)) : key, period, until: untilOf(by, asOf) };
	const rows = await engine.rows<{ customerId: string }>(selectReturned(by, asOf, cell), signal);
	return rows.map(({ customerId }) => customerId);
}

function rowOf(by: RetentionBy, key: string, beginners: readonly Beginners[]): RetentionRow {
	const own = beginners.filter((each) => each.key === key);
	return { key: shownKey(by, key), customers: own.reduce((sum, { customers }) => sum + customers, 0) };
}

interface RowContext {
	readonly by: RetentionBy;
	readonly key: string;
	readonly asOf: Day;
	readonly hasMoney: boolean;
}

function cellsOf(
	{ by, key, asOf, hasMoney }: RowContext,
	beginners: readonly Beginners[],
	returns: readonly Returns[]
): RetentionCell[] {
	const until = untilOf(by, asOf);
	const own = beginners.filter((each) => each.key === key);
	const found = new Map(returns.filter((each) => each.key === key).map((each) => [each.period, each]));
	const earliest = Math.min(...own.map(({ first }) => first));
	return Array.from({ length: Math.max(0, until - earliest + 1) }, (_, period) => {
		const eligible = own.filter(({ first }) => first + period <= until);
		const cell = found.get(period);
		return {
			key: shownKey(by, key),
			period,
			eligible: eligible.reduce((sum, { customers }) => sum + customers, 0),
			customers: cell?.customers ?? 0,
			revenue: hasMoney ? (cell?.revenue ?? 0) : null,
			isComplete: by !== 'month' || isComplete(earliest + period, asOf)
		};
	});
}

/** The last month that counts: for rows of months the one that runs, for others the last that has ended. */
function untilOf(by: RetentionBy, asOf: Day): number {
	const last = lastMonthOf(asOf);
	return by === 'month' || isComplete(last, asOf) ? last : last - 1;
}

function lastMonthOf(asOf: Day): number {
	return monthNumber(addDays(asOf, -1));
}

/** True when the as-of day is after the month. */
function isComplete(month: number, asOf: Day): boolean {
	return monthNumber(asOf) > month;
}

/** Months from year 0 on, of a text that starts like `2011-03`. */
function monthNumber(text: string): number {
	const [year = 0, month = 1] = text.split('-').map(Number);
	return year * 12 + month - 1;
}

function monthText(month: number): string {
	return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

function shownKey(by: RetentionBy, key: string): string {
	return by === 'month' ? monthText(Number(key)) : key;
}

function inOrder(by: RetentionBy): (a: string, b: string) => number {
	return by === 'group' ? (a, b) => (a < b ? -1 : 1) : (a, b) => Number(a) - Number(b);
}
