import type { Format } from '#lib/core/format.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { featureAmount, featureText, featureValue, unitWord } from '../feature-words.ts';
import { groupFeatures } from '../features/library-words.ts';

/** What is known of a customer under a heading. */
export interface PersonGroup {
	readonly title: string;
	readonly facts: readonly { readonly term: string; readonly text: string; readonly meaning: string }[];
}

/**
 * The values of a customer under the headings of the library. What has no value is left out, and so are categories and
 * products of which there is nothing to tell.
 */
export function personFeatures(
	features: readonly FeatureSummary[],
	values: ReadonlyMap<string, number | string>,
	format: Format
): PersonGroup[] {
	const told = features.filter(
		({ id, family, available }) =>
			available && values.has(id) && !(family === 'products' && values.get(id) === 0)
	);
	return groupFeatures(told, { filter: 'all', search: '', compared: [] }).map(({ title, features: own }) => ({
		title,
		facts: own.map((feature) => {
			const value = values.get(feature.id) as number | string;
			return { term: feature.label, text: textOf(feature, value, format), meaning: feature.meaning };
		})
	}));
}

/** The value with the word of its unit, unless the label has the word. */
function textOf(feature: FeatureSummary, value: number | string, format: Format): string {
	if (typeof value === 'string') return featureText(value, format);
	const word = unitWord(feature.unit).slice(0, -1);
	const hasWord = word !== '' && feature.label.toLowerCase().includes(word);
	return hasWord ? featureValue(feature.id, value, format, [feature]) : featureAmount(feature, value, format);
}
