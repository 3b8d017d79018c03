import { notice, type Notice } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { GroupTable, RfmCell, RfmGroupResult, RfmParams, RfmResult } from '../schema.ts';
import { cellsOf } from './group-table.ts';
import { countCells, countGroups, countTies, scoresOf, usedScores } from './rfm.sql.ts';
import { schemeOf } from './schemes/index.ts';
import { scoreTable } from './score.ts';

/** How many customers a group has. */
type GroupCount = Pick<RfmGroupResult, 'id' | 'customers' | 'revenue'>;

/**
 * Scores every customer of `features.customers` and writes `segment.rfm`. Without amounts, R and F alone decide.
 * @throws `recipe.invalid`, `rfm.groups-invalid`, `rfm.lines-invalid`
 */
export async function runRfm(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	params: RfmParams,
	features: FeatureResult
): Promise<RfmResult> {
	onProgress({ what: 'Scoring customers', share: 0 });
	const hasAmount = hasAmounts(features);
	const order = { from: ['features', 'customers'], into: ['segment', 'rfm'], params, hasAmount } as const;
	const { scheme, levels, axes, cutPoints, table } = await scoreTable(engine, order, signal);
	const groups = await engine.rows<GroupCount>(countGroups(hasAmount), signal);
	const cells = await engine.rows<RfmCell>(countCells(axes, hasAmount), signal);
	onProgress({ what: 'Scored customers', share: 1 });
	return {
		scheme: scheme.id,
		levels,
		axes: [...axes],
		cutPoints,
		table,
		groups: allGroups(table, groups),
		cells: allCells(levels, cells)
	};
}

/** True where the customers have amounts, so that money can be scored. */
export function hasAmounts({ features }: Pick<FeatureResult, 'features'>): boolean {
	return features.some(({ id, available }) => id === 'monetary_total' && available);
}

/**
 * Says for each score that nobody has, because many customers share one value, how many do; and that money plays no part
 * where a scheme would have asked for it.
 */
export async function describeScores(
	engine: Engine,
	{ cutPoints, scheme: schemeId, levels }: RfmResult,
	signal: AbortSignal
): Promise<Notice[]> {
	const scheme = schemeOf(schemeId);
	const hasAmount = cutPoints.monetaryTotal !== null;
	const asksMoney = scheme.axes.some((axis) => axis === 'm' || axis === 'fm');
	const notices = asksMoney && !hasAmount ? [notice('rfm.without-amounts', { scheme: scheme.label })] : [];
	if (scheme.lines === 'ranks') return notices;
	for (const kind of scoresOf(hasAmount)) {
		const used = await engine.rows<{ score: number }>(usedScores(kind), signal);
		const all = Array.from({ length: levels }, (_, i) => i + 1);
		const scores = all.filter((value) => !used.some((row) => row.score === value));
		const tied = tiedValue(cutPoints[kind.key] ?? []);
		if (scores.length === 0 || tied === null) continue;
		const [ties] = await engine.rows<{ sharedBy: number; customers: number }>(countTies(kind, tied), signal);
		if (ties) notices.push(notice('rfm.empty-score', { feature: kind.feature, scores, ...ties }));
	}
	return notices;
}

/** Every group of the table, largest first by revenue; by customers where there is none. */
function allGroups(table: GroupTable, found: readonly GroupCount[]): RfmGroupResult[] {
	return table
		.map(({ id, name, meaning, advice }) => {
			const { customers = 0, revenue = 0 } = found.find((group) => group.id === id) ?? {};
			return { id, name, meaning, advice, customers, revenue };
		})
		.sort((a, b) => b.revenue - a.revenue || b.customers - a.customers);
}

/** Every cell, the most recent first. */
function allCells(levels: number, found: readonly RfmCell[]): RfmCell[] {
	const byRecency = cellsOf({ levels, axes: ['r', 'f'] }).map(([r = 0, f = 0]) => ({ r: levels + 1 - r, f }));
	return byRecency.map(
		({ r, f }) => found.find((cell) => cell.r === r && cell.f === f) ?? { r, f, customers: 0, revenue: 0 }
	);
}

/** The value at which two cut-points meet; null when all differ. */
function tiedValue(cuts: readonly number[]): number | null {
	return cuts.find((cut, i) => cut === cuts[i + 1]) ?? null;
}
