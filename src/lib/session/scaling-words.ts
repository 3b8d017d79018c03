import type { Scaling } from '#lib/stats/scale.ts';

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

const EVEN =
	'Each feature is evened out by the power that suits it best, and all get the same weight. What is far out counts little.';

/** The ways of scaling, the default first. */
export const SCALING_WORDS: Readonly<Record<Scaling, ScalingWords>> = {
	'log1p-standard': {
		label: 'Logarithm, equal weight',
		phrase: 'on a log scale, with the same weight',
		does: 'From 10 to 100 is as far as from 100 to 1,000, so a few large buyers do not outweigh the rest. Every feature gets the same weight.',
		formula: 'z = (ln(1 + x) − mean) / deviation'
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
		does: 'From 10 to 100 is as far as from 100 to 1,000. Features with a wider spread weigh more.',
		formula: 'z = ln(1 + x)'
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
