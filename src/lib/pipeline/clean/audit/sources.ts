import { daysBetween, type Day } from '#lib/core/days.ts';
import { camelCase } from '#lib/engine/decode.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { unusualDays, type DayScale, type UnusualDays } from '#lib/stats/unusual-days.ts';
import { rolesOf, type Role } from '#lib/pipeline/import/roles.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { BROWSER_SIZES } from '../parts.sql.ts';
import type { CleanResult } from '../schema.ts';
import { hasColumn } from '../source.ts';
import { runStatement } from '../statement.ts';
import { countDays, dayRecords, hasDays } from './days.sql.ts';
import { listsOf, type SourceList } from './lists.ts';
import {
	AUDIT_PEOPLE,
	countElsewhere,
	countEverybody,
	countFilled,
	countKeys,
	countOrders,
	countPeople,
	createPeople,
	isAboutPeople,
	KEY_ROLES,
	type KeyRole
} from './sources.sql.ts';

/** What one column that is used holds, over all files of the list. */
export interface FieldAudit {
	readonly role: Role;
	/** Its name in the newest file that has it. */
	readonly column: string;
	/** Share of the rows that hold a text, 0 to 1; the further rows of an order count as its first. */
	readonly filledShare: number;
	/** No other list has this fact about people. */
	readonly isOnlyHere: boolean;
}

/** What names people in a list. */
export interface KeyAudit {
	readonly role: KeyRole;
	readonly column: string;
	/** An id of the system, or an email where most of its texts are emails. */
	readonly kind: 'id' | 'email' | 'phone' | 'card';
	/** The system that gave out the ids; null for other keys. */
	readonly system: string | null;
	readonly filledShare: number;
	/** Different texts. */
	readonly distinct: number;
	/** True when `distinct` is an estimate, because the files are very big. */
	readonly isAbout: boolean;
	/** People of the list that the key names and who are in other lists too. */
	readonly elsewhere: number;
}

/** What a list does to the customers, which is what would be lost without it. */
export interface ListEffect {
	/** People with a record in it. */
	readonly people: number;
	/** Those who have no record in any other list. */
	readonly onlyHere: number;
	/** People with an order in it, and those who have one in no other. */
	readonly buyers: number;
	readonly buyersOnlyHere: number;
	readonly orders: number;
	/** Null where no file has amounts. */
	readonly revenue: number | null;
}

/** One list of the session: where it comes from, what it holds, and what it means for the customers. */
export interface ListAudit {
	readonly list: SourceList;
	readonly rowsRead: number;
	readonly rowsLoaded: number;
	readonly rowsSetAside: number;
	/** First and last day of its records; null where it has no dates. */
	readonly oldest: Day | null;
	readonly newest: Day | null;
	/** In the order of the roles of its kind. */
	readonly fields: readonly FieldAudit[];
	/** Ids first, then email, phone and card. */
	readonly keys: readonly KeyAudit[];
	/** Null for lists that are not about people. */
	readonly effect: ListEffect | null;
}

/** All lists, and the people of all of them together. */
export interface SourcesAudit {
	readonly lists: readonly ListAudit[];
	readonly people: number;
	/** People who are in every list about people. */
	readonly everywhere: number;
}

/** What a list holds of one day, whether it counts or not, and the money that counts; null without amounts. */
export interface DayTotal {
	readonly day: Day;
	readonly records: number;
	readonly amount: number | null;
}

/** An unusual day, or stretch of days without anything, and what is unusual about it. */
export interface UnusualRecord extends UnusualDays {
	readonly measure: 'records' | 'amount';
}

/** The days of a list, in rising order, and those that are far from usual. */
export interface ListDays {
	readonly days: readonly DayTotal[];
	readonly unusual: readonly UnusualRecord[];
}

/** An order or another record of a day. */
export interface DayRecord {
	readonly customerId: string | null;
	/** The number of the order, the event, the campaign, the question. */
	readonly what: string | null;
	/** As `09:30`. */
	readonly time: string;
	readonly amount: number | null;
	/** Why it is set aside; null when it counts. */
	readonly reason: string | null;
}

/** Facts about people that another list may have as well. */
const PERSON_ROLES: readonly Role[] = rolesOf('customers').filter(
	(role) => role !== 'customer' && role !== 'total_spent' && role !== 'order_count'
);

