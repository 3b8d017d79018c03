import { AppError } from '#lib/core/errors.ts';
import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import { memberFingerprint } from './fingerprint.ts';
import { examplesNotFound, matchStatements, readMatch, readNames } from './match-entries.sql.ts';
import { arePeopleJoined } from './list-people.ts';
import { MOST_LISTED } from './schema.ts';

/** Whom the entries of a list name. */
export interface ListMatch {
	/** Entries with a text. */
	readonly entries: number;
	/** Entries that name a customer. */
	readonly found: number;
	/** Entries of those that name nobody but people whom an entry before them names. */
	readonly twice: number;
	readonly notFound: number;
	/** The first entries that name nobody. */
	readonly examples: readonly string[];
	/** Their `idx`, ascending, each once. */
	readonly rows: Int32Array;
}

/** An entry of a list: texts that each may name the person, the most telling first. */
export type ListEntry = readonly string[];

/** How entries are read. */
export interface MatchOptions {
	/** Where phone numbers without a country code are from, as in the recipe. */
	readonly phoneCountry: string | null;
}

const MOST_EXAMPLES = 20;

/** Texts written at a time, so that writing them is no long task. */
const PART_TEXTS = 20_000;

/**
 * Finds the customers whom texts name: by customer id, else by email, else by phone. Needs the tables of the details.
 * @param entries such as the lines of a text
 */
export async function matchEntries(
	engine: Engine,
	entries: readonly ListEntry[],
	options: MatchOptions,
	signal: AbortSignal
): Promise<ListMatch> {
	await createEntries(engine, signal);
	const texts = entries.flatMap((entry, n) => entry.map((text, place) => ({ n, place, text })));
	for (let from = 0; from < texts.length; from += PART_TEXTS) {
		const part = texts.slice(from, from + PART_TEXTS);
		await engine.insert('segment', 'list_part', {
			n: Int32Array.from(part, ({ n }) => n),
			place: Int32Array.from(part, ({ place }) => place),
			text: part.map(({ text }) => text)
		});
		await engine.exec(
			sql`INSERT INTO segment.list_entries SELECT n, place, text FROM segment.list_part`,
			signal
		);
		await pause();
	}
	return match(engine, options, signal);
}

/**
 * Finds the customers whom the texts of a table name.
 * @param texts a SELECT of `n` (the number of the entry), `place` (its texts, the most telling first) and `text`
 */
export async function matchTable(
	engine: Engine,
	texts: Sql,
	options: MatchOptions,
	signal: AbortSignal
): Promise<ListMatch> {
	await createEntries(engine, signal);
	await engine.exec(
		sql`INSERT INTO segment.list_entries SELECT n::INTEGER, place::INTEGER, text::VARCHAR FROM (${texts})`,
		signal
	);
	return match(engine, options, signal);
}

/** Those of the texts that are the id of a customer as they stand, such as `Smith, Ann`. */
export async function idsAmong(
	engine: Engine,
	texts: readonly string[],
	signal: AbortSignal
): Promise<ReadonlySet<string>> {
	const found = new Set<string>();
	const isJoined = texts.length > 0 && (await arePeopleJoined(engine, signal));
	for (let from = 0; from < texts.length; from += PART_TEXTS) {
		await engine.insert('segment', 'list_part', { text: texts.slice(from, from + PART_TEXTS) });
		const columns = await engine.columns(readNames(isJoined), signal);
		for (const text of (columns.get('text') ?? []) as readonly string[]) found.add(text);
		await pause();
	}
	return found;
}

async function createEntries(engine: Engine, signal: AbortSignal): Promise<void> {
	await engine.exec(
		sql`CREATE OR REPLACE TABLE segment.list_entries (n INTEGER, place INTEGER, text VARCHAR)`,
		signal
	);
}

async function match(engine: Engine, options: MatchOptions, signal: AbortSignal): Promise<ListMatch> {
	const isJoined = await arePeopleJoined(engine, signal);
	for (const statement of matchStatements(options, isJoined)) await engine.exec(statement, signal);
	const [counts] = await engine.rows<{ entries: number; found: number; twice: number }>(readMatch(), signal);
	const examples = await engine.rows<{ text: string }>(examplesNotFound(MOST_EXAMPLES), signal);
	const columns = await engine.columns(
		sql`SELECT DISTINCT idx::INTEGER AS idx FROM segment.list_matches ORDER BY idx`,
		signal
	);
	const { entries = 0, found = 0, twice = 0 } = counts ?? {};
	return {
		entries,
		found,
		twice,
		notFound: entries - found,
		examples: examples.map(({ text }) => text),
		rows: columns.get('idx') as Int32Array
	};
}

/**
 * What a list keeps of customers: the fingerprints of their ids, ascending.
 * @param rows `idx` of customers, such as those of a selection
 * @throws `segment.list-too-long`
 */
export async function membersOfRows(
	engine: Engine,
	rows: Int32Array,
	signal: AbortSignal
): Promise<string[]> {
	if (rows.length > MOST_LISTED)
		throw new AppError('segment.list-too-long', { found: rows.length, allowed: MOST_LISTED });
	if (rows.length === 0) return [];
	await engine.insert('segment', 'list_part', { idx: rows });
	const columns = await engine.columns(
		sql`
			SELECT DISTINCT ${memberFingerprint(sql`f.customer_id`)}::VARCHAR AS member
			FROM features.customers f WHERE f.idx IN (SELECT idx FROM segment.list_part) ORDER BY member`,
		signal
	);
	return [...(columns.get('member') as readonly string[])];
}
