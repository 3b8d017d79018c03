import { describe, expect, it } from 'vitest';
import { colourNumber, segmentShape, segmentToken, SHAPE_PATHS } from './segmentMarks.ts';

describe('segment marks', () => {
	it('gives the first six segments six shapes and repeats them in the same order', () => {
		const shapes = Array.from({ length: 12 }, (_, index) => segmentShape(index));
		expect(new Set(shapes.slice(0, 6)).size).toBe(6);
		expect(shapes.slice(6)).toEqual(shapes.slice(0, 6));
	});

	it('shows no segment, and any past the twelfth, as the hollow ring', () => {
		for (const index of [null, -1, 12, 400]) {
			expect(segmentShape(index)).toBe('ring');
			expect(segmentToken(index)).toBe('--noise');
			expect(colourNumber(index)).toBe(0);
		}
	});

	it('names the colour by its number, from 1', () => {
		expect([0, 11].map(segmentToken)).toEqual(['--seg-1', '--seg-12']);
	});

	it('has an outline for every shape', () => {
		expect(Object.values(SHAPE_PATHS).every((path) => path.endsWith('Z'))).toBe(true);
	});
});
