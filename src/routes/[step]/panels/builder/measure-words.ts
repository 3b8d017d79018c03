import type { Measure } from '#lib/pipeline/segment/rules/schema.ts';

/** What can be counted of records. */
export const MEASURE_OPTIONS: readonly { readonly value: Measure['kind']; readonly label: string }[] = [
	{ value: 'count', label: 'how many there are:' },
	{ value: 'sum', label: 'the sum of' },
	{ value: 'mean', label: 'the average of' },
	{ value: 'min', label: 'the least' },
	{ value: 'max', label: 'the most' },
	{ value: 'distinct', label: 'how many different' }
];
