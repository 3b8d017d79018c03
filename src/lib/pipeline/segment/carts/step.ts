import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import {
	cartFilterSql,
	cartTable,
	COUNT_CATEGORIES,
	COUNT_PARTS,
	countTotals,
	cutsSql,
	hasGroups,
	timeText,
	wordsText,
	type CartTableScope
} from './board.sql.ts';
import type {
	CartBand,
	CartBoardResult,
	CartCount,
	CartFilter,
	CartPerson,
	CartSplit,
	CartStageResult
} from './result.ts';
import { FIXED_STAGE_NAMES, type CartParams } from './schema.ts';

export { cartFilterSql, timeText, wordsText, type CartTableScope } from './board.sql.ts';
export type { CartBand, CartStageId } from './result.ts';

/** The names of bands by how many there are, from the smallest; more than five are named by their money alone. */
const BAND_NAMES: readonly (readonly string[])[] = [
	[],
	['All'],
	['Small', 'Large'],
	['Small', 'Middle', 'Large'],
	['Small', 'Lower middle', 'Upper middle', 'Large'],
	['Smallest', 'Small', 'Middle', 'Large', 'Largest']
];

/** Makes `segment.carts`: the newest cart of everybody who filled one before the as-of day; see `cartTable`. */
export async function writeCarts(
	engine: Engine,
	scope: CartTableScope,
	signal: AbortSignal
): Promise<CartBoardResult['tierBy']> {
	const [told] = await engine.rows<{ hasGroups: boolean }>(
		sql`SELECT ${hasGroups(scope)}::BOOLEAN AS has_groups ORDER BY has_groups`,
		signal
	);
	const tierBy = told?.hasGroups ? 'customer_group' : scope.rfm && 'rfm_group';
	const table = await engine.place('memory', 'segment', 'carts');
	await engine.exec(sql`CREATE TABLE ${table} AS ${cartTable(scope, tierBy)}`, signal);
	return tierBy;
}

/** Makes `segment.carts`, and counts who is at which stage, with how much money. */
export async function cartBoard(
	engine: Engine,
	scope: CartTableScope,
	signal: AbortSignal
): Promise<CartBoardResult> {
	const tierBy = await writeCarts(engine, scope, signal);
	const bands = await bandsOf(engine, scope.carts, signal);
	const parts = await engine.rows<PartRow>(COUNT_PARTS, signal);
	const categories = await engine.rows<PartRow>(COUNT_CATEGORIES, signal);
	const totals = await engine.rows<CartCount & { part: string; recovered: number }>(
		countTotals(scope.carts),
		signal
	);
	const totalOf = (part: string) => countOf(totals.find((total) => total.part === part));
	return {
		stages: stagesOf(scope.carts).map((stage) => {
			const own = (part: string) => parts.filter((row) => row.part === part && row.stage === stage.id);
			return {
				...stage,
				...countOf(own('stage')[0]),
				bands: bandSplits(own('band'), bands),
				categories: splits(categories.filter((row) => row.stage === stage.id)),
				tiers: splits(own('tier'), tierBy === 'rfm_group' ? 'No order yet' : undefined)
			};
		}),
		all: totalOf('all'),
		left: totalOf('left'),
		due: totalOf('due'),
		recovered: totals.find(({ part }) => part === 'all')?.recovered ?? 0,
		bands,
		tierBy
	};
}

/** People with a cart, those with most in it first. Needs `segment.carts`. */
export function cartPeople(
	engine: Engine,
	filter: CartFilter,
	{ offset, limit }: { readonly offset: number; readonly limit: number },
	signal: AbortSignal
): Promise<CartPerson[]> {
	return engine.rows<CartPerson>(
		sql`
			SELECT customer_id::VARCHAR AS customer_id, idx::INTEGER AS idx, stage::VARCHAR AS stage,
				${timeText(sql`cart_at`)} AS cart_at, ${timeText(sql`due_at`)} AS due_at, value::DOUBLE AS value,
				band::VARCHAR AS band, ${wordsText(sql`categories`)} AS categories, ${wordsText(sql`products`)} AS products,
				tier::VARCHAR AS tier, ${timeText(sql`bought_at`)} AS bought_at
			FROM segment.carts WHERE ${cartFilterSql(filter)}
			ORDER BY value DESC NULLS LAST, customer_id LIMIT ${limit} OFFSET ${offset}`,
		signal
	);
}

/** The `idx` of the customers with such a cart, ascending. Needs `segment.carts`. */
export async function cartRows(engine: Engine, filter: CartFilter, signal: AbortSignal): Promise<Int32Array> {
	const columns = await engine.columns(
		sql`SELECT idx::INTEGER AS idx FROM segment.carts
			WHERE idx IS NOT NULL AND ${cartFilterSql(filter)} ORDER BY idx`,
		signal
	);
	return (columns.get('idx') as Int32Array | undefined) ?? new Int32Array();
}

/** Every stage, in the order in which a cart goes through them. */
export function stagesOf({ stages }: CartParams): Pick<CartStageResult, 'id' | 'name' | 'kind'>[] {
	return [
		{ id: 'open', name: FIXED_STAGE_NAMES.open, kind: 'open' },
		...stages.map(({ id, name }) => ({ id, name, kind: 'left' as const })),
		{ id: 'cold', name: FIXED_STAGE_NAMES.cold, kind: 'cold' },
		{ id: 'recent_buyer', name: FIXED_STAGE_NAMES.recent_buyer, kind: 'bought' },
		{ id: 'earlier_buyer', name: FIXED_STAGE_NAMES.earlier_buyer, kind: 'bought' }
	];
}

type PartRow = CartCount & { readonly part: string; readonly stage: string; readonly id: string | null };

function countOf(row: CartCount | undefined): CartCount {
	if (!row) return { people: 0, customers: 0, money: null, withoutValue: 0 };
	const { people, customers, money, withoutValue } = row;
	return { people, customers, money, withoutValue };
}

async function bandsOf(engine: Engine, carts: CartParams, signal: AbortSignal): Promise<CartBand[]> {
	const [row] = await engine.rows<Record<string, number | null>>(
		sql`SELECT * FROM (${cutsSql(sql`segment.carts`, carts)}) ORDER BY ALL`,
		signal
	);
	const { carts: count, ...found } = row ?? { carts: 0 };
	const cuts = Object.values(found);
	if (count === 0 || cuts.some((cut) => cut === null)) return [];
	const names = BAND_NAMES[cuts.length + 1] ?? [];
	return Array.from({ length: cuts.length + 1 }, (_, i) => ({
		id: String(i),
		name: names[i] ?? `Size ${i + 1}`,
		from: cuts[i - 1] ?? null,
		to: cuts[i] ?? null
	}));
}

function bandSplits(rows: readonly PartRow[], bands: readonly CartBand[]): CartSplit[] {
	if (bands.length === 0) return [];
	const known = bands.map(({ id, name }) => ({
		id,
		label: name,
		...countOf(rows.find((row) => row.id === id))
	}));
	return [...known, ...splits(rows.filter(({ id }) => id === null))];
}

/** The rows as splits, what is not known last. */
function splits(rows: readonly PartRow[], unknown = 'Not known'): CartSplit[] {
	const all = rows.map((row) => ({ id: row.id, label: row.id ?? unknown, ...countOf(row) }));
	return [...all.filter(({ id }) => id !== null), ...all.filter(({ id }) => id === null)];
}
