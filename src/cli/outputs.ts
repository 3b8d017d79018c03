import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '#lib/engine/engine.ts';
import { blockingRules } from '#lib/pipeline/clean/repairs/blocking.ts';
import { describeAudience, type Audience, type Selection } from '#lib/pipeline/export/audience.ts';
import { segment } from '#lib/pipeline/export/destinations/segment.ts';
import { renderRecipeSql, uniqueFileNames } from '#lib/pipeline/export/recipe-sql.ts';
import { renderSegmentsCsv } from '#lib/pipeline/export/segments-csv.ts';
import { renderSetAsideCsv } from '#lib/pipeline/export/set-aside-csv.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { buildPassports, type MadePassports } from '#lib/recipe/passports-report.ts';
import { buildReport, type Report } from '#lib/recipe/report.ts';
import type { OrderFile } from './open-files.ts';
import { factsOf, ownFiles } from './own-segments.ts';
import { RUNNING, type Outcome } from './pipeline.ts';

/** What writing needs besides the outcome. */
export interface OutputContext {
	readonly engine: Engine;
	/** The files, in the order of the sources. */
	readonly files: readonly OrderFile[];
	/** Absolute path of the folder to write to. */
	readonly out: string;
	/** When the run began, as `performance.now()` told. */
	readonly startedMs: number;
	/** Files that are written beside the others. */
	readonly further: readonly (readonly [string, Content])[];
	readonly made: MadePassports & { readonly ms: number };
}

type Content = string | AsyncIterable<string> | ReadableStream<Uint8Array>;

/**
 * Writes the results of a run and gives the names of the files. Where a rule holds files of customers back, only those that
 * tell how the run went are written: the recipe, the script, the rows set aside, the passports, the report.
 */
export async function writeOutputs(context: OutputContext, outcome: Outcome): Promise<string[]> {
	const beforeMs = performance.now();
	const isBlocked = blockingRules(outcome.recipe.clean.repairs, outcome.clean.repairs).length > 0;
	const contents = new Map<string, Content>([
		...(isBlocked ? [] : customerTables(context, outcome)),
		setAsideTable(context, outcome),
		...preparedFiles(context, outcome),
		['passports.json', jsonText(buildPassports(outcome.features.asOf, context.made))],
		['recipe.json', jsonText(outcome.recipe)],
		['recipe.sql', await recipeSql(context, outcome)],
		...(isBlocked ? [] : context.further)
	]);
	await Promise.all(
		Array.from(contents, ([name, content]) => writeFile(join(context.out, name), content as string))
	);
	const nowMs = performance.now();
	const timingsMs = {
		...outcome.timingsMs,
		passports: context.made.ms,
		export: nowMs - beforeMs,
		total: nowMs - context.startedMs
	};
	const report = await reportOf(context, outcome, timingsMs);
	await writeFile(join(context.out, 'report.json'), jsonText(report));
	return [...contents.keys(), 'report.json'];
}

function customerTables({ engine, made }: OutputContext, outcome: Outcome): [string, Content][] {
	const read = { engine, signal: RUNNING };
	const { clean, features, clustering, recipe } = outcome;
	const { names } = recipe.segment;
	const audience = {
		...describeAudience(clean, features, clustering?.result ?? null, names, recipe.import.sources),
		grades: gradesOf(made)
	};
	return [
		['segments.csv', renderSegmentsCsv(read, audience)],
		...savedSegments(outcome).map((selection): [string, Content] => [
			segment.fileName(audience, selection),
			segment.render(read, audience, selection)
		]),
		...ownFiles(engine, audience, outcome)
	];
}

function gradesOf({ passports }: MadePassports): Audience['grades'] {
	return new Map(passports.map(({ segment: ref, grade }) => [ref, grade]));
}

function setAsideTable({ engine, files }: OutputContext, { recipe }: Outcome): [string, Content] {
	const sources = recipe.import.sources.map((source, i) => ({ source, blob: fileAt(files, i).file.blob }));
	return ['set_aside.csv', renderSetAsideCsv({ engine, signal: RUNNING }, sources)];
}

/** The saved queries that are segments and gave a result. */
function savedSegments({ recipe, queries }: Outcome): Extract<Selection, { kind: 'saved' }>[] {
	return recipe.queries
		.filter(
			({ id, use }) => use === 'segment' && queries.some((one) => one.id === id && one.problem === null)
		)
		.map(({ name, title }) => ({ kind: 'saved', name, title }));
}

/** The UTF-8 copies of the files that DuckDB cannot read as they are. */
function preparedFiles({ files }: OutputContext, outcome: Outcome): [string, Content][] {
	const names = scriptNames(files, outcome);
	return outcome.import.flatMap((loaded, i): [string, Content][] => {
		const copy = copyOf(loaded, fileAt(files, i));
		return copy ? [[nameAt(names, loaded.result.id), copy.stream()]] : [];
	});
}

/** What has to be written beside the script: a file that DuckDB cannot read as it is, or one inside an archive. */
function copyOf({ prepared }: Outcome['import'][number], { path, file }: OrderFile): Blob | null {
	return prepared ?? (path === null ? file.blob : null);
}

/** Two files of one name, from two folders, get copies of two names. */
function scriptNames(files: readonly OrderFile[], outcome: Outcome): Map<string, string> {
	return uniqueFileNames(
		outcome.import.map((loaded, i) => {
			const { id, fileName } = loaded.result;
			return { id, fileName, prepared: copyOf(loaded, fileAt(files, i)) !== null };
		})
	);
}

function nameAt(names: ReadonlyMap<string, string>, id: string): string {
	const name = names.get(id);
	if (name === undefined) throw new RangeError(`no file for source ${id}`);
	return name;
}

function recipeSql({ engine, files, out }: OutputContext, outcome: Outcome): Promise<string> {
	const { recipe, clean, features, clustering } = outcome;
	const names = scriptNames(files, outcome);
	// Absolute paths, so that the script runs from any folder.
	const fileNames = new Map(
		outcome.import.map(({ result: { id }, prepared }, i) => {
			const { path } = fileAt(files, i);
			return [id, prepared || path === null ? join(out, nameAt(names, id)) : path];
		})
	);
	return renderRecipeSql(
		{ engine, compute: localCompute, signal: RUNNING, onProgress: () => undefined },
		{
			recipe,
			sources: outcome.import.map(({ result }) => result),
			clean,
			features,
			clustering: clustering?.result ?? null,
			facts: factsOf(outcome),
			fileNames
		}
	);
}

async function reportOf(
	{ engine, made }: OutputContext,
	{ clean, features, rfm, clustering, recipe, own }: Outcome,
	timingsMs: Record<string, number>
): Promise<Report> {
	return buildReport({
		clean,
		features,
		rfm,
		clustering: clustering?.result ?? null,
		names: recipe.segment.names,
		ownParams: recipe.segment.own,
		own,
		grades: gradesOf(made),
		versions: { pomelo: pomeloVersion(), engine: await engine.version(), node: process.version },
		timingsMs: Object.fromEntries(Object.entries(timingsMs).map(([stage, ms]) => [stage, Math.round(ms)]))
	});
}

function pomeloVersion(): string {
	const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

function fileAt(files: readonly OrderFile[], i: number): OrderFile {
	const file = files[i];
	if (!file) throw new RangeError(`no file for source ${i + 1}`);
	return file;
}

function jsonText(value: unknown): string {
	return `${JSON.stringify(value, null, '\t')}\n`;
}