const KEY_KINDS = { customer: 'id', email: 'email', phone: 'phone', card: 'card' } as const;
/** A column of ids of which more than half are emails is one of emails. */
const MOSTLY = 0.5;

/**
 * Looks at every list of a session. Needs the tables of `runClean`, whose `customer_id` are people. A few queries per list,
 * each over all of its rows once.
 */
export async function auditSources(
	engine: Engine,
	sources: readonly SourceParams[],
	clean: Pick<CleanResult, 'sources' | 'hasAmount'>,
	signal: AbortSignal
): Promise<SourcesAudit> {
	const lists = listsOf(sources);
	if (lists.length === 0) return { lists: [], people: 0, everywhere: 0 };
	try {
		await runStatement(engine, createPeople(lists), signal);
		const effects = await readEffects(engine, lists, clean.hasAmount, signal);
		const found: ListAudit[] = [];
		for (const list of lists) {
			const accounts = clean.sources.filter(({ id }) => list.sources.some((source) => source.id === id));
			found.push(await auditList(engine, list, accounts, effects.of.get(list.id) ?? null, signal));
		}
		return { lists: found.map((audit) => markOwn(audit, found)), ...effects.all };
	} finally {
		// Where the engine is gone, so is the table.
		await Promise.allSettled([engine.place('memory', 'clean', AUDIT_PEOPLE)]);
	}
}

/** The days of every list whose records have days, by the id of the list. */
export async function listDays(
	engine: Engine,
	sources: readonly SourceParams[],
	signal: AbortSignal
): Promise<ReadonlyMap<string, ListDays>> {
	const lists = listsOf(sources).filter(({ kind }) => hasDays(kind));
	if (lists.length === 0) return new Map();
	const rows = await engine.rows<DayTotal & { list: string }>(countDays(lists), signal);
	return new Map(
		lists.map((list) => {
			const days = rows.flatMap(({ list: id, ...day }) => (id === list.id ? [day] : []));
			return [list.id, { days, unusual: unusualRecords(days) }];
		})
	);
}

/**
 * Days whose number of records is unusual, and days whose amount is, where their number is not: a day with five times the
 * orders has five times the money. Whether none on a day is unusual is told by numbers alone. In rising order.
 */
