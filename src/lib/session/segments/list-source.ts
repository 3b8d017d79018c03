import type { LoadContext } from '#lib/pipeline/import/load.ts';
import type { NamedBlob } from '#lib/pipeline/import/byte-source.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import { NO_NOTES, OWN_IDS, rawTable, type FoundSource } from '#lib/pipeline/import/schema.ts';
import { isKnownColumnName } from '#lib/pipeline/import/synonyms.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { readCatalog } from '#lib/pipeline/queries/catalog.ts';
import { resultColumn } from '#lib/pipeline/queries/column-kind.ts';
import { RESULT_TABLE } from '#lib/pipeline/queries/workspace.ts';
import {
	idsAmong,
	matchEntries,
	matchTable,
	membersOfRows,
	type ListMatch,
	type MatchOptions
} from '#lib/pipeline/segment/own/make-list.ts';
import { addSegment, nextSegmentId } from '#lib/recipe/own-edits.ts';
import type { Session } from '../session.svelte.ts';
import { workspaceOf } from '../sql-workspace.svelte.ts';

type Listing = Pick<Session, 'runner' | 'recipe'>;

/** The roles that name a person, the most telling first. */
const NAMING_ROLES = ['customer', 'email', 'phone'] as const;

/** A text longer than this is loaded as a table, not looked at line by line. */
const MOST_TEXT_BYTES = 20_000_000;

const MARKS = /[,;\t|]/;

/** The raw table of a file that is looked at as a list; no source of a recipe is called so. */
const LIST_FILE = 's0';

/** A table whose customers can be listed. */
export interface ListTable {
	/** `clean.orders`, or `result` for the result on the SQL screen. */
	readonly id: string;
	readonly label: string;
	/** A SELECT of `customer_id`. */
	readonly customers: Sql;
}

/**
 * Finds whom a pasted text names: ids, emails or phones, each on a line of its own or with commas, semicolons or tabs
 * between them, in quotes or not; or a table with a header. A line that is the id of a customer as it stands is one entry.
 */
export function matchText(session: Listing, text: string, signal: AbortSignal): Promise<ListMatch> {
	const lines = linesOf(text);
	return isTable(lines)
		? matchBlob(session, { name: 'pasted.csv', blob: new Blob([text]) }, signal)
		: matchLines(session, lines, signal);
}

/**
 * Finds whom a file names: a text with an id, email or phone a line, or any file that the app can open as a table.
 * @throws what looking at a file and loading it throw
 */
export async function matchFile(session: Listing, file: File, signal: AbortSignal): Promise<ListMatch> {
	const isText = /\.(txt|csv|tsv)$/i.test(file.name) && file.size <= MOST_TEXT_BYTES;
	const lines = isText ? linesOf(await file.text()) : [];
	return isText && !lines.slice(0, 20).some((line) => MARKS.test(line))
		? matchLines(session, lines, signal)
		: matchBlob(session, { name: file.name, blob: file }, signal);
}

/** The tables with a column of customer ids: those of files and of the clean-up, saved queries, and the last result. */
export async function listTables(session: Session, signal: AbortSignal): Promise<ListTable[]> {
	const tables = await readCatalog(session.runner.engine, signal);
	const withIds = tables
		.filter(({ columns }) => columns.some(({ name }) => name === 'customer_id'))
		.map(({ schema, name }) => ({
			id: `${schema}.${name}`,
			label: `${schema}.${name}`,
			customers: sql`SELECT customer_id FROM ${id(schema, name)}`
		}));
	const { result } = workspaceOf(session);
	const at = result?.columns.findIndex(({ name }) => name === 'customer_id') ?? -1;
	if (at === -1) return withIds;
	const customers = sql`SELECT ${id(resultColumn(at))} AS customer_id FROM ${id(...RESULT_TABLE)}`;
	return [{ id: 'result', label: 'The result on the SQL screen', customers }, ...withIds];
}

/** Finds the customers of a table, each once. */
export function matchTableOf(
	session: Listing,
	{ customers }: Pick<ListTable, 'customers'>,
	signal: AbortSignal
): Promise<ListMatch> {
	const texts = sql`
		SELECT row_number() OVER (ORDER BY text) AS n, 0 AS place, text
		FROM (SELECT DISTINCT customer_id::VARCHAR AS text FROM (${customers}))`;
	return matchTable(session.runner.engine, texts, optionsOf(session), signal);
}

