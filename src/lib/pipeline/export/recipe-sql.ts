import { SCHEMAS } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { CleanParams, CleanResult } from '../clean/schema.ts';
import { runDetails } from '../clean/details.ts';
import type { Repair } from '../clean/repairs/schema.ts';
import { repairSentence, repairSources, runClean, UNCUT } from '../clean/step.ts';
import type { FeatureParams, FeatureResult } from '../features/schema.ts';
import { LIBRARY, runFeatures, runLibrary } from '../features/step.ts';
import { readCsvSql } from '../import/load.ts';
import {
	rawColumn,
	rawTable,
	type ImportParams,
	type SourceParams,
	type SourceResult
} from '../import/schema.ts';
import { ownFeatures, type OwnFeatures, type SavedQuery } from '../queries/schema.ts';
import { runQueries } from '../queries/step.ts';
import type { OwnSegment } from '../segment/own/schema.ts';
import { featuresOf, runOwn, scopeOfToday, type RuleFacts } from '../segment/own/step.ts';
import { schemeOf } from '../segment/rfm/schemes/index.ts';
import { runRfm } from '../segment/rfm/step.ts';
import type { ClusteringResult, SegmentParams } from '../segment/schema.ts';
import type { StepContext } from '../step.ts';
import { assignClusters } from './assign-clusters.sql.ts';
import { audienceTables, describeAudience, selectList } from './audience.ts';
import { createScriptEngine, type ScriptEngine } from './script-engine.ts';
import { segmentsColumns, withoutContacts } from './segments-csv.ts';

/** What a script is made of: the recipe and the results of its run, whose tables are in the engine. */
export interface ScriptInput {
	readonly recipe: {
		readonly name: string;
		readonly import: ImportParams;
		readonly clean: CleanParams;
		readonly queries: readonly SavedQuery[];
		readonly features: FeatureParams;
		readonly segment: SegmentParams;
	};
	readonly sources: readonly SourceResult[];
	readonly clean: CleanResult;
	readonly features: FeatureResult;
	/** Null when there are too few customers for clusters. */
	readonly clustering: ClusteringResult | null;
	/** What the user's own segments are asked of; null where they have not been asked. */
	readonly facts: RuleFacts | null;
	/** The file that the script reads for each source id: by the names of `uniqueFileNames`, or by paths. */
	readonly fileNames: ReadonlyMap<string, string>;
}

type ScriptContext = Omit<StepContext, 'engine'> & { readonly engine: ScriptEngine };

/**
 * A recipe as a SQL script for plain DuckDB 1.4, without extensions: it reads the files, runs the statements of every
 * step, and ends with the table `segments`, which has the columns and rows of `segments.csv`. RFM cut points, scaling
 * and cluster centres stand in it as they were found, so other files of the same layout are judged by the same measures.
 */
export async function renderRecipeSql(context: StepContext, input: ScriptInput): Promise<string> {
	const script: ScriptContext = { ...context, engine: createScriptEngine(context.engine) };
	const { recipe, clean, features } = input;
	const parts = [heading(input), section('Files', importSection(input))];
	const take = (title: string, comments: readonly string[]) =>
		parts.push(section(title, [...comments.map(comment), ...script.engine.takeStatements()]));

	// The script loads every column of every file, whatever its size, and has a disk.
	const sources = input.sources.map((source) => ({ ...source, loadedColumns: null }));
	// The steps look at no other columns than they did, which are those that the engine has.
	const repairs = await repairSources(script, recipe.import, recipe.clean, input.sources, UNCUT);
	take('Clean-up: the steps, each on what the ones before it left', steps(recipe.clean.repairs, clean));
	await runClean(script, recipe.import, recipe.clean, sources, UNCUT, repairs);
	take('Cleaning: every row is loaded, or set aside with the first reason that fits', operations(clean));
	const own = await scriptQueries(script, recipe, clean, sources);
	take('Saved queries', []);
	const params = { ...recipe.features, asOf: features.asOf };
	const { features: numbers, categories } = recipe.segment.clustering;
	await runFeatures(script, params, clean, own, [...numbers, ...categories]);
	take(`Features: one row per customer, as known at the start of ${features.asOf}`, []);
	await runRfm(script, recipe.segment.rfm, features);
	const { levels, lines } = schemeOf(recipe.segment.rfm.scheme);
	take(`RFM: a score from 1 to ${levels} each for recency, frequency and money, and the group they make`, [
		lines === 'ranks'
			? 'The scores are shares of equal size; ties go by the order of customer ids.'
			: 'The cut points between the scores stand here as they were found.'
	]);
	parts.push(section('Natural segments: the nearest centre', clusterSection(input)));
	if (input.facts) {
		await scriptOwnSegments(script, input, input.facts);
		take('Your segments: who is in each, in segment.own', ownSegments(recipe.segment));
	}
	parts.push(section('Result: the rows of segments.csv', resultSection(input)));
	return parts.join('\n');
}

