import type { SequenceCondition } from './schema.ts';

type Steps = Pick<SequenceCondition, 'ordered' | 'steps'>;

/**
 * A step may have a time of its own: in order, where it was done, or where nothing that was done comes after it. What was not
 * done between two steps is looked for all the time between them.
 */
export function takesLimit({ ordered, steps }: Steps, place: number): boolean {
	return ordered && (steps[place]?.did === true || !steps.slice(place + 1).some(({ did }) => did));
}

/** The same sequence without times of steps that may have none. */
export function withoutStrayLimits<S extends Steps>(sequence: S): S {
	const steps = sequence.steps.map((step, i) =>
		step.within === null || takesLimit(sequence, i) ? step : { ...step, within: null }
	);
	return { ...sequence, steps };
}
