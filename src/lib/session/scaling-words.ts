import { SPREAD_QUANTILES, type FeatureSpread } from '#lib/pipeline/features/spread.ts';
import { isLogarithmic, type Scaling } from '#lib/stats/scale.ts';

/** What is said of a way of scaling. */
export interface ScalingWords {
	/** In a list of choices, with the field's term in brackets. */
	readonly label: string;
	/** Within a sentence, after “compared” or “three features”. */
	readonly phrase: string;
	/** What it does to a feature: one or two sentences. */
	readonly does: string;
	readonly formula: string;
}

const LOG =
	'From 10 to 100 is as far as from 100 to 1,000, so a few large buyers do not outweigh the rest. Below zero the same distances count downwards, which takes a feature with values on both sides apart at zero.';
const EVEN =
	'Each feature is evened out by the power that suits it best, and all get the same weight. What is far out counts little.';

/** The ways of scaling, the default first. */
export const SCALING_WORDS: Readonly<Record<Scaling, ScalingWords>> = {
	'log1p-standard': {
		label: 'Logarithm, equal weight',
		phrase: 'on a log scale, with the same weight',
		does: `${LOG} Every feature gets the same weight.`,
		formula: 'z = (f(x) − mean) / deviation, f(x) = ln(1 + x), below zero −ln(1 − x)'
	},
	standard: {
		label: 'Equal weight (z-score)',
		phrase: 'with the same weight',
		does: 'Every feature gets the same weight and keeps its shape: a few large buyers stay far away from everyone.',
		formula: 'z = (x − mean) / deviation'
	},
	'min-max': {
		label: 'From 0 to 1 (min-max)',
		phrase: 'on a scale from 0 to 1',
		does: 'The least becomes 0 and the most 1. One very large value presses all others together, and the feature then weighs little.',
		formula: 'z = (x − least) / (most − least)'
	},
	robust: {
		label: 'By the middle half (robust)',
		phrase: 'on the scale of the middle half',
		does: 'The middle half of customers spans 1 on every feature. Values far out stay far out, and weigh the more.',
		formula: 'z = (x − median) / (upper quartile − lower quartile)'
	},
	log1p: {
		label: 'Logarithm alone (log1p)',
		phrase: 'on a log scale',
		does: `${LOG} Features with a wider spread weigh more.`,
		formula: 'z = ln(1 + x), below zero −ln(1 − x)'
	},
	'box-cox': {
		label: 'Evened out (Box-Cox)',
		phrase: 'by powers that even them out (Box-Cox)',
		does: `${EVEN} Only for features above 0.`,
		formula: 'z = (p − mean) / deviation, p = (x^λ − 1) / λ, λ by maximum likelihood'
	},
	'yeo-johnson': {
		label: 'Evened out (Yeo-Johnson)',
		phrase: 'by powers that even them out (Yeo-Johnson)',
		does: `${EVEN} It takes any number, also 0 and less.`,
		formula: 'z = (p − mean) / deviation, p = ((1 + x)^λ − 1) / λ from 0 up, λ by maximum likelihood'
	},
	none: {
		label: 'As they are (none)',
		phrase: 'without a scale',
		does: 'Nothing is changed. The feature with the largest numbers, usually the spend, decides almost alone.',
		formula: 'z = x'
	}
};

/** The scales that fit a feature with values below zero, the one that is suggested first, with what a button says. */
export const FOR_BELOW_ZERO: readonly { readonly scaling: Scaling; readonly label: string }[] = [
	{ scaling: 'yeo-johnson', label: 'Use Yeo-Johnson' },
	{ scaling: 'standard', label: 'Use z-score' }
];

/**
 * From this share of customers below zero on, a logarithm does not fit: it makes a hump of them. The few whose refunds exceed
 * their orders are no hump, and a z-score would serve the rest of a feature of money badly.
 */
const MANY_BELOW_ZERO = 0.05;

/** True for a feature that a logarithm does not fit, by the share of customers below zero. */
export function isManyBelowZero(share: number): boolean {
	return share >= MANY_BELOW_ZERO;
}

/** The same by how customers spread: the lowest quantile known is that of the same share. */
export function spreadsBelowZero(spread: FeatureSpread | undefined): boolean {
	return spread?.kind === 'number' && (spread.quantiles[SPREAD_QUANTILES.indexOf(MANY_BELOW_ZERO)] ?? 0) < 0;
}

/** The scale to compare on: the one that is set, or Yeo-Johnson where that is a logarithm and a feature goes below zero. */
export function fittingScaling(scaling: Scaling, goesBelowZero: boolean): Scaling {
	return goesBelowZero && isLogarithmic(scaling) ? 'yeo-johnson' : scaling;
}

/** Why a logarithm does not fit these features, of which there is at least one. */
export function belowZeroWords(names: readonly string[]): { title: string; text: string } {
	const [one, its] = names.length === 1 ? ['goes', 'its'] : ['go', 'their'];
	return {
		title: `${nameList(names)} ${one} below zero:`,
		text: `a logarithm takes ${its} values apart at zero, into two humps. The z-score fits better, and so does Yeo-Johnson, which also evens out.`
	};
}

/** Why the scale changes together with what is compared. */
export function otherScaleWords(names: readonly string[]): string {
	const goes = names.length === 1 ? 'goes' : 'go';
	return `${nameList(names)} ${goes} below zero, where a logarithm does not fit: the scale becomes “${SCALING_WORDS['yeo-johnson'].label}” with it.`;
}

function nameList(names: readonly string[]): string {
	return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