/** What saved queries read and make, where there are any. */
async function scriptQueries(
	script: ScriptContext,
	{ import: importParams, clean: params, queries }: ScriptInput['recipe'],
	clean: CleanResult,
	sources: readonly SourceResult[]
): Promise<OwnFeatures[]> {
	if (queries.length === 0) return [];
	await runDetails(script, importParams, params, clean, sources, UNCUT);
	const read = importParams.sources.filter(({ kind }) => kind !== 'report');
	return ownFeatures(queries, await runQueries(script, queries, read, clean, []));
}

/** The user's own segments with what they read, where there are any. */
async function scriptOwnSegments(
	script: ScriptContext,
	{ recipe, clean, features, sources }: ScriptInput,
	facts: RuleFacts
): Promise<void> {
	const { segments } = facts.params.own;
	if (segments.length === 0) return;
	const hasDetails = recipe.queries.length > 0;
	if (!hasDetails) await runDetails(script, recipe.import, recipe.clean, clean, sources, UNCUT);
	if (segments.some((segment) => readsLibrary(segment, facts)))
		await runLibrary(script, { ...recipe.features, asOf: features.asOf }, features);
	await runOwn(script, facts);
}

/** The library is long; most rules do without. */
function readsLibrary(segment: OwnSegment, facts: RuleFacts): boolean {
	const library = LIBRARY.join('.');
	if (segment.kind === 'sql') return segment.sql.toLowerCase().includes(library);
	if (segment.kind === 'list') return false;
	const known = scopeOfToday(facts).features;
	return featuresOf(segment.rule).some((feature) => known.get(feature)?.table?.join('.') === library);
}

function ownSegments({ own }: SegmentParams): string[] {
	return own.segments.map(({ id: segment, name, kind }) => `  ${segment}: ${name} (${kind})`);
}

/** The name of the UTF-8 copy of a source, for files that DuckDB cannot read as they are: `orders.utf8.csv`. */
export function preparedFileName(fileName: string): string {
	return `${fileName.replace(/\.gz$/i, '').replace(/\.[a-z0-9]{1,4}$/i, '')}.utf8.csv`;
}

/** A source as far as its file's name goes. `prepared`: DuckDB reads a UTF-8 copy instead of the file itself. */
export interface NamedSource {
	readonly id: string;
	readonly fileName: string;
	readonly prepared: boolean;
}

/**
 * The name of the file that a script reads for each source id, each name once, also where letter case does not count.
 * The first of several files with one name keeps it; further ones become `orders (2).csv`. A prepared source has the name
 * of its copy, which is never that of a file at hand. A file whose name differs from `fileName` has to be saved under it.
 */
export function uniqueFileNames(sources: readonly NamedSource[]): Map<string, string> {
	const taken = new Set(sources.map(({ fileName }) => nameKey(fileName)));
	const kept = new Set<string>();
	return new Map(
		sources.map(({ id: sourceId, fileName, prepared }) => {
			const key = nameKey(fileName);
			if (!prepared && !kept.has(key)) {
				kept.add(key);
				return [sourceId, fileName];
			}
			const name = freeName(prepared ? preparedFileName(fileName) : fileName, taken);
			taken.add(nameKey(name));
			return [sourceId, name];
		})
	);
}

/** The name, or the name with the lowest number from 2 that is free. */
function freeName(name: string, taken: ReadonlySet<string>): string {
	const [ending] = /(?:\.utf8)?(?:\.[a-z0-9]{1,4})?(?:\.gz)?$/i.exec(name) ?? [''];
	const stem = name.slice(0, name.length - ending.length);
	let free = name;
	for (let number = 2; taken.has(nameKey(free)); number += 1) free = `${stem} (${number})${ending}`;
	return free;
}

/** Equal for names that some file system takes for one. */
function nameKey(name: string): string {
	return name.normalize('NFC').toLowerCase();
}

function heading({ recipe, clean, features }: ScriptInput): string {
	return [
		comment(`Recipe: ${recipe.name}`),
		comment('Written by Pomelo for DuckDB 1.4. Run it with: duckdb < recipe.sql'),
		comment(`${clean.rowsRead} rows read = ${clean.rowsLoaded} loaded + ${clean.rowsSetAside} set aside.`),
		comment(`${features.customers} customers with an order before ${features.asOf}.`),
		'',
		...SCHEMAS.map((schema) => statement(sql`CREATE SCHEMA IF NOT EXISTS ${id(schema)}`))
	].join('\n');
}

function importSection({ recipe, sources, fileNames }: ScriptInput): (Sql | string)[] {
	return recipe.import.sources.flatMap((source) => {
		const fileName = fileNames.get(source.id);
		if (fileName === undefined) throw new RangeError(`no file for source ${source.id}`);
		const unreadable = sources.find((result) => result.id === source.id)?.unreadable ?? [];
		const left = unreadable.map(({ record }) => record).sort((a, b) => a - b);
		const leftOut =
			left.length === 0 ? [] : [comment(`Left out of it as unreadable: ${left.length} records.`)];
		return [...meanings(source), ...leftOut, loadSql(source, fileName, left)];
	});
}

