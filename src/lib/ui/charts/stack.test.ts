import { describe, expect, it } from 'vitest';
import { sparkPath, stack } from './stack.ts';

describe('stack', () => {
	it('fills the width with a gap between the pieces', () => {
		expect(stack([0.5, 0.5], 101)).toEqual([
			{ x: 0, width: 50 },
			{ x: 51, width: 50 }
		]);
	});

	it('keeps small pieces visible and draws nothing of nothing', () => {
		expect(stack([0.999, 0.001], 100)[1]?.width).toBe(1);
		expect(stack([], 100)).toEqual([]);
	});
});

describe('sparkPath', () => {
	it('scales to the largest and leaves empty bins out', () => {
		expect(sparkPath([12, 0, 6], 30, 26)).toBe('M0 26v-24h9V26ZM20 26v-12h9V26Z');
		expect(sparkPath([1000, 1], 20, 26)).toContain('v-1.5');
		expect(sparkPath([0, 0], 20, 26)).toBe('');
	});
});
