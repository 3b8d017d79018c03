import { all, featureIs } from '../rules/build.ts';
import type { SegmentTemplate } from './template.ts';

export const detractors: SegmentTemplate = {
	id: 'detractors',
	name: 'Detractors',
	brief: 'would not recommend you',
	why: 'They would not recommend you. Answer them yourself, and leave them out of offers until it is settled.',
	moment: 'care',
	words: 'answered 6 or less when last asked, on a scale from 0 to 10, whether they would recommend you',
	params: () => [],
	rule: () => all(featureIs('nps_class', 'detractor'))
};