export function unusualRecords(days: readonly DayTotal[]): UnusualRecord[] {
	const find = (scale: DayScale, valueOf: (day: DayTotal) => number) =>
		unusualDays(
			days.map((each) => ({ day: each.day, value: valueOf(each) })),
			scale
		);
	const records = find('count', (each) => each.records);
	const amounts = days.some(({ amount }) => amount !== null)
		? find('total', ({ amount }) => amount ?? 0)
		: [];
	const isKnown = ({ from, to, value }: UnusualDays) =>
		value === 0 || records.some((found) => found.from <= to && from <= found.to);
	return [
		...records.map((found) => ({ ...found, measure: 'records' as const })),
		...amounts.filter((found) => !isKnown(found)).map((found) => ({ ...found, measure: 'amount' as const }))
	].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** A page of what a list holds of a day. */
export function recordsOfDay(
	engine: Engine,
	list: Pick<SourceList, 'kind' | 'sources'>,
	day: Day,
	page: { readonly offset: number; readonly limit: number },
	signal?: AbortSignal
): Promise<DayRecord[]> {
	return engine.rows<DayRecord>(dayRecords(list, day, page), signal);
}

/** Whole days from the newest record to a day; null without records that have a date. Negative: it lies after that day. */
export function ageInDays(newest: Day | null, today: Day): number | null {
	return newest === null ? null : daysBetween(newest, today);
}

interface Effects {
	readonly of: ReadonlyMap<string, ListEffect>;
	readonly all: { readonly people: number; readonly everywhere: number };
}

async function readEffects(
	engine: Engine,
	lists: readonly SourceList[],
	hasAmount: boolean,
	signal: AbortSignal
): Promise<Effects> {
	const people = await engine.rows<{ list: string; people: number; onlyHere: number; everywhere: number }>(
		countPeople(),
		signal
	);
	const orders = await engine.rows<{
		list: string;
		orders: number;
		revenue: number | null;
		buyers: number;
		buyersOnlyHere: number;
	}>(countOrders(lists), signal);
	const [all] = await engine.rows<{ people: number }>(countEverybody(), signal);
	const of = lists
		.filter(({ kind }) => isAboutPeople(kind))
		.map(({ id }) => {
			const seen = people.find(({ list }) => list === id);
			const placed = orders.find(({ list }) => list === id);
			const effect: ListEffect = {
				people: seen?.people ?? 0,
				onlyHere: seen?.onlyHere ?? 0,
				buyers: placed?.buyers ?? 0,
				buyersOnlyHere: placed?.buyersOnlyHere ?? 0,
				orders: placed?.orders ?? 0,
				revenue: hasAmount ? (placed?.revenue ?? 0) : null
			};
			return [id, effect] as const;
		});
	return { of: new Map(of), all: { people: all?.people ?? 0, everywhere: people[0]?.everywhere ?? 0 } };
}

async function auditList(
	engine: Engine,
	list: SourceList,
	accounts: CleanResult['sources'],
	effect: ListEffect | null,
	signal: AbortSignal
): Promise<ListAudit> {
	const roles = rolesOf(list.kind).filter((role) => columnOf(list, role) !== null);
	const [filled] =
		roles.length === 0 ? [] : await engine.rows<Record<string, number>>(countFilled(list, roles), signal);
	const shareOf = (role: Role) => (filled?.[camelCase(role)] ?? 0) / Math.max(1, filled?.['rows'] ?? 0);
	const total = (count: (account: CleanResult['sources'][number]) => number) =>
		accounts.reduce((sum, account) => sum + count(account), 0);
	const days = accounts
		.flatMap(({ oldest, newest }) => [oldest, newest])
		.filter((day) => day !== null)
		.sort();
	return {
		list,
		rowsRead: total(({ rowsRead }) => rowsRead),
		rowsLoaded: total(({ rowsLoaded }) => rowsLoaded),
		rowsSetAside: total(({ rowsSetAside }) => rowsSetAside),
		oldest: days[0] ?? null,
		newest: days.at(-1) ?? null,
		fields: roles.map((role) => ({
			role,
			column: columnOf(list, role) ?? '',
			filledShare: shareOf(role),
			isOnlyHere: false
		})),
		keys: await auditKeys(
			engine,
			list,
			shareOf,
			total(({ rowsRead }) => rowsRead),
			signal
		),
		effect
	};
}

async function auditKeys(
	engine: Engine,
	list: SourceList,
	shareOf: (role: Role) => number,
	rowCount: number,
	signal: AbortSignal
): Promise<KeyAudit[]> {
	const roles = KEY_ROLES.filter((role) => columnOf(list, role) !== null);
	if (roles.length === 0 || !isAboutPeople(list.kind)) return [];
	const isExact = rowCount <= BROWSER_SIZES.plainRows;
	const counts = await engine.rows<{ role: KeyRole; different: number; emails: number }>(
		countKeys(list, roles, isExact),
		signal
	);
	const [elsewhere] = await engine.rows<Record<string, number>>(countElsewhere(list, roles), signal);
	return roles.map((role) => {
		const found = counts.find((each) => each.role === role);
		const emails = found?.emails ?? 0;
		const isEmail = role === 'customer' && emails > MOSTLY * shareOf(role) * rowCount;
		const kind = isEmail ? 'email' : KEY_KINDS[role];
		return {
			role,
			column: columnOf(list, role) ?? '',
			kind,
			system: kind === 'id' ? list.sources[0].idSystem : null,
			filledShare: shareOf(role),
			distinct: found?.different ?? 0,
			isAbout: !isExact,
			elsewhere: elsewhere?.[role] ?? 0
		};
	});
}

/** The name of the column of a role, in the newest file that has one. */
function columnOf({ sources }: SourceList, role: Role): string | null {
	return sources.find((source) => hasColumn(source, role))?.mapping[role] ?? null;
}

/** Marks the facts about people that no other list has. */
function markOwn(audit: ListAudit, all: readonly ListAudit[]): ListAudit {
	const others = all.filter((other) => other !== audit && other.effect !== null);
	const isElsewhere = (role: Role) =>
		others.some(
			({ fields, keys }) =>
				fields.some((field) => field.role === role && field.filledShare > 0) ||
				// A list that calls its customers by their emails has emails, without a column for them.
				keys.some(({ kind, filledShare }) => kind === role && filledShare > 0)
		);
	return {
		...audit,
		fields: audit.fields.map((field) => {
			const isFact = audit.effect !== null && PERSON_ROLES.includes(field.role) && field.filledShare > 0;
			return { ...field, isOnlyHere: isFact && others.length > 0 && !isElsewhere(field.role) };
		})
	};
}
