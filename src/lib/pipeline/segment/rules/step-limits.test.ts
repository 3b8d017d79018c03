import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeWorld } from '../../../../../tests/support/rule-world.ts';
import { problemsOf } from './compile.ts';
import type { SequenceCondition, SequenceStep } from './schema.ts';
import { takesLimit, withoutStrayLimits } from './step-limits.ts';

const WEEK = { count: 7, unit: 'day' } as const;
const { scope } = makeWorld(7);

function sequenceOf(ordered: boolean, ...steps: readonly (readonly [did: boolean, has: boolean])[]) {
	return {
		kind: 'sequence',
		ordered,
		steps: steps.map(([did, has]): SequenceStep => ({
			did,
			subject: 'orders',
			where: [],
			which: 'any',
			times: 1,
			within: has ? WEEK : null
		})),
		within: null,
		window: null
	} satisfies SequenceCondition;
}

it('is allowed to what was done, and to what was not done only at the end of an order', () => {
	const both = [
		[true, false],
		[false, false],
		[true, false],
		[false, false],
		[false, false]
	] as const;
	const places = [0, 1, 2, 3, 4];
	expect(places.filter((place) => takesLimit(sequenceOf(true, ...both), place))).toEqual([0, 2, 3, 4]);
	expect(places.filter((place) => takesLimit(sequenceOf(false, ...both), place))).toEqual([]);
});

it('is taken away just where the engine would not ask the sequence', () => {
	const step = fc.tuple(fc.boolean(), fc.boolean());
	fc.assert(
		fc.property(fc.boolean(), fc.array(step, { maxLength: 5 }), (ordered, others) => {
			const sequence = sequenceOf(ordered, [true, false], ...others);
			const cleared = withoutStrayLimits(sequence);
			expect(problemsOf(cleared, scope)).toEqual([]);
			const isSame = JSON.stringify(cleared) === JSON.stringify(sequence);
			expect(problemsOf(sequence, scope).length === 0).toBe(isSame);
		}),
		{ seed: 7, numRuns: 200 }
	);
});
