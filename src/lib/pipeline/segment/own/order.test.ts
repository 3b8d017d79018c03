import { describe, expect, it } from 'vitest';
import { inOrderOfUse, ringOfRule, ringProblem } from './order.ts';
import type { OwnSegment } from './schema.ts';

type RuleSegment = Extract<OwnSegment, { kind: 'rule' }>;

/** An own segment whose rule names others. */
function naming(id: string, name: string, ...used: string[]): RuleSegment {
	const conditions = used.map((each) => ({
		kind: 'segment' as const,
		segment: `own:${each}`,
		isIn: true
	}));
	return { kind: 'rule', id, name, rule: { kind: 'group', match: 'all', conditions }, of: null };
}

describe('the order of use', () => {
	it('has each after those that it names', () => {
		const segments = [naming('g1', 'A', 'g3', 'g2'), naming('g2', 'B', 'g3'), naming('g3', 'C')];
		expect(inOrderOfUse(segments).map(({ name }) => name)).toEqual(['C', 'B', 'A']);
	});

	it('has each of a ring once', () => {
		const segments = [naming('g1', 'A', 'g2'), naming('g2', 'B', 'g1'), naming('g3', 'C', 'g1')];
		expect(inOrderOfUse(segments).map(({ name }) => name)).toEqual(['B', 'A', 'C']);
	});
});

describe('a ring', () => {
	const segments = [
		naming('g1', 'A', 'g2', 'g3'),
		naming('g2', 'B', 'g1'),
		naming('g3', 'C', 'g2'),
		naming('g4', 'D', 'g1', 'g9'),
		naming('g5', 'E', 'g5')
	];

	it('is told with the shortest way back, of every segment in it', () => {
		expect(segments.map((segment) => ringProblem(segment, segments))).toEqual([
			'It names itself, by way of B.',
			'It names itself, by way of A.',
			'It names itself, by way of B and A.',
			null,
			'It names itself.'
		]);
	});

	it('is told of a rule that is not kept yet', () => {
		const kept = [naming('g1', 'A'), naming('g2', 'B', 'g1')];
		const { rule } = naming('g1', 'A', 'g2');
		expect(ringOfRule('g1', rule, kept)).toBe('It names itself, by way of B.');
		expect(ringOfRule('g3', rule, kept)).toBeNull();
		expect(ringOfRule('g1', naming('g1', 'A').rule, kept)).toBeNull();
	});
});
