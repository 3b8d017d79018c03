import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { ClusteringParams } from './schema.ts';

/** A clustering that one click sets up; what it sets can be edited afterwards. */
export interface Preset {
	/** Stable. */
	readonly id: string;
	readonly label: string;
	/** One sentence in plain words. */
	readonly explain: string;
	readonly method: string;
	readonly options: Readonly<Record<string, unknown>>;
	/** Ids of numbers; those marked optional are left out where the files cannot tell them. Empty: the default of the data. */
	readonly features: readonly string[];
	readonly optional: readonly string[];
	/** Ids of texts. */
	readonly categories: readonly string[];
}

/** The one-click clusterings, in the order in which they are offered. */
export const PRESETS: readonly Preset[] = [
	{
		id: 'rfm',
		label: 'How they buy',
		explain: 'Days since the last order, orders, and total spend where the files have amounts.',
		method: 'kmeans',
		options: {},
		features: [],
		optional: [],
		categories: []
	},
	{
		id: 'rfm-carts-category',
		label: 'How they buy, what they leave, what they like',
		explain:
			'Days since the last order, orders and total spend, carts left in 90 days, and the favourite category.',
		method: 'k-prototypes',
		options: {},
		features: ['recency_days', 'frequency', 'monetary_total', 'carts_left'],
		optional: ['monetary_total'],
		categories: ['favourite_category']
	},
	{
		id: 'stage-then-groups',
		label: 'Lifecycle stage, then groups',
		explain:
			'Who is new, active, cooling or lapsed by their own rhythm first; then groups of like buyers inside each stage.',
		method: 'stages',
		options: {},
		features: [],
		optional: [],
		categories: ['lifecycle_stage']
	}
];

/** A feature that a preset lacks, and what the files would have to tell for it. */
export interface MissingFeature {
	readonly feature: string;
	readonly label: string;
	readonly needs: readonly string[];
}

type Known = Pick<FeatureSummary, 'id' | 'label' | 'available' | 'complete' | 'needs'>;

/**
 * What a preset lacks; empty: it can be used.
 * @param known every feature there is, as of `features.customers` and `features.library` together
 */
export function missingFor(
	{ features, optional, categories }: Preset,
	known: readonly Known[]
): MissingFeature[] {
	return [...features, ...categories]
		.filter((feature) => !optional.includes(feature))
		.flatMap((feature) => {
			const found = known.find(({ id }) => id === feature);
			if (found?.available && (found.complete || categories.includes(feature))) return [];
			return [{ feature, label: found?.label ?? feature, needs: found?.needs ?? [] }];
		});
}

/** The parameters with a preset in place: seed, starts and scaling stay; the number of segments is the recommended one. */
export function applyPreset(
	params: ClusteringParams,
	{ method, options, features, optional, categories }: Preset,
	known: readonly Known[]
): ClusteringParams {
	const canUse = (feature: string): boolean =>
		!optional.includes(feature) || known.some(({ id, available }) => id === feature && available);
	return {
		...params,
		method,
		options: { ...options },
		features: features.filter(canUse),
		categories: [...categories],
		scaler: null,
		clusterCount: 'auto'
	};
}

/** The preset that parameters are, whatever their seed, scaling and number of segments; null when they are none. */
export function presetOf(params: ClusteringParams, known: readonly Known[]): Preset | null {
	const key = ({ method, options, features, categories }: ClusteringParams): string =>
		JSON.stringify([method, options, features, categories]);
	return PRESETS.find((preset) => key(applyPreset(params, preset, known)) === key(params)) ?? null;
}
