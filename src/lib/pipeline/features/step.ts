import { addDays, type Day } from '#lib/core/days.ts';
import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { day } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { KIND_WORDS } from '#lib/pipeline/import/roles.ts';
import type { OwnFeatures } from '#lib/pipeline/queries/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { partsOf, usedBy, type FeatureDefinition } from './definitions/definition.ts';
import { CORE_FEATURES, DEFINITIONS } from './definitions/index.ts';
import {
	countCustomers,
	countMissing,
	countOrders,
	featureStatements,
	featureColumns,
	selectFeatures,
	type FeatureTable
} from './features.sql.ts';
import { FAMILIES, foundFeatures } from './families/index.ts';
import { missingNeeds, needWords, type Need } from './needs.ts';
import type { FeatureParams, FeatureResult, FeatureSummary, LibraryResult } from './schema.ts';

export { featureLabel } from './definitions/index.ts';

/** Where features stand: schema and name of a table. */
export type FeatureTableName = readonly [schema: string, name: string];

/** The table of the core features and those that the recipe compares. */
export const CUSTOMERS: FeatureTableName = ['features', 'customers'];
/** The table of all others. */
export const LIBRARY: FeatureTableName = ['features', 'library'];

type FeatureContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/**
 * Makes `features.customers` from the clean tables, as known at the start of the as-of day: the core features, and those
 * of `asked` that the files can tell.
 * @throws `features.no-orders` when no file holds orders; `features.no-customers` when nobody had ordered before that day
 */
export async function runFeatures(
	{ engine, signal, onProgress }: FeatureContext,
	params: FeatureParams,
	clean: CleanResult,
	own: readonly OwnFeatures[] = [],
	asked: readonly string[] = []
): Promise<FeatureResult> {
	const { firstOrder, lastOrder } = clean;
	requireOrders(clean);
	const asOf = params.asOf ?? (lastOrder === null ? null : addDays(lastOrder, 1));
	if (asOf === null) throw new AppError('features.no-customers', { asOf: '', firstOrder });
	onProgress({ what: 'Describing customers', share: 0 });
	const families = FAMILIES.filter(({ has }) => asked.some(has));
	const found = await foundFeatures(engine, { asOf: day(asOf), params }, asked, signal, families);
	const known = [...DEFINITIONS, ...found];
	const owned = new Set(own.flatMap(({ features: numbers }) => numbers.map(({ id }) => id)));
	const wanted = known.filter(
		({ id }) => (CORE_FEATURES.includes(id) || asked.includes(id)) && !owned.has(id)
	);
	const features = await buildFeatures(
		engine,
		{ table: CUSTOMERS, wanted, known, own, asOf, params },
		signal
	);
	const [orders] = await engine.rows<{ orders: number; ordersAfter: number }>(countOrders(asOf), signal);
	const [people] = await engine.rows<{ customers: number; revenue: number | null }>(
		countCustomers(features.some(({ id, available }) => id === 'monetary_total' && available)),
		signal
	);
	if (!orders || !people || people.customers === 0) {
		throw new AppError('features.no-customers', { asOf, firstOrder });
	}
	onProgress({ what: 'Described customers', share: 1 });
	return { asOf, ...people, ...orders, features };
}

/** Makes `features.library`: every feature that the files can tell and `features.customers` does not have. */
export async function runLibrary(
	{ engine, signal, onProgress }: FeatureContext,
	params: FeatureParams,
	{ asOf, features }: FeatureResult
): Promise<LibraryResult> {
	onProgress({ what: 'Describing customers further', share: 0 });
	const kept = features.map(({ id }) => id);
	const known = await knownDefinitions(engine, asOf, params, signal, kept);
	const wanted = known.filter(({ id }) => !kept.includes(id));
	const others = await buildFeatures(
		engine,
		{ table: LIBRARY, wanted, known, own: [], asOf, params },
		signal
	);
	onProgress({ what: 'Described customers further', share: 1 });
	const all = new Map([...features, ...others].map((feature) => [feature.id, feature]));
	const ordered = known.flatMap(({ id }) => all.get(id) ?? []);
	return { features: [...ordered, ...features.filter(({ isOwn }) => isOwn)] };
}

/** A request for a table of features. */
export interface BuildRequest {
	readonly table: FeatureTableName;
	/** What gets a column, where the files can tell it. */
	readonly wanted: readonly FeatureDefinition[];
	/** Every definition, as `knownDefinitions` gives them: some are made of others. */
	readonly known: readonly FeatureDefinition[];
	readonly own: readonly OwnFeatures[];
	readonly asOf: Day;
	readonly params: FeatureParams;
}

/**
 * Makes a table of features of any day. `row i` is the i-th customer who had ordered by then. The answer tells all that were
 * wanted, also what the files cannot tell, which have no column; then the numbers of saved queries.
 */
