import { BEHAVIOUR_WEIGHTS } from '#lib/pipeline/features/behaviour.ts';
import { featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import { LOYALTY_PARTS } from '#lib/pipeline/features/loyalty.ts';
import type { FeatureParams } from '#lib/pipeline/features/schema.ts';

/** What changed in how features are made, in words; null when nothing did. */
export function featuresChange(before: FeatureParams, after: FeatureParams): string | null {
	if (before.asOf !== after.asOf) return `As of ${after.asOf ?? 'the day after the last order'}`;
	if (before.margin !== after.margin)
		return `Margin: ${after.margin === null ? 'not known' : percent(after.margin)}`;
	if (before.premiumQuantile !== after.premiumQuantile)
		return `Premium from ${percent(after.premiumQuantile)}`;
	if (before.affinityCount !== after.affinityCount) {
		return `Categories and products of their own: ${after.affinityCount} each`;
	}
	if (before.behaviour.halfLifeDays !== after.behaviour.halfLifeDays) {
		const { halfLifeDays } = after.behaviour;
		return `Half-life: ${halfLifeDays} ${halfLifeDays === 1 ? 'day' : 'days'}`;
	}
	const act = firstDifference(before.behaviour.weights, after.behaviour.weights);
	if (act !== null) {
		const kind = BEHAVIOUR_WEIGHTS.find(({ id }) => id === act);
		return `${kind?.label ?? act} counts ${after.behaviour.weights[act] ?? kind?.weight ?? 'as usual'}`;
	}
	if (firstDifference(before.loyalty.weights, after.loyalty.weights) !== null) {
		const weights = LOYALTY_PARTS.map(({ id, weight }) => after.loyalty.weights[id] ?? weight);
		return `Weights of the loyalty score: ${weights.join(', ')}`;
	}
	const sensitive = firstDifference(before.sensitive, after.sensitive);
	if (sensitive === null) return null;
	const label = featureLabel(sensitive);
	return after.sensitive[sensitive] === undefined
		? `No longer compared: ${label}`
		: `A reason to compare: ${label}`;
}

/** The first key whose values differ; null where none does. */
function firstDifference<Value>(
	before: Readonly<Record<string, Value>>,
	after: Readonly<Record<string, Value>>
): string | null {
	return Object.keys({ ...before, ...after }).find((key) => before[key] !== after[key]) ?? null;
}

function percent(share: number): string {
	return `${Number((100 * share).toPrecision(6))}%`;
}
