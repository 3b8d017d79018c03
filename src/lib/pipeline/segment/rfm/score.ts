import type { Engine } from '#lib/engine/engine.ts';
import type { Sql } from '#lib/engine/sql.ts';
import type { GroupTable, RfmAxis, RfmCutPoints, RfmParams } from '../schema.ts';
import { axesWith, requireRfm, tableFor } from './group-table.ts';
import {
	bandCutPoints,
	createRfm,
	linesOf,
	quantileCutPoints,
	type Score,
	type TableName
} from './rfm.sql.ts';
import { naturalLines } from './natural-lines.ts';
import { schemeOf } from './schemes/index.ts';
import type { Scheme } from './schemes/scheme.ts';

export type { TableName };

/** Whom to score, and by what. */
export interface ScoreOrder {
	/** A table of customers: `idx` INTEGER, `recency_days`, `frequency` and, with amounts, `monetary_total`. */
	readonly from: TableName;
	/** The table to write, with the columns of `segment.rfm`. */
	readonly into: TableName;
	readonly params: RfmParams;
	readonly hasAmount: boolean;
	/** Lines that were found elsewhere, such as on another day; without them they are found among these customers. */
	readonly cutPoints?: RfmCutPoints;
}

/** What customers were scored by. */
export interface Scored {
	readonly scheme: Scheme;
	readonly levels: number;
	/** What groups were told by: without amounts never money. */
	readonly axes: readonly RfmAxis[];
	readonly cutPoints: RfmCutPoints;
	/** The groups, with cells for `axes`. */
	readonly table: GroupTable;
}

type CutPointRow = Readonly<Record<string, number>>;

/**
 * Scores every customer of a table and writes a table like `segment.rfm`. Without amounts, money plays no part.
 * @throws `recipe.invalid`, `rfm.groups-invalid`, `rfm.lines-invalid`
 */
export async function scoreTable(engine: Engine, order: ScoreOrder, signal: AbortSignal): Promise<Scored> {
	const { from, into, params, hasAmount } = order;
	requireRfm(params);
	const scheme = schemeOf(params.scheme);
	const { levels } = scheme;
	const axes = axesWith(scheme.axes, hasAmount);
	const table = tableFor(scheme, params.groups, hasAmount);
	const plan = { from, into, levels, axes, table, hasAmount };
	if (scheme.lines === 'ranks' && !order.cutPoints) {
		await engine.exec(createRfm({ ...plan, by: 'ranks' }), signal);
		const cutPoints = await readCutPoints(engine, bandCutPoints(from, into, levels, hasAmount), plan, signal);
		return { scheme, levels, axes, cutPoints, table };
	}
	const cutPoints = order.cutPoints ?? (await findLines(engine, scheme, order, signal));
	await engine.exec(createRfm({ ...plan, by: cutPoints }), signal);
	return { scheme, levels, axes, cutPoints, table };
}

/** The lines of a scheme among the customers of a table. */
async function findLines(
	engine: Engine,
	{ lines, levels, recencyDays }: Scheme,
	{ from, params, hasAmount }: ScoreOrder,
	signal: AbortSignal
): Promise<RfmCutPoints> {
	const given = lines === 'given' ? params.cutPoints : null;
	if (given && (given.monetaryTotal !== null || !hasAmount)) {
		return { ...given, monetaryTotal: hasAmount ? given.monetaryTotal : null };
	}
	if (lines === 'natural') return naturalLines(engine, from, { levels, hasAmount }, signal);
	const query = quantileCutPoints(from, levels, hasAmount);
	const found = await readCutPoints(engine, query, { levels, hasAmount }, signal);
	if (given) return { ...given, monetaryTotal: found.monetaryTotal };
	return { ...found, recencyDays: recencyDays ? [...recencyDays] : found.recencyDays };
}

async function readCutPoints(
	engine: Engine,
	query: Sql,
	{ levels, hasAmount }: { readonly levels: number; readonly hasAmount: boolean },
	signal: AbortSignal
): Promise<RfmCutPoints> {
	const [row] = await engine.rows<CutPointRow>(query, signal);
	const cuts = (key: Score['key']) => linesOf(levels).map((i) => row?.[`${key}${i}`] ?? NaN);
	return {
		recencyDays: cuts('recencyDays'),
		frequency: cuts('frequency'),
		monetaryTotal: hasAmount ? cuts('monetaryTotal') : null
	};
}
