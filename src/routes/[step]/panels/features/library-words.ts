import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import {
	FEATURE_FAMILIES,
	type FeatureFamily,
	type FeatureResult,
	type FeatureSummary
} from '#lib/pipeline/features/schema.ts';
import type { FeatureSpread, NumberSpread } from '#lib/pipeline/features/spread.ts';
import type { Finding } from '#lib/session/findings.ts';
import { featureAmount, featureText, featureValue } from '../feature-words.ts';

/** The headings of the library. */
export const FAMILY_WORDS: Readonly<Record<FeatureFamily, string>> = {
	recency: 'How recent and how often',
	money: 'Money',
	timing: 'Timing',
	products: 'Products and categories',
	habits: 'Habits',
	channels: 'Channels and devices',
	engagement: 'Visits and messages',
	scores: 'Scores',
	survey: 'Survey answers',
	person: 'The person',
	own: 'Own, from saved queries'
};

/** Which features are shown. */
export const FILTERS = [
	{ value: 'all', label: 'All' },
	{ value: 'available', label: 'Can be told' },
	{ value: 'unavailable', label: 'Cannot' },
	{ value: 'compared', label: 'Compared' },
	{ value: 'sensitive', label: 'Sensitive' }
] as const;
export type Filter = (typeof FILTERS)[number]['value'];

/** What is looked for in the library. */
export interface Wanted {
	readonly filter: Filter;
	/** Part of a label, a meaning, or an id. */
	readonly search: string;
	readonly compared: readonly string[];
}

/** A heading and what stands under it. */
export interface FeatureGroup<Feature extends FeatureSummary = FeatureSummary> {
	readonly family: FeatureFamily;
	readonly title: string;
	readonly features: readonly Feature[];
}

/** The features that are looked for, under their headings; headings with none are left out. */
export function groupFeatures<Feature extends FeatureSummary>(
	features: readonly Feature[],
	wanted: Wanted
): FeatureGroup<Feature>[] {
	const found = features.filter((feature) => isWanted(feature, wanted));
	return FEATURE_FAMILIES.map((family) => ({
		family,
		title: FAMILY_WORDS[family],
		features: found.filter((feature) => feature.family === family)
	})).filter((group) => group.features.length > 0);
}

function isWanted(feature: FeatureSummary, { filter, search, compared }: Wanted): boolean {
	const text = `${feature.label} ${feature.meaning} ${feature.id}`.toLowerCase();
	const words = search.trim().toLowerCase().split(/\s+/);
	if (!words.every((word) => text.includes(word))) return false;
	if (filter === 'available') return feature.available;
	if (filter === 'unavailable') return !feature.available;
	if (filter === 'compared') return compared.includes(feature.id);
	return filter === 'sensitive' ? feature.isSensitive : true;
}

/** What the screen opens with. */
export function libraryFinding(
	features: readonly FeatureSummary[],
	{ customers }: Pick<FeatureResult, 'customers'>,
	compared: readonly string[],
	format: Format
): Finding {
	const told = features.filter(({ available }) => available).length;
	const people = counted(customers, 'customer', format);
	const all =
		told === features.length
			? `All ${format.count(told)} features can be told from your files.`
			: `${format.count(told)} of ${format.count(features.length)} features can be told from your files.`;
	const verb = compared.length === 1 ? 'makes' : 'make';
	const now =
		compared.length === 0 ? '' : ` ${format.count(compared.length)} of them ${verb} the natural segments.`;
	return { title: all, sub: `What is known of ${people}, each from its own history.${now}` };
}

/** How the values lie, in a line: from the smallest to the largest, or the most frequent texts. */
export function spreadWords(
	feature: Pick<FeatureSummary, 'id' | 'unit'>,
	spread: FeatureSpread,
	format: Format
): string {
	if (spread.told === 0) return 'Nobody has a value.';
	if (spread.kind === 'text') {
		return spread.distinct === 1 ? 'One value' : `${format.count(spread.distinct)} different values`;
	}
	if (spread.low === spread.high) return `Always ${featureAmount(feature, spread.low, format)}`;
	return `${featureValue(feature.id, spread.low, format, [feature])} to ${featureAmount(feature, spread.high, format)}`;
}

/** The middle: the median of numbers, the most frequent text. */
export function middleWords(
	feature: Pick<FeatureSummary, 'id' | 'unit'>,
	spread: FeatureSpread,
	format: Format
): { readonly term: string; readonly text: string } | null {
	if (spread.told === 0) return null;
	if (spread.kind === 'text') {
		return { term: 'Most often', text: featureText(spread.values[0]?.text ?? '', format) };
	}
	return { term: 'Median', text: featureAmount(feature, medianOf(spread), format) };
}

/** True for a feature that is read as it stands in the files now, whatever the as-of day: it is not known until a day. */
export function isOfToday({ caution, isOwn }: Pick<FeatureSummary, 'caution' | 'isOwn'>): boolean {
	return isOwn || /\bin the file today\b/.test(caution ?? '');
}

/** The median of a spread. */
export function medianOf({ quantiles }: Pick<NumberSpread, 'quantiles'>): number {
	return quantiles[2] ?? NaN;
}
