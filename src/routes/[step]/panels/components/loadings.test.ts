import { describe, expect, it } from 'vitest';
import { beyondWords, loadingClass } from './loadings.ts';

describe('loadingClass', () => {
	it('runs from 1 to 7, with 4 for next to nothing', () => {
		expect([-1, -0.5, -0.2, 0, 0.05, 0.2, 0.5, 1].map(loadingClass)).toEqual([1, 2, 3, 4, 4, 5, 6, 7]);
	});
});

describe('beyondWords', () => {
	it.each([
		[3, 3, 'All components are kept.'],
		[2, 3, 'Component 3, in grey, is beyond the share kept.'],
		[1, 3, 'Components 2 and 3, in grey, are beyond the share kept.'],
		[2, 8, 'Components 3 to 8, in grey, are beyond the share kept.']
	])('%i of %i', (kept, count, expected) => {
		expect(beyondWords(kept, count)).toBe(expected);
	});
});
