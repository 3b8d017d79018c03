import type { Stage } from '#lib/recipe/runner.ts';

/** What a stage does, in words for the progress line. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
	import: 'Reading the file',
	clean: 'Sorting rows',
	queries: 'Running saved queries',
	features: 'Describing each customer',
	rfm: 'Scoring recency, frequency and spend',
	details: 'Collecting contacts',
	clustering: 'Comparing 2 to 10 segments',
	library: 'Describing each customer further',
	own: 'Asking who is in your segments'
};
