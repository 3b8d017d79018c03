import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { Method } from '#lib/pipeline/segment/methods/method.ts';
import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';
import { setClustering, type Edit } from '#lib/recipe/edits.ts';
import { keepReasons, needsText, type Reasons } from '../features/compare.ts';

/** The most texts that are compared side by side. */
const MOST_COMPARED_TEXTS = 5;
/** The texts that are taken first where a method needs some. */
const USUAL_TEXTS: Readonly<Record<Exclude<Method['categories'], 'none'>, readonly string[]>> = {
	compared: ['favourite_category', 'preferred_channel', 'lifecycle_stage'],
	stages: ['lifecycle_stage']
};

/** How many texts a method takes. */
export function mostTexts({ categories }: Pick<Method, 'categories'>): number {
	if (categories === 'none') return 0;
	return categories === 'stages' ? 1 : MOST_COMPARED_TEXTS;
}

/** The texts that customers may be compared on: every feature of texts but days. */
export function textFeatures(known: readonly FeatureSummary[]): FeatureSummary[] {
	return known.filter(({ kind, id }) => kind === 'text' && !id.endsWith('_on'));
}

/** Why a text cannot be compared, in a sentence; null where it can. */
export function textObstacle({
	available,
	needs
}: Pick<FeatureSummary, 'available' | 'needs'>): string | null {
	return available ? null : `Needs ${needsText(needs)}.`;
}

/** The texts that a method starts with: those in use as far as it takes them, else one that is usual for it. */
export function startTexts(
	method: Pick<Method, 'categories'>,
	inUse: readonly string[],
	known: readonly FeatureSummary[]
): readonly string[] {
	if (method.categories === 'none') return [];
	if (inUse.length > 0) return inUse.slice(0, mostTexts(method));
	const texts = textFeatures(known).filter(({ available }) => available);
	const usual = USUAL_TEXTS[method.categories].find((id) => texts.some((text) => text.id === id));
	const first = usual ?? texts.find(({ isSensitive }) => !isSensitive)?.id;
	return first === undefined ? [] : [first];
}

/** Takes a method with its options and texts, in one edit; reasons go with the sensitive features that are compared. */
export function useMethod(
	choice: Pick<ClusteringParams, 'method' | 'options' | 'categories'>,
	features: readonly Pick<FeatureSummary, 'id' | 'isSensitive'>[],
	reasons: Reasons
): Edit {
	return (recipe) => keepReasons(setClustering(choice)(recipe), features, reasons);
}

/** The way back from a method that cannot work. */
export const useKmeans: Edit = setClustering({ method: 'kmeans', options: {}, categories: [] });