function loadSql(source: SourceParams, fileName: string, left: readonly number[]): Sql {
	const columns = source.columns.map((_, i) => id(rawColumn(i)));
	const numbered = [...columns, as(recordNumber(left), 'row')];
	return sql`CREATE OR REPLACE TABLE ${id(...rawTable(source.id))} AS
SELECT ${join(numbered, ', ')}
FROM ${readCsvSql(source, fileName)}`;
}

/** More gaps than this are not told: the records behind them then count on without them. */
const MOST_GAPS = 1000;

/** INTEGER: the number of a record in the file it came from, which has the records that were left out, too. */
function recordNumber(left: readonly number[]): Sql {
	const place = sql`row_number() OVER ()`;
	if (left.length === 0 || left.length > MOST_GAPS) return sql`${place}::INTEGER`;
	// The i-th record that was left out stands before all those from this place on.
	const starts = left.map((record, i) => sql`${record - i}`);
	return sql`list_transform([${place}], lambda p: p + len(list_filter([${join(starts, ', ')}], lambda g: g <= p)))[1]::INTEGER`;
}

/** What the columns of a source are called and mean. */
function meanings({ id: sourceId, fileName, columns, mapping }: SourceParams): string[] {
	const roles = new Map(Object.entries(mapping).map(([role, column]) => [column, role]));
	const lines = columns.map((column, i) => {
		const role = roles.get(column);
		return `  ${rawColumn(i)}: ${column}${role === undefined ? '' : ` (${role})`}`;
	});
	return [`${sourceId} is ${fileName}. Its columns:`, ...lines].map(comment);
}

/** What each step of the clean-up did, in order. */
function steps(repairs: readonly Repair[], { repairs: results }: CleanResult): string[] {
	return repairs.map((repair) => {
		const result = results.find((each) => each.id === repair.id);
		const total = (count: 'rowsChanged' | 'rowsSetAside') =>
			(result?.sources ?? []).reduce((sum, source) => sum + source[count], 0);
		const did =
			result?.state === 'done'
				? `changes ${total('rowsChanged')} rows, sets ${total('rowsSetAside')} aside`
				: result?.state === 'off'
					? 'switched off'
					: 'no file has its columns';
		return `  ${repair.id}: ${repairSentence(repair)}: ${did}`;
	});
}

/** What each operation did, in the order in which they run. */
function operations(clean: CleanResult): string[] {
	return clean.operations
		.filter(({ on, applies }) => on && applies)
		.map(({ id: operation, kind, matches, setAside }) =>
			kind === 'fix'
				? `  ${operation}: changes ${matches} rows`
				: `  ${operation}: sets ${setAside} rows aside`
		);
}

function clusterSection({ clustering }: ScriptInput): (Sql | string)[] {
	if (!clustering) return [comment('Too few different customers to look for segments.')];
	return [
		comment(
			`${clustering.clusterCount} segments by ${clustering.method} on ${clustering.features.join(', ')}.`
		),
		...(clustering.method === 'kmeans'
			? [comment('The scaling and the centres stand here as they were found.'), ...assignClusters(clustering)]
			: [
					comment(
						'Only k-means puts everyone at the nearest centre: who is in which segment of another method'
					),
					comment('does not follow from a table of numbers. segments.csv tells it; cluster is NULL here.'),
					withoutClusters()
				])
	];
}

/** Members whose cluster is not told. */
function withoutClusters(): Sql {
	return sql`CREATE OR REPLACE TABLE segment.members AS
SELECT idx, NULL::INTEGER AS cluster FROM features.customers ORDER BY idx`;
}

function resultSection({ recipe, clean, features, clustering }: ScriptInput): Sql[] {
	const audience = describeAudience(clean, features, clustering, recipe.segment.names);
	const columns = selectList(segmentsColumns(audience));
	const tables = audienceTables(withoutContacts(audience));
	return [
		sql`CREATE OR REPLACE TABLE segments AS
SELECT ${columns}
FROM ${tables}
ORDER BY f.idx`,
		sql`SELECT segments.*
FROM segments JOIN features.customers AS f ON f.customer_id = segments.customer_id
ORDER BY f.idx`
	];
}

function section(title: string, body: readonly (Sql | string)[]): string {
	const lines = body.map((part) => (typeof part === 'string' ? part : statement(part)));
	return ['', comment(title), '', ...lines].join('\n');
}

function statement({ text }: Sql): string {
	return `${text.trim()};\n`;
}

/** A comment line. Names of files and columns must not end it. */
function comment(text: string): string {
	return `-- ${text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
}
