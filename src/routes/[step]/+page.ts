import { error } from '@sveltejs/kit';
import { isStep, STEPS } from '#lib/session/steps.ts';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => STEPS.map(({ id }) => ({ step: id }));

export const load: PageLoad = ({ params }) => {
	if (!isStep(params.step)) error(404, `There is no screen called “${params.step}”`);
	return { step: params.step };
};
