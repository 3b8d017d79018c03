import { startSeries } from '#lib/recipe/series.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import { findDuplicates } from '#lib/pipeline/clean/duplicates/run.ts';
import type { DuplicatesResult } from '#lib/pipeline/clean/duplicates/schema.ts';
import { DEFAULT_CLEAN } from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import type { ColumnMapping } from '#lib/pipeline/import/schema.ts';
import type { MadeCustomers } from './made-duplicates.ts';
import { stepContext, writeRawTable } from './raw-tables.ts';

/**
 * How many of the pairs that are one person were found from a probability on, and how many of what was found are; and the
 * same once all of them are merged, which joins whole groups.
 */
export interface Quality {
	readonly probability: number;
	readonly found: number;
	readonly precision: number;
	readonly recall: number;
	readonly f1: number;
	readonly merged: { readonly precision: number; readonly recall: number };
}

/** A file of customers with a known truth, after the whole way from import to duplicates. */
export interface Linked {
	readonly result: DuplicatesResult;
	/** Pairs of records that identity had joined before, and how many of them are one person. */
	readonly joinedBefore: { readonly pairs: number; readonly right: number };
	readonly truePairs: number;
	qualityAt(probability: number): Quality;
	/** The probability with the best F1. */
	readonly best: Quality;
}

/**
 * Imports, cleans and searches a file of customers. Pairs of records within one person count as found.
 * @param corrections roles that the user would give by hand, over those that are proposed
 * @param entityOf the person of a record, by its customer id
 */
export async function linkFile(
	engine: Engine,
	file: { readonly name: string; readonly blob: Blob },
	corrections: ColumnMapping,
	entityOf: (customerId: string) => string
): Promise<Linked> {
	const context = stepContext(engine);
	const { source: inspected } = await inspectFile(file);
	const given = new Set(Object.values(corrections));
	const kept = Object.entries(inspected.mapping).filter(([, column]) => !given.has(column));
	const mapping: ColumnMapping = { ...Object.fromEntries(kept), ...corrections };
	const source = { ...startSeries({ id: 's1', ...inspected }), kind: 'customers' as const, mapping };
	const reading = { ...source.reading, dateOrder: source.reading.dateOrder ?? ('ymd' as const) };
	const sources = [{ ...source, reading }];
	const { result: loaded } = await loadSource(context, sources[0] ?? source, { blob: file.blob });
	const clean = await runClean(context, { sources }, DEFAULT_CLEAN, [loaded]);
	await runDetails(context, { sources }, DEFAULT_CLEAN, clean, [loaded]);
	const result = await findDuplicates(context);
	return judge(engine, result, entityOf);
}

/** As `linkFile`, of a made file. */
export async function linkMade(engine: Engine, { file, entityOf }: MadeCustomers): Promise<Linked> {
	const context = stepContext(engine);
	const sources = [file.source];
	const results = [await writeRawTable(engine, file.source, file.rows)];
	const clean = await runClean(context, { sources }, DEFAULT_CLEAN, results);
	await runDetails(context, { sources }, DEFAULT_CLEAN, clean, results);
	const result = await findDuplicates(context);
	return judge(engine, result, entityOf);
}

async function judge(
	engine: Engine,
	result: DuplicatesResult,
	entityOf: (customerId: string) => string
): Promise<Linked> {
	const accounts = await engine.rows<{ person: string; name: string }>(
		sql`SELECT customer_id::VARCHAR AS person, name::VARCHAR AS name FROM clean.accounts
			WHERE kind = 'id' AND customer_id IS NOT NULL ORDER BY person, name`
	);
	const records = groupBy(accounts, ({ person }) => person);
	const namesOf = (person: string) => (records.get(person) ?? []).map(({ name }) => name);
	const rightOf = (pairs: readonly (readonly [string, string])[]) =>
		pairs.filter(([a, b]) => entityOf(a) === entityOf(b)).length;
	const inside = [...records.keys()].flatMap((person) => pairsWithin(namesOf(person)));
	const joinedBefore = { pairs: inside.length, right: rightOf(inside) };
	const entities = groupBy(accounts, ({ name }) => entityOf(name));
	const truePairs = [...entities.values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
	const rows = await engine.rows<{ a: string; b: string; probability: number }>(
		sql`SELECT a_id::VARCHAR AS a, b_id::VARCHAR AS b, probability::DOUBLE AS probability
			FROM clean.duplicate_pairs ORDER BY pair`
	);
	const found = rows.map(({ a, b, probability }) => {
		const pairs = namesOf(a).flatMap((x) => namesOf(b).map((y) => [x, y] as const));
		return { probability, pairs: pairs.length, right: rightOf(pairs) };
	});
	const mergedAt = (probability: number) => {
		const joined = rows.filter((row) => row.probability >= probability);
		const groups = groupsOf([...records.keys()], joined);
		const all = groups.flatMap((group) => pairsWithin(group.flatMap(namesOf)));
		const right = rightOf(all);
		return { precision: all.length === 0 ? 1 : right / all.length, recall: right / truePairs };
	};
	const qualityAt = (probability: number) => {
		const kept = found.filter((pair) => pair.probability >= probability);
		const pairs = joinedBefore.pairs + kept.reduce((sum, pair) => sum + pair.pairs, 0);
		const right = joinedBefore.right + kept.reduce((sum, pair) => sum + pair.right, 0);
		const [precision, recall] = [pairs === 0 ? 1 : right / pairs, right / truePairs];
		const f1 = (2 * right) / (pairs + truePairs);
		return { probability, found: pairs, precision, recall, f1, merged: mergedAt(probability) };
	};
	const best = [...new Set(found.map(({ probability }) => probability))]
		.map(qualityAt)
		.reduce((a, b) => (b.f1 > a.f1 ? b : a), qualityAt(1));
	return { result, joinedBefore, truePairs, qualityAt, best };
}

function pairsWithin(names: readonly string[]): (readonly [string, string])[] {
	return names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}

/** The groups that hang together by the pairs. */
function groupsOf(
	names: readonly string[],
	pairs: readonly { readonly a: string; readonly b: string }[]
): string[][] {
	const parents = new Map<string, string>();
	const find = (name: string): string => {
		const parent = parents.get(name) ?? name;
		return parent === name ? name : find(parent);
	};
	for (const { a, b } of pairs) parents.set(find(a), find(b));
	return [...groupBy(names, find).values()];
}
