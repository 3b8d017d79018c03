import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { setClustering, setFeatures, type Edit } from '#lib/recipe/edits.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';

/** More features than these blur what sets segments apart. */
export const MOST_COMPARED = 8;
/** A reason has to say something. */
export const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

/** Reasons for comparing sensitive features, by their id. */
export type Reasons = Readonly<Record<string, string>>;

/** Why customers cannot be compared on a feature, in a sentence; null where they can be. */
export function obstacleOf(
	feature: Pick<FeatureSummary, 'available' | 'complete' | 'kind' | 'isOwn'> & {
		readonly needs: readonly string[];
	}
): string | null {
	if (!feature.available) return `Needs ${needsText(feature.needs)}.`;
	if (feature.kind === 'text') return 'It is a text, and customers are compared on numbers.';
	if (feature.complete) return null;
	return feature.isOwn
		? 'Not everyone has it. The saved query can give everyone else 0, under SQL.'
		: 'Not everyone has it, so it cannot be compared.';
}

/** What is missing, as a list in words. */
export function needsText(needs: readonly string[]): string {
	return needs.length < 2 ? (needs[0] ?? '') : `${needs.slice(0, -1).join(', ')} and ${needs.at(-1) ?? ''}`;
}

/** True for a reason that says something. */
export function isReason(text: string | undefined): boolean {
	return (text ?? '').trim().length >= SHORTEST_REASON;
}

/** The chosen sensitive features for which no reason is given. */
export function withoutReason(
	chosen: readonly string[],
	features: readonly Pick<FeatureSummary, 'id' | 'isSensitive'>[],
	reasons: Reasons
): string[] {
	const sensitive = new Set(features.filter(({ isSensitive }) => isSensitive).map(({ id }) => id));
	return chosen.filter((id) => sensitive.has(id) && !isReason(reasons[id]));
}

/**
 * Compares customers on these features, in one edit: sensitive ones with their reasons, which go when they are no longer
 * compared. A scale that was kept belongs to what was compared before, so it goes too.
 */
export function compareOn(
	chosen: readonly string[],
	features: readonly Pick<FeatureSummary, 'id' | 'isSensitive'>[],
	reasons: Reasons
): Edit {
	return (recipe) =>
		keepReasons(setClustering({ features: [...chosen], scaler: null })(recipe), features, reasons);
}

/** The recipe with a reason for every sensitive feature that is compared, as a number or as a text, and no other. */
export function keepReasons(
	recipe: Recipe,
	features: readonly Pick<FeatureSummary, 'id' | 'isSensitive'>[],
	reasons: Reasons
): Recipe {
	const { features: numbers, categories } = recipe.segment.clustering;
	const compared = new Set([...numbers, ...categories]);
	const sensitive = features.filter(({ id, isSensitive }) => isSensitive && compared.has(id));
	const given = Object.fromEntries(
		sensitive.map(({ id }) => [
			id,
			(reasons[id] ?? recipe.features.sensitive[id] ?? '').trim().slice(0, LONGEST_REASON)
		])
	);
	const isSame = JSON.stringify(recipe.features.sensitive) === JSON.stringify(given);
	return isSame ? recipe : setFeatures({ sensitive: given })(recipe);
}

/** What customers are compared on: what the recipe says, else what was chosen for it. */
export function comparedOn(session: {
	readonly recipe: {
		readonly segment: { readonly clustering: { readonly features: readonly string[] } };
	};
	readonly clustering: { readonly result: { readonly features: readonly string[] } } | null;
}): readonly string[] {
	const own = session.recipe.segment.clustering.features;
	return own.length > 0 ? own : (session.clustering?.result.features ?? []);
}