export async function buildFeatures(
	engine: Engine,
	{ table, wanted, known, own, asOf, params }: BuildRequest,
	signal: AbortSignal
): Promise<FeatureSummary[]> {
	const needsOf = (definition: FeatureDefinition): Need[] => [
		...new Set([...definition.needs, ...usedBy(definition, known).flatMap(({ needs }) => needs)])
	];
	const asked = new Set(wanted.flatMap(needsOf));
	const missing = await missingNeeds(engine, [...asked], { asOf: day(asOf), params }, signal);
	const lacks = (definition: FeatureDefinition) => needsOf(definition).filter((need) => missing.has(need));
	const definitions = wanted.filter((definition) => lacks(definition).length === 0);
	const parts = partsOf(definitions, known);
	await makeTable(engine, { table, definitions, parts, own, asOf, params }, signal);
	const gaps = await missingValues(engine, table, definitions, own, signal);
	return [
		...wanted.map((definition) => summaryOf(definition, lacks(definition), gaps, params)),
		...own.flatMap(({ features }) => features.map((feature) => ownSummary(feature, gaps)))
	];
}

/** What stands in between is dropped also when a statement fails or is cancelled, which is then what is told. */
async function makeTable(engine: Engine, made: FeatureTable, signal: AbortSignal): Promise<void> {
	const { make, drop } = featureStatements(made);
	try {
		for (const statement of make) await engine.exec(statement, signal);
	} finally {
		await Promise.allSettled(drop.map((statement) => engine.exec(statement)));
	}
}

/** The ids of the features that some customers have no value of; those that nobody can lack are not looked at. */
async function missingValues(
	engine: Engine,
	table: FeatureTableName,
	definitions: readonly FeatureDefinition[],
	own: readonly OwnFeatures[],
	signal: AbortSignal
): Promise<Set<string>> {
	const ids = [
		...definitions.filter(({ complete }) => !complete).map(({ id }) => id),
		...own.flatMap(({ features }) => features.map(({ id }) => id))
	];
	if (ids.length === 0) return new Set();
	const [missing] = await engine.rows<Record<string, number>>(countMissing(table, ids), signal);
	return new Set(ids.filter((_, i) => missing?.[`n${i}`] !== 0));
}

/**
 * Every feature there is for what was known at a day: those of the registry, and the families that are found in the data.
 * @param kept ids of found features that are there as long as the data has them, however many have more money
 */
export async function knownDefinitions(
	engine: Engine,
	asOf: Day,
	params: FeatureParams,
	signal: AbortSignal,
	kept: readonly string[] = []
): Promise<readonly FeatureDefinition[]> {
	return [...DEFINITIONS, ...(await foundFeatures(engine, { asOf: day(asOf), params }, kept, signal))];
}

/** What the user should know about a result that came out fine. */
export function featureNotices({ ordersAfter, asOf }: FeatureResult): Notice[] {
	return ordersAfter > 0 ? [notice('features.orders-after-as-of', { orders: ordersAfter, asOf })] : [];
}

/**
 * Features of all customers as a matrix: rows in the order of `idx`, columns in the order asked; a value that a
 * customer does not have is NaN.
 * @param tables where the columns may stand; all have the same rows
 * @throws `features.unavailable` when the files lack what a feature needs
 */
export async function featureMatrix(
	engine: Engine,
	features: readonly string[],
	signal: AbortSignal,
	tables: readonly FeatureTableName[] = [CUSTOMERS]
): Promise<Matrix> {
	if (features.length === 0) return fromColumns([]);
	const columns = new Map<string, Float64Array>();
	for (const table of tables) {
		const found = await engine.rows<{ name: string }>(featureColumns(table), signal);
		const here = features.filter((feature) => found.some(({ name }) => name === feature));
		const open = here.filter((feature) => !columns.has(feature));
		if (open.length === 0) continue;
		const values = await engine.columns(selectFeatures(table, open), signal);
		[...values.values()].forEach((column, i) => columns.set(open[i] as string, column as Float64Array));
	}
	return fromColumns(features.map((feature) => columns.get(feature) ?? unavailable(feature)));
}

function unavailable(feature: string): never {
	const needs = DEFINITIONS.find(({ id }) => id === feature)?.needs ?? [];
	throw new AppError('features.unavailable', { feature, needs: needs.map(needWords) });
}

function summaryOf(
	definition: FeatureDefinition,
	lacks: readonly Need[],
	gaps: ReadonlySet<string>,
	params: FeatureParams
): FeatureSummary {
	const { id, label, family, unit, kind, meaning, formula, caution, isSensitive, complete } = definition;
	return {
		id,
		label,
		family,
		unit,
		kind,
		meaning,
		formula: typeof formula === 'string' ? formula : formula(params),
		caution: caution ?? null,
		isSensitive: isSensitive ?? false,
		available: lacks.length === 0,
		needs: lacks.map(needWords),
		complete: complete || (lacks.length === 0 && !gaps.has(id)),
		isOwn: false
	};
}

function ownSummary(
	{ id, label }: OwnFeatures['features'][number],
	gaps: ReadonlySet<string>
): FeatureSummary {
	return {
		id,
		label,
		family: 'own',
		unit: 'number',
		kind: 'number',
		meaning: 'A number of a saved query.',
		formula: `saved query, column ${id}`,
		caution: null,
		isSensitive: false,
		available: true,
		needs: [],
		complete: !gaps.has(id),
		isOwn: true
	};
}

function requireOrders({ sources }: CleanResult): void {
	if (sources.some(({ kind }) => kind === 'orders')) return;
	const kinds = new Set(sources.map(({ kind }) => KIND_WORDS[kind].label.toLowerCase()));
	throw new AppError('features.no-orders', { kinds: [...kinds] });
}
