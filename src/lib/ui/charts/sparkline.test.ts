import { expect, it } from 'vitest';
import { sparkLines } from './sparkline.ts';

it('runs from 0 at the bottom to the largest at the top', () => {
	expect(sparkLines([0, 5, 10], 106, 26)).toEqual({
		line: 'M3 23L53 13M53 13L103 3',
		gaps: '',
		end: { x: 103, y: 3 }
	});
});

it('dashes over what is not known', () => {
	expect(sparkLines([10, null, 10, null], 96, 26)).toEqual({
		line: '',
		gaps: 'M3 3L63 3',
		end: { x: 63, y: 3 }
	});
	expect(sparkLines([null], 96, 26)).toEqual({ line: '', gaps: '', end: null });
});
