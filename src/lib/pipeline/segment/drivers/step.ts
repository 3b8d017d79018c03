import type { Day } from '#lib/core/days.ts';
import { columnOf, type Matrix } from '#lib/core/matrix.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureParams, FeatureResult, FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { buildFeatures, featureMatrix, knownDefinitions } from '#lib/pipeline/features/step.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { wilson } from '#lib/stats/wilson.ts';
import { describeDrivers } from './judge.ts';
import { lookBack, type History } from './look-back.ts';
import { DRIVERS, keepMessaged, selectLastSend, selectOutcomes } from './outcomes.sql.ts';
import {
	LEAST_EACH,
	MOST_ROWS,
	type DriversAnswer,
	type DriversLack,
	type Horizon,
	type LeftOut,
	type LookBack,
	type Outcome
} from './schema.ts';
import { meanOf } from './tenths.ts';

/** What is asked. */
export interface DriversRequest {
	readonly clean: CleanResult;
	readonly features: FeatureResult;
	readonly params: FeatureParams;
	readonly outcome: Outcome;
	/** Null: as long as the history allows. */
	readonly horizon: Horizon | null;
	readonly seed: number;
}

/**
 * Looks back to a past day and weighs what was known of each customer then against what they did afterwards. Makes
 * `features.drivers`; leaves every other table alone. Numbers of saved queries are of today, so they take no part.
 */
export async function findDrivers(context: StepContext, request: DriversRequest): Promise<DriversAnswer> {
	const { engine, compute, signal, onProgress } = context;
	const { outcome, params, seed } = request;
	const lacking = (lack: DriversLack): DriversAnswer => ({ kind: 'lacking', outcome, lack });
	if (outcome === 'value' && !request.clean.hasAmount) return lacking({ kind: 'amounts' });
	const history = await readHistory(engine, request, signal);
	if (history === null || (outcome === 'response' && history.lastSend === null))
		return lacking({ kind: 'sends' });
	const back = lookBack(history, outcome, request.horizon);
	if ('kind' in back) return lacking(back);
	onProgress({ what: 'Describing customers as they were', share: null });
	const { features: known, texts } = await describePast(engine, back, params, signal);
	const usable = known.filter(({ available }) => available);
	const ids = usable.map(({ id }) => id);
	const data = await featureMatrix(engine, ids, signal, [DRIVERS]);
	const told = await readOutcome(engine, back, signal);
	const few = tooFew(told);
	if (few !== null) return lacking(few);
	const differing = usable.filter((_, c) => differs(columnOf(data, c)));
	if (differing.length === 0) return lacking({ kind: 'features' });
	const found = await compute.importance(
		{ data: pickColumns(data, differing, usable), ...told, mostRows: MOST_ROWS, seed },
		signal,
		onProgress
	);
	const rows = Int32Array.from(told.shown, (_, i) => i);
	return {
		kind: 'found',
		...back,
		customers: told.shown.length,
		withOutcome: countWith(told.shown),
		base: told.isBinary ? wilson(countWith(told.shown), told.shown.length) : meanOf(told.shown, rows),
		weighed: found.rows,
		judged: found.judged,
		isBinary: told.isBinary,
		skill: found.skill,
		probe: found.probe,
		leftOut: [...leftOut(known, usable, differing, request.features), ...texts],
		...describeDrivers(differing, found, new Set(Object.keys(params.sensitive)))
	};
}

async function readHistory(
	engine: Engine,
	{ clean: { firstOrder, lastOrder }, features: { asOf }, outcome }: DriversRequest,
	signal: AbortSignal
): Promise<History | null> {
	if (firstOrder === null || lastOrder === null) return null;
	if (outcome !== 'response') return { firstOrder, lastOrder, asOf, lastSend: null };
	const [row] = await engine.rows<{ lastSend: Day | null }>(selectLastSend(asOf), signal);
	return { firstOrder, lastOrder, asOf, lastSend: row?.lastSend ?? null };
}

/** Makes `features.drivers`: every feature of numbers as known at the start of the day. Texts take no part. */
export async function describePast(
	engine: Engine,
	back: LookBack,
	params: FeatureParams,
	signal: AbortSignal
): Promise<{ features: FeatureSummary[]; texts: LeftOut[] }> {
	const known = await knownDefinitions(engine, back.day, params, signal);
	const wanted = known.filter(({ kind }) => kind === 'number');
	const request = { table: DRIVERS, wanted, known, own: [], asOf: back.day, params };
	const features = await buildFeatures(engine, request, signal);
	if (back.outcome === 'response') await engine.exec(keepMessaged(back), signal);
	const texts = known.flatMap(({ id, label, kind }): LeftOut[] =>
		kind === 'text' ? [{ id, label, why: 'text', needs: [] }] : []
	);
	return { features, texts };
}

/** The outcome as it is weighed and as it is shown. */
interface Told {
	readonly outcome: Float64Array;
	readonly shown: Float64Array;
	readonly isBinary: boolean;
}

/** Money is weighed on a log scale, since few customers spend very much; what comes back is not less than nothing. */
async function readOutcome(engine: Engine, back: LookBack, signal: AbortSignal): Promise<Told> {
	const columns = await engine.columns(selectOutcomes(back), signal);
	const name = { repeat: 'bought', value: 'spent', response: 'clicked' }[back.outcome];
	const shown = columns.get(name) as Float64Array;
	const isBinary = back.outcome !== 'value';
	return {
		outcome: isBinary ? shown : shown.map((money) => Math.log1p(Math.max(0, money))),
		shown,
		isBinary
	};
}

function tooFew({ shown }: Told): DriversLack | null {
	const withOutcome = countWith(shown);
	const isFew = Math.min(withOutcome, shown.length - withOutcome) < LEAST_EACH;
	return isFew ? { kind: 'few', customers: shown.length, withOutcome, needed: LEAST_EACH } : null;
}

function countWith(shown: Float64Array): number {
	return shown.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
}

function differs(values: Float64Array): boolean {
	const known = values.filter(Number.isFinite);
	return known.some((value) => value !== known[0]);
}

function pickColumns(
	data: Matrix,
	picked: readonly FeatureSummary[],
	all: readonly FeatureSummary[]
): Matrix {
	const places = picked.map((feature) => all.indexOf(feature));
	const values = new Float64Array(data.rowCount * places.length);
	for (let row = 0; row < data.rowCount; row += 1) {
		places.forEach((place, c) => {
			values[row * places.length + c] = data.values[row * data.columnCount + place] as number;
		});
	}
	return { values, rowCount: data.rowCount, columnCount: places.length };
}

function leftOut(
	known: readonly FeatureSummary[],
	usable: readonly FeatureSummary[],
	differing: readonly FeatureSummary[],
	today: FeatureResult
): LeftOut[] {
	const of = (features: readonly FeatureSummary[], why: LeftOut['why']): LeftOut[] =>
		features.map(({ id, label, needs }) => ({ id, label, why, needs }));
	return [
		...of(
			today.features.filter(({ isOwn }) => isOwn),
			'own'
		),
		...of(
			usable.filter((feature) => !differing.includes(feature)),
			'constant'
		),
		...of(
			known.filter(({ available }) => !available),
			'unavailable'
		)
	];
}
