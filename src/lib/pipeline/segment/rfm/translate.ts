import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { RfmParams } from '../schema.ts';
import { scoreTable, type Scored, type TableName } from './score.ts';
import {
	countPairs,
	createTranslation,
	dropScores,
	TABLE_A,
	TABLE_B,
	translated,
	type TranslationFilter
} from './translate.sql.ts';

export type { TranslationFilter };

/** The same customers under two schemes. */
export interface Translation {
	readonly a: Scored;
	readonly b: Scored;
	/** `counts[i][j]`: customers who are in group i of the table of a, and in group j of that of b. */
	readonly counts: readonly (readonly number[])[];
	readonly customers: number;
	/** Customers whose two groups have different ids; groups of one id are taken for the same. */
	readonly others: number;
}

/** Customers whose ids are read at a time, so that decoding them is no long task. */
const BATCH_CUSTOMERS = 20_000;

/**
 * Scores the customers of `features.customers` by two schemes and writes `segment.translation`, from which
 * `translatedIds` reads. `segment.rfm` is left alone.
 * @throws as `scoreTable`
 */
export async function translateSchemes(
	engine: Engine,
	{ a, b, hasAmount }: { readonly a: RfmParams; readonly b: RfmParams; readonly hasAmount: boolean },
	signal: AbortSignal
): Promise<Translation> {
	const score = (params: RfmParams, into: TableName) =>
		scoreTable(engine, { from: ['features', 'customers'], into, params, hasAmount }, signal);
	const first = await score(a, TABLE_A);
	const second = await score(b, TABLE_B);
	await engine.exec(createTranslation(first.table, second.table), signal);
	for (const table of [TABLE_A, TABLE_B]) await engine.exec(dropScores(table), signal);
	const pairs = await engine.rows<{ a: number; b: number; customers: number }>(countPairs(), signal);
	const counts = first.table.map((_, i) =>
		second.table.map((__, j) => pairs.find((pair) => pair.a === i && pair.b === j)?.customers ?? 0)
	);
	const isOther = (pair: { a: number; b: number }) => first.table[pair.a]?.id !== second.table[pair.b]?.id;
	return {
		a: first,
		b: second,
		counts,
		customers: total(pairs),
		others: total(pairs.filter(isOther))
	};
}

/** The ids of customers of the last translation, in the order of `idx`. */
export async function translatedIds(
	engine: Engine,
	{ customers }: Pick<Translation, 'customers'>,
	filter: TranslationFilter,
	signal: AbortSignal
): Promise<string[]> {
	const ids: string[] = [];
	for (let from = 0; from < customers; from += BATCH_CUSTOMERS) {
		const query = translated(filter, from, from + BATCH_CUSTOMERS);
		const columns = await engine.columns(query, signal);
		for (const customerId of columns.get('customerId') as readonly string[]) ids.push(customerId);
		await pause();
	}
	return ids;
}

function total(pairs: readonly { readonly customers: number }[]): number {
	return pairs.reduce((sum, { customers }) => sum + customers, 0);
}
