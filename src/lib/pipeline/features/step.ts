import { addDays } from '#lib/core/days.ts';
import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { KIND_WORDS } from '#lib/pipeline/import/roles.ts';
import type { OwnFeatures } from '#lib/pipeline/queries/schema.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { FeatureDefinition } from './definitions/definition.ts';
import { DEFINITIONS } from './definitions/index.ts';
import {
	countCustomers,
	countMissing,
	countOrders,
	createFeatures,
	featureColumns,
	hasItems,
	selectFeatures
} from './features.sql.ts';
import type { FeatureParams, FeatureResult, FeatureSummary } from './schema.ts';

/**
 * Makes `features.customers` from `clean.orders`, as known at the start of the as-of day.
 * @throws `features.no-orders` when no file holds orders; `features.no-customers` when nobody had ordered before that day
 */
export async function runFeatures(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	params: FeatureParams,
	clean: CleanResult,
	own: readonly OwnFeatures[] = []
): Promise<FeatureResult> {
	const { firstOrder, lastOrder } = clean;
	requireOrders(clean);
	const asOf = params.asOf ?? (lastOrder === null ? null : addDays(lastOrder, 1));
	if (asOf === null) throw new AppError('features.no-customers', { asOf: '', firstOrder });
	onProgress({ what: 'Describing customers', share: 0 });
	const missing = await missingRoles(engine, clean, signal);
	const available = DEFINITIONS.filter((definition) => needsOf(definition, missing).length === 0);
	await engine.exec(createFeatures(available, asOf, own), signal);
	const [orders] = await engine.rows<{ orders: number; ordersAfter: number }>(countOrders(asOf), signal);
	const [people] = await engine.rows<{ customers: number; revenue: number | null }>(
		countCustomers(clean.hasAmount),
		signal
	);
	if (!orders || !people || people.customers === 0) {
		throw new AppError('features.no-customers', { asOf, firstOrder });
	}
	onProgress({ what: 'Described customers', share: 1 });
	const features = DEFINITIONS.map((definition) => ({
		id: definition.id,
		label: definition.label,
		available: available.includes(definition),
		needs: needsOf(definition, missing),
		complete: definition.complete,
		isOwn: false
	}));
	return {
		asOf,
		...people,
		...orders,
		features: [...features, ...(await ownSummaries(engine, own, signal))]
	};
}

/** What the user should know about a result that came out fine. */
export function featureNotices({ ordersAfter, asOf }: FeatureResult): Notice[] {
	return ordersAfter > 0 ? [notice('features.orders-after-as-of', { orders: ordersAfter, asOf })] : [];
}

/**
 * Features of all customers as a matrix: rows in the order of `idx`, columns in the order asked; a value that a
 * customer does not have is NaN.
 * @throws `features.unavailable` when the files lack what a feature needs
 */
export async function featureMatrix(
	engine: Engine,
	features: readonly string[],
	signal: AbortSignal
): Promise<Matrix> {
	const found = await engine.rows<{ name: string }>(featureColumns(), signal);
	const known = new Set(found.map(({ name }) => name));
	for (const feature of features) {
		if (known.has(feature)) continue;
		const needs = DEFINITIONS.find(({ id }) => id === feature)?.needs ?? [];
		throw new AppError('features.unavailable', { feature, needs });
	}
	if (features.length === 0) return fromColumns([]);
	const columns = await engine.columns(selectFeatures(features), signal);
	return fromColumns([...columns.values()] as Float64Array[]);
}

async function ownSummaries(
	engine: Engine,
	own: readonly OwnFeatures[],
	signal: AbortSignal
): Promise<FeatureSummary[]> {
	const found = own.flatMap(({ features }) => features);
	if (found.length === 0) return [];
	const ids = found.map(({ id }) => id);
	const [missing] = await engine.rows<Record<string, number>>(countMissing(ids), signal);
	return found.map(({ id, label }, i) => ({
		id,
		label,
		available: true,
		needs: [],
		complete: missing?.[`n${i}`] === 0,
		isOwn: true
	}));
}

function requireOrders({ sources }: CleanResult): void {
	if (sources.some(({ kind }) => kind === 'orders')) return;
	const kinds = new Set(sources.map(({ kind }) => KIND_WORDS[kind].label.toLowerCase()));
	throw new AppError('features.no-orders', { kinds: [...kinds] });
}

async function missingRoles(engine: Engine, clean: CleanResult, signal: AbortSignal): Promise<Set<Role>> {
	const [items] = await engine.rows<{ hasItems: boolean }>(hasItems(), signal);
	const missing = new Set<Role>();
	if (!clean.hasAmount) missing.add('amount');
	if (!items?.hasItems) missing.add('quantity');
	return missing;
}

function needsOf({ needs }: FeatureDefinition, missing: ReadonlySet<Role>): Role[] {
	return needs.filter((role) => missing.has(role));
}
