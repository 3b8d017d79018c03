import { notice, type Notice } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { RFM_GROUPS, type RfmGroupResult, type RfmParams, type RfmResult } from '../schema.ts';
import {
	countCells,
	countGroups,
	countTies,
	createRfm,
	ntileCutPoints,
	quantileCutPoints,
	scoresOf,
	usedScores,
	type Score
} from './rfm.sql.ts';

type CutPointRow = Readonly<Record<string, number>>;

/** Scores every customer of `features.customers` and writes `segment.rfm`. Without amounts, R and F alone decide. */
export async function runRfm(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	{ method }: RfmParams,
	features: FeatureResult
): Promise<RfmResult> {
	onProgress({ what: 'Scoring customers', share: 0 });
	const hasAmount = amountsOf(features);
	const cutPoints = await score(engine, method, hasAmount, signal);
	const groups = await engine.rows<RfmGroupResult>(countGroups(hasAmount), signal);
	const cells = await engine.rows<RfmResult['cells'][number]>(countCells(hasAmount), signal);
	onProgress({ what: 'Scored customers', share: 1 });
	return { method, cutPoints, groups: allGroups(groups), cells: allCells(cells) };
}

/** Says for each score that nobody has, because many customers share one value, how many do. */
export async function describeScores(
	engine: Engine,
	{ cutPoints, method }: RfmResult,
	signal: AbortSignal
): Promise<Notice[]> {
	if (method === 'ntile') return [];
	const notices: Notice[] = [];
	for (const kind of scoresOf(cutPoints.monetaryTotal !== null)) {
		const used = await engine.rows<{ score: number }>(usedScores(kind), signal);
		const scores = [1, 2, 3, 4, 5].filter((value) => !used.some((row) => row.score === value));
		const tied = tiedValue(cutPoints[kind.key] ?? []);
		if (scores.length === 0 || tied === null) continue;
		const [ties] = await engine.rows<{ sharedBy: number; customers: number }>(countTies(kind, tied), signal);
		if (ties) notices.push(notice('rfm.empty-score', { feature: kind.feature, scores, ...ties }));
	}
	return notices;
}

function amountsOf({ features }: FeatureResult): boolean {
	return features.some(({ id, available }) => id === 'monetary_total' && available);
}

async function score(
	engine: Engine,
	method: RfmParams['method'],
	hasAmount: boolean,
	signal: AbortSignal
): Promise<RfmResult['cutPoints']> {
	if (method === 'quantile') {
		const cutPoints = await readCutPoints(engine, quantileCutPoints(hasAmount), hasAmount, signal);
		await engine.exec(createRfm(cutPoints, hasAmount), signal);
		return cutPoints;
	}
	await engine.exec(createRfm('ntile', hasAmount), signal);
	return readCutPoints(engine, ntileCutPoints(hasAmount), hasAmount, signal);
}

async function readCutPoints(
	engine: Engine,
	query: Parameters<Engine['rows']>[0],
	hasAmount: boolean,
	signal: AbortSignal
): Promise<RfmResult['cutPoints']> {
	const [row] = await engine.rows<CutPointRow>(query, signal);
	const cuts = (key: Score['key']) => [1, 2, 3, 4].map((i) => row?.[`${key}${i}`] ?? NaN);
	return {
		recencyDays: cuts('recencyDays'),
		frequency: cuts('frequency'),
		monetaryTotal: hasAmount ? cuts('monetaryTotal') : null
	};
}

/** Every group, largest first by revenue; by customers where there is none. */
function allGroups(found: readonly RfmGroupResult[]): RfmGroupResult[] {
	return RFM_GROUPS.map(
		(id) => found.find((group) => group.id === id) ?? { id, customers: 0, revenue: 0 }
	).sort((a, b) => b.revenue - a.revenue || b.customers - a.customers);
}

function allCells(found: readonly RfmResult['cells'][number][]): RfmResult['cells'] {
	return [5, 4, 3, 2, 1].flatMap((r) =>
		[1, 2, 3, 4, 5].map(
			(f) => found.find((cell) => cell.r === r && cell.f === f) ?? { r, f, customers: 0, revenue: 0 }
		)
	);
}

/** The value at which two cut-points meet; null when all differ. */
function tiedValue(cuts: readonly number[]): number | null {
	return cuts.find((cut, i) => cut === cuts[i + 1]) ?? null;
}
