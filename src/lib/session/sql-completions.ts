import type { CatalogTable, SqlVocabulary } from '#lib/pipeline/queries/catalog.ts';
import { sqlTokens, type SqlToken } from '#lib/engine/sql-tokens.ts';

/** Something that may stand where the cursor is. */
export interface SqlCompletion {
	/** As it is shown. */
	readonly label: string;
	/** As it is written: quoted where it must be. */
	readonly apply: string;
	readonly kind: 'column' | 'table' | 'schema' | 'function' | 'keyword' | 'type';
	/** Type of a column, parameters of a function, kind of a table. */
	readonly detail: string;
	/** What it is. */
	readonly info: string;
	/** Higher comes first among those that fit equally. */
	readonly boost: number;
}

/** What may stand at a place, and from where on it replaces what is written. */
export interface SqlCompletions {
	readonly from: number;
	readonly options: readonly SqlCompletion[];
}

/** A table that the text reads, and what it is called there. */
interface TableInText {
	readonly table: CatalogTable;
	readonly alias: string | null;
}

/** What comes first in the catalog comes first among those that fit equally. */
const LATER = 0.001;
const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/;
/** The words before the cursor that belong to one name: `files."orders.csv".Cus`. */
const NAME_BEFORE =
	/(?:(?:"(?:[^"]|"")*"|[\w$\u0080-\uFFFF]+)\s*\.\s*)*(?:"(?:[^"]|"")*|[\w$\u0080-\uFFFF]*)$/;
const TABLES_FOLLOW = new Set(['FROM', 'JOIN', 'TABLE', 'DESCRIBE', 'SUMMARIZE']);
const NO_ALIAS = new Set(
	`WHERE GROUP ORDER LIMIT JOIN LEFT RIGHT INNER OUTER FULL CROSS ASOF POSITIONAL ON USING UNION EXCEPT INTERSECT HAVING
	QUALIFY WINDOW SELECT OFFSET SEMI ANTI NATURAL LATERAL TABLESAMPLE FROM`.split(/\s+/)
);

/** A name as it is written in SQL: in quotes where it is no plain word, or a keyword. */
export function writtenName(name: string, keywords: readonly string[] = []): string {
	return PLAIN_NAME.test(name) && !keywords.includes(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A table as it is written in a query: `clean.orders`, `files."orders.csv"`. */
export function writtenTable({ schema, name }: Pick<CatalogTable, 'schema' | 'name'>): string {
	return `${schema}.${writtenName(name)}`;
}

/** What may stand at a place of a query: columns of the tables that it reads, tables, functions, keywords. */
export function completeSql(
	text: string,
	at: number,
	tables: readonly CatalogTable[],
	vocabulary: SqlVocabulary
): SqlCompletions {
	const name = NAME_BEFORE.exec(text.slice(0, at))?.[0] ?? '';
	const parts = partsOf(name);
	const last = parts.at(-1) ?? '';
	const from = at - last.length;
	const before = sqlTokens(text.slice(0, at - name.length)).tokens;
	const inText = tablesIn(sqlTokens(text).tokens, tables);
	const path = parts.slice(0, -1).map(bareName);
	if (path.length > 0) return { from, options: within(path, inText, tables, vocabulary) };
	if (TABLES_FOLLOW.has(before.at(-1)?.text ?? '')) {
		return { from, options: [...tableOptions(tables, 2), ...schemaOptions(tables)] };
	}
	const columns = inText.flatMap(({ table }) => columnOptions(table, vocabulary, 3));
	return {
		from,
		options: distinct([
			...columns,
			...aliasOptions(inText),
			...tableOptions(tables, 0),
			...functionOptions(vocabulary),
			...vocabulary.keywords.map((word) => plain(word.toUpperCase(), 'keyword', 1)),
			...vocabulary.types.map((word) => plain(word.toUpperCase(), 'type', -1))
		])
	};
}

/** What stands behind a dot: the tables of a schema, or the columns of a table. */
function within(
	path: readonly string[],
	inText: readonly TableInText[],
	tables: readonly CatalogTable[],
	vocabulary: SqlVocabulary
): SqlCompletion[] {
	const [schema, name] = path;
	const sameName = (a: string | null, b: string | undefined) => a?.toLowerCase() === b?.toLowerCase();
	if (path.length === 2) {
		const table = tables.find((each) => sameName(each.schema, schema) && sameName(each.name, name));
		return table ? columnOptions(table, vocabulary, 0) : [];
	}
	const aliased =
		inText.find(({ alias }) => sameName(alias, schema)) ??
		inText.find(({ table, alias }) => alias === null && sameName(table.name, schema));
	if (aliased) return columnOptions(aliased.table, vocabulary, 0);
	return tables
		.filter((table) => sameName(table.schema, schema))
		.map((table, i) => ({
			...tableOption(table, -i * LATER),
			label: table.name,
			apply: writtenName(table.name)
		}));
}

/** The tables behind FROM and JOIN, and after commas there, with their aliases. */
function tablesIn(tokens: readonly SqlToken[], tables: readonly CatalogTable[]): TableInText[] {
	return tokens.flatMap((token, i) => {
		if (token.kind !== 'word' && token.kind !== 'name') return [];
		const previous = tokens[i - 1];
		if (previous && !TABLES_FOLLOW.has(previous.text) && previous.text !== ',') return [];
		const isQualified = tokens[i + 1]?.text === '.';
		const [schema, name] = isQualified ? [token, tokens[i + 2]] : [null, token];
		const table = tables.find(
			(each) =>
				same(each.name, name?.text) &&
				(schema === null ? each.schema !== 'files' : same(each.schema, schema.text))
		);
		return table ? [{ table, alias: aliasAt(tokens, i + (isQualified ? 3 : 1)) }] : [];
	});
}

function aliasAt(tokens: readonly SqlToken[], at: number): string | null {
	const token = tokens[at]?.text === 'AS' ? tokens[at + 1] : tokens[at];
	if (token?.kind === 'name') return token.text;
	return token?.kind === 'word' && !NO_ALIAS.has(token.text) ? token.text.toLowerCase() : null;
}

function same(a: string, b: string | undefined): boolean {
	return a.toLowerCase() === b?.toLowerCase();
}

/** `files."a.b".c` → `files`, `"a.b"`, `c`. */
function partsOf(name: string): string[] {
	const parts = [''];
	let quoted = false;
	for (const character of name) {
		if (character === '"') quoted = !quoted;
		if (character === '.' && !quoted) parts.push('');
		else parts[parts.length - 1] += character;
	}
	return parts.map((part) => part.trim());
}

function bareName(part: string): string {
	return part.startsWith('"') ? part.replace(/^"|"$/g, '').replaceAll('""', '"') : part;
}

function columnOptions(table: CatalogTable, { keywords }: SqlVocabulary, boost: number): SqlCompletion[] {
	return table.columns.map(({ name, type, words }, i) => ({
		label: name,
		apply: writtenName(name, keywords),
		kind: 'column',
		detail: type.toLowerCase(),
		info: [words, `${table.schema}.${table.name}`].filter(Boolean).join('. In '),
		boost: boost - i * LATER
	}));
}

function tableOption(table: CatalogTable, boost: number): SqlCompletion {
	const written = writtenTable(table);
	return { label: written, apply: written, kind: 'table', detail: '', info: table.words, boost };
}

function tableOptions(tables: readonly CatalogTable[], boost: number): SqlCompletion[] {
	return tables.map((table, i) => tableOption(table, boost - i * LATER));
}

function schemaOptions(tables: readonly CatalogTable[]): SqlCompletion[] {
	return [...new Set(tables.map(({ schema }) => schema))].map((schema) => plain(schema, 'schema', 0));
}

function aliasOptions(inText: readonly TableInText[]): SqlCompletion[] {
	return inText.flatMap(({ table, alias }) =>
		alias === null
			? []
			: [{ ...plain(alias, 'table', 2), apply: writtenName(alias), info: `${table.schema}.${table.name}` }]
	);
}

function functionOptions({ functions }: SqlVocabulary): SqlCompletion[] {
	return functions.map(({ name, type, parameters, words }) => ({
		label: name,
		apply: name,
		kind: 'function',
		detail: `(${parameters})${type === 'scalar' ? '' : `, ${type}`}`,
		info: words,
		boost: -1
	}));
}

function plain(word: string, kind: SqlCompletion['kind'], boost: number): SqlCompletion {
	return { label: word, apply: word, kind, detail: '', info: '', boost };
}

/** The first of those that are the same word of the same kind. */
function distinct(options: readonly SqlCompletion[]): SqlCompletion[] {
	return [
		...new Map(options.toReversed().map((option) => [`${option.kind} ${option.label}`, option])).values()
	].reverse();
}
