import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { SessionSettings } from '#lib/pipeline/clean/schema.ts';
import { applyMappingOption, requireRoles } from '#lib/pipeline/import/mapping.ts';
import { rolesOf } from '#lib/pipeline/import/roles.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { emptyRecipe, parseRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { planClustering } from './plan-clustering.ts';
import { placeTables } from './newer.ts';
import { reasonOf } from './open-files.ts';
import type { Table } from './open-tables.ts';
import type { Options } from './options.ts';

/**
 * The recipe that the options ask for on these files: a stored one or the defaults, with what the options override.
 * Source `s<i>` is file i. Date orders that no sample could settle are still null.
 * @throws `usage`, `recipe.*`, and what inspecting and mapping a file throws
 */
export async function planRecipe(
	options: Options,
	tables: readonly Table[],
	folder: string
): Promise<Recipe> {
	const stored = options.recipe === null ? null : await readRecipe(resolve(folder, options.recipe));
	const base = stored ?? emptyRecipe(nameOf(tables));
	const sources: SourceParams[] = [];
	const found = await placeTables(tables);
	// Who says what the columns of orders are has orders, whatever the files look like.
	const isToBeOrders =
		options.mapping !== null && tables.every(({ inspection }) => inspection.source.kind !== 'orders');
	for (const file of found) {
		const proposed = asOrders(file, isToBeOrders);
		sources.push(withOptions(stored ? replay(stored, proposed, sources, tables.length) : proposed, options));
	}
	return {
		...base,
		import: { sources: stored ? asExportedBefore(stored, sources, options) : sources },
		clean: { ...base.clean, settings: { ...base.clean.settings, ...settingsOf(options) } },
		features: { ...base.features, asOf: options.asOf ?? base.features.asOf },
		segment: { ...base.segment, clustering: planClustering(base.segment.clustering, options) }
	};
}

/** On as many files as the recipe knows, which of them is a newer export is what the recipe says. */
function asExportedBefore(
	recipe: Recipe,
	files: readonly SourceParams[],
	{ newer }: Options
): SourceParams[] {
	const { sources } = recipe.import;
	if (newer.length > 0 || sources.length !== files.length) return [...files];
	return files.map((file, i) => {
		const stored = sources[i] as SourceParams;
		const first = sources.findIndex(({ id }) => id === stored.series);
		return { ...file, series: files[first]?.id ?? file.id, version: stored.version };
	});
}

/** A file that no platform claims, as a list of orders. */
function asOrders(source: SourceParams, isToBeOrders: boolean): SourceParams {
	if (!isToBeOrders || source.platform !== null) return source;
	const mapping = Object.fromEntries(
		Object.entries(source.mapping).filter(([role]) => rolesOf('orders').includes(role as Role))
	);
	return { ...source, kind: 'orders', mapping };
}

function withOptions(source: SourceParams, { mapping, dateOrder, decimalMark }: Options): SourceParams {
	// What was asked for speaks of orders; other files are told by their own header.
	if (source.kind !== 'orders') return source;
	const mapped = mapping === null ? source : applyMappingOption(source, mapping);
	requireRoles(mapped);
	const { reading } = mapped;
	return {
		...mapped,
		reading: {
			...reading,
			dateOrder: dateOrder ?? reading.dateOrder,
			decimalMark: decimalMark ?? reading.decimalMark
		}
	};
}

function settingsOf({ currency, timeZone }: Options): Partial<SessionSettings> {
	return { ...(currency === null ? {} : { currency }), ...(timeZone === null ? {} : { timeZone }) };
}

/**
 * A file read as the recipe says: the stored source with the same header, else the one at the same place.
 * How the bytes are read comes from the file at hand; what the columns mean comes from the recipe.
 */
function replay(
	recipe: Recipe,
	file: SourceParams,
	earlier: readonly SourceParams[],
	fileCount: number
): SourceParams {
	const { sources } = recipe.import;
	const alike = sources.filter((source) => sameColumns(source, file));
	const used = earlier.filter((source) => sameColumns(source, file)).length;
	const byPlace = sources.length === fileCount ? sources[earlier.length] : undefined;
	const stored = alike[used] ?? alike[0] ?? byPlace ?? (sources.length === 1 ? sources[0] : undefined);
	if (!stored) {
		const problem = `The recipe knows ${sources.length} files and ${fileCount} were named, and none of its files has the columns of ${file.fileName}: ${file.columns.join(', ')}.`;
		throw new AppError('usage', { problem });
	}
	requireColumns(stored, file);
	return {
		...file,
		kind: stored.kind,
		platform: stored.platform,
		mapping: stored.mapping,
		constants: stored.constants,
		reading: stored.reading,
		withheld: stored.withheld,
		idSystem: stored.idSystem,
		notes: stored.notes
	};
}

function sameColumns(a: SourceParams, b: SourceParams): boolean {
	return a.columns.length === b.columns.length && a.columns.every((column, i) => column === b.columns[i]);
}

function requireColumns(stored: SourceParams, { fileName, columns }: SourceParams): void {
	for (const [role, wanted] of Object.entries(stored.mapping) as [Role, string][]) {
		if (!columns.includes(wanted)) {
			throw new AppError('import.column-missing', { fileName, role, wanted, columns });
		}
	}
}

async function readRecipe(path: string): Promise<Recipe> {
	try {
		return parseRecipe(JSON.parse(await readFile(path, 'utf8')));
	} catch (error) {
		if (error instanceof AppError) throw error;
		if (error instanceof SyntaxError) {
			throw new AppError('recipe.invalid', { issues: [`${path} is not JSON`] }, { cause: error });
		}
		throw new AppError(
			'import.unreadable-file',
			{ fileName: path, reason: reasonOf(error) },
			{ cause: error }
		);
	}
}

/** A name for a new recipe: the first file's, without its endings. */
function nameOf(tables: readonly Table[]): string {
	const [first] = tables;
	const name = basename(first?.file.name ?? '').replace(/(\.[a-z0-9]{1,4})+$/i, '');
	return (name === '' ? 'Customer segments' : name).slice(0, 120);
}
