import { columnOf, type Matrix } from '#lib/core/matrix.ts';
import { pause } from '#lib/core/pause.ts';
import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { Sql } from '#lib/engine/sql.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, LIBRARY, type FeatureTableName } from '#lib/pipeline/features/step.ts';
import { aucInterval } from '#lib/stats/auc.ts';
import { wilson, type Interval } from '#lib/stats/wilson.ts';
import type { SegmentRef } from '../../segment/rules/schema.ts';
import { countGroups, countSelected, groupSql, selectGroups } from './fairness.sql.ts';
import {
	FOUR_FIFTHS,
	LEAST_GROUP,
	MOST_GROUPS,
	PROXY_AT,
	type FairnessGroup,
	type FairnessResult,
	type Proxy,
	type Selection
} from './schema.ts';

/** What is checked, and against which groups. */
export interface FairnessRequest {
	/** Ids of the features whose groups are looked at; empty: every sensitive one that is known. */
	readonly asked: readonly string[];
	/** Features of `features.customers`, and those of `features.library`. */
	readonly core: readonly FeatureSummary[];
	readonly library: readonly FeatureSummary[];
	/** Each with a SELECT of the `idx` of its people. */
	readonly segments: readonly { readonly ref: SegmentRef; readonly members: Sql }[];
	/** The compared features by name, with their values by `idx`. */
	readonly compared: readonly string[];
	readonly data: Matrix;
	readonly seed: number;
}

/** Of more customers, proxies are looked for in a sample. */
const MOST_ROWS = 20_000;

/**
 * How evenly segments take from the groups of people that a feature tells, such as women and men: the share of each group
 * that is in the segment, the four-fifths ratio of the lowest share to the highest, and which of the compared features
 * tell a group so well that they stand in for it. People of whom the feature is not known count in no group.
 */
export async function checkFairness(
	engine: Engine,
	request: FairnessRequest,
	signal: AbortSignal
): Promise<FairnessResult[]> {
	const results: FairnessResult[] = [];
	for (const { summary, table } of featuresOf(request)) {
		results.push(await checkFeature(engine, summary, table, request, signal));
	}
	return results;
}

interface Placed {
	readonly summary: FeatureSummary;
	readonly table: FeatureTableName;
}

function featuresOf({ asked, core, library }: FairnessRequest): Placed[] {
	const names = new Set(core.map(({ id }) => id));
	const all: Placed[] = [
		...core.map((summary) => ({ summary, table: CUSTOMERS })),
		...library.filter(({ id }) => !names.has(id)).map((summary) => ({ summary, table: LIBRARY }))
	];
	return all.filter(({ summary }) => {
		if (!summary.available) return false;
		if (asked.length > 0) return asked.includes(summary.id);
		return summary.isSensitive;
	});
}

async function checkFeature(
	engine: Engine,
	{ id, label, kind }: FeatureSummary,
	table: FeatureTableName,
	request: FairnessRequest,
	signal: AbortSignal
): Promise<FairnessResult> {
	const group = groupSql(id, kind);
	const counted = await engine.rows<{ name: string; customers: number }>(countGroups(table, group), signal);
	const groups = counted.slice(0, MOST_GROUPS).map(({ name, customers }) => ({
		group: name,
		customers,
		isSmall: customers < LEAST_GROUP
	}));
	const members = request.segments.map((segment) => segment.members);
	const selected =
		members.length === 0
			? []
			: await engine.rows<{ place: number; name: string; selected: number }>(
					countSelected(table, group, members),
					signal
				);
	const selections = request.segments.map(({ ref }, place) =>
		selectionOf(
			ref,
			groups,
			groups.map((each) => {
				const found = selected.find((row) => row.place === place && row.name === each.group);
				return found?.selected ?? 0;
			})
		)
	);
	const names = (await engine.rows<{ name: string }>(selectGroups(table, group), signal)).map(
		({ name }) => name
	);
	return {
		feature: id,
		label,
		known: counted.reduce((sum, { customers }) => sum + customers, 0),
		groups,
		selections,
		proxies: await proxiesOf(request, id, names, groups, signal)
	};
}

/**
 * The rates of one segment, and the four-fifths rule.
 * @param selected people of each group who are in the segment
 */
export function selectionOf(
	segment: SegmentRef,
	groups: readonly FairnessGroup[],
	selected: readonly number[]
): Selection {
	const rates = groups.map(({ customers }, i) => wilson(selected[i] ?? 0, customers));
	const places = groups.flatMap(({ isSmall }, i) => (isSmall ? [] : [i]));
	const rateAt = (place: number): number => (rates[place] as Interval).value;
	const sorted = places.toSorted((a, b) => rateAt(a) - rateAt(b) || a - b);
	const [lowest, highest] = [sorted[0], sorted.at(-1)];
	const all = {
		segment,
		groups: rates.map((rate, i) => ({ selected: selected[i] ?? 0, rate })),
		...{ ratio: null, lowest: null, highest: null, isUneven: false }
	};
	if (lowest === undefined || highest === undefined || lowest === highest || rateAt(highest) === 0)
		return all;
	// Whole numbers first: a ratio of exactly four fifths is not under it.
	const [low, high] = [groups[lowest], groups[highest]] as [FairnessGroup, FairnessGroup];
	const ratio =
		((selected[lowest] as number) * high.customers) / (low.customers * (selected[highest] as number));
	const isSure = (rates[lowest] as Interval).high < (rates[highest] as Interval).low;
	return { ...all, ratio, lowest, highest, isUneven: ratio < FOUR_FIFTHS && isSure };
}

/** Compared features that tell a group from all others, best first. */
async function proxiesOf(
	{ compared, data, seed }: FairnessRequest,
	sensitive: string,
	names: readonly string[],
	groups: readonly FairnessGroup[],
	signal: AbortSignal
): Promise<Proxy[]> {
	const known = names.flatMap((name, row) => (name === '' ? [] : [row]));
	const rows =
		known.length <= MOST_ROWS
			? known
			: Array.from(
					sampleWithoutReplacement(seeded(seed), MOST_ROWS, known.length),
					(at) => known[at] as number
				);
	const proxies: Proxy[] = [];
	for (const [column, feature] of compared.entries()) {
		if (feature === sensitive) continue;
		await pause();
		signal.throwIfAborted();
		const values = columnOf(data, column);
		const scores = Float64Array.from(rows, (row) => values[row] as number);
		for (const { group, isSmall } of groups) {
			const isIn = rows.map((row) => Number(names[row] === group));
			const inside = isIn.reduce((sum, each) => sum + each, 0);
			if (isSmall || inside < LEAST_GROUP || rows.length - inside < LEAST_GROUP) continue;
			const auc = folded(aucInterval(scores, isIn));
			if (auc.value >= PROXY_AT && auc.low > 0.5) proxies.push({ feature, group, auc });
		}
	}
	return proxies.sort((a, b) => b.auc.value - a.auc.value);
}

/** Telling a group by low values is telling it as well. */
function folded({ value, low, high }: Interval): Interval {
	return value >= 0.5 ? { value, low, high } : { value: 1 - value, low: 1 - high, high: 1 - low };
}