/**
 * Keeps customers as a list, and gives its id.
 * @param rows their `idx`
 * @param origin where they came from, in words
 * @throws `segment.list-too-long`
 */
export async function saveList(
	session: Session,
	rows: Int32Array,
	{ name, origin }: { readonly name: string; readonly origin: string },
	signal: AbortSignal
): Promise<string> {
	const members = await membersOfRows(session.runner.engine, rows, signal);
	const { recipe, history } = session;
	const segment = nextSegmentId(recipe, [...history.past, ...history.future]);
	session.edit(addSegment(segment, { kind: 'list', name, members, origin: origin.slice(0, 200) }));
	return segment;
}

/** The lines of a text that hold anything; a name of a column above them is left out. */
export function linesOf(text: string): string[] {
	const lines = text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\r|\n/)
		.filter((line) => line.trim() !== '');
	const [name = '', ...others] = partsOf(lines[0] ?? '');
	const isNamed = lines.length > 1 && others.length === 0 && isKnownColumnName(name);
	return isNamed ? lines.slice(1) : lines;
}

/** The entries on a line, without the quotes and blanks around them; what stands in quotes is one entry. */
export function partsOf(line: string): string[] {
	const parts = line.match(/\s*"(?:[^"]|"")*"\s*(?=[,;\t]|$)|[^,;\t]+/g) ?? [];
	return parts.map(bareText).filter((part) => part !== '');
}

function bareText(text: string): string {
	const bare = text.trim();
	if (!/^(?:".*"|'.*'|[“„].*[“”])$/.test(bare)) return bare;
	return bare.slice(1, -1).replaceAll('""', '"').trim();
}

/** A table: its header names a column that is known, and every line is parted by what parts the header. */
export function isTable(lines: readonly string[]): boolean {
	const [first = '', ...others] = lines;
	const mark = MARKS.exec(first)?.[0];
	if (mark === undefined || others.length === 0 || !others.every((line) => line.includes(mark))) return false;
	return first.split(mark).some((name) => isKnownColumnName(bareText(name)));
}

/** Entries side by side on a line are as many, unless the whole line is the id of a customer. */
async function matchLines(
	session: Listing,
	lines: readonly string[],
	signal: AbortSignal
): Promise<ListMatch> {
	const { engine } = session.runner;
	const parted = lines.map((line) => ({ whole: bareText(line), parts: partsOf(line) }));
	const several = parted.flatMap(({ whole, parts }) => (parts.length > 1 ? [whole] : []));
	const ids = await idsAmong(engine, several, signal);
	const entries = parted.flatMap(({ whole, parts }) => (ids.has(whole) ? [whole] : parts));
	return matchEntries(
		engine,
		entries.map((text) => [text]),
		optionsOf(session),
		signal
	);
}

async function matchBlob(session: Listing, file: NamedBlob, signal: AbortSignal): Promise<ListMatch> {
	const { engine } = session.runner;
	const { source } = await inspectFile(file, { signal });
	const context: LoadContext = { engine, signal, onProgress: () => undefined };
	const params = {
		...source,
		id: LIST_FILE,
		idSystem: OWN_IDS,
		series: LIST_FILE,
		version: 1,
		notes: NO_NOTES
	};
	await loadSource(context, params, { blob: file.blob }, { plainBytes: Infinity });
	try {
		return await matchTable(engine, textsOf(source), optionsOf(session), signal);
	} finally {
		await engine.place('memory', ...rawTable(LIST_FILE));
	}
}

/** The texts of a loaded file that name people; of the first column where no column is known to. */
function textsOf({ columns, mapping }: FoundSource): Sql {
	const named = NAMING_ROLES.flatMap((role) => mapping[role] ?? []);
	const wanted = named.length > 0 ? [...new Set(named)] : columns.slice(0, 1);
	const table = id(...rawTable(LIST_FILE));
	const parts = wanted.map((column, place) => {
		const text = id(`c${columns.indexOf(column)}`);
		return sql`SELECT ${id('row')} AS n, ${place} AS place, ${text} AS text FROM ${table}`;
	});
	return join(parts, ' UNION ALL ');
}

function optionsOf({ recipe }: Listing): MatchOptions {
	return { phoneCountry: recipe.clean.identity.phoneCountry };
}
