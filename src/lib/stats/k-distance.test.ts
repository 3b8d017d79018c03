import { describe, expect, it } from 'vitest';
import { distanceCurve, proposeDistance } from './k-distance.ts';

describe('distanceCurve', () => {
	it('sorts, and thins evenly with both ends', () => {
		const distances = Float64Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
		expect(Array.from(distanceCurve(distances, 5))).toEqual([0, 25, 50, 75, 100]);
		expect(Array.from(distanceCurve(new Float64Array([3, 1, 2]), 10))).toEqual([1, 2, 3]);
		expect(Array.from(distanceCurve(new Float64Array([3, 1, 2]), 1))).toEqual([1]);
		expect(distanceCurve(new Float64Array(0), 10)).toHaveLength(0);
	});
});

describe('proposeDistance', () => {
	it('takes the bend of a curve that turns', () => {
		const curve = Float64Array.from({ length: 100 }, (_, i) => (i <= 94 ? 1 + i / 1000 : 1 + (i - 94)));
		expect(proposeDistance(curve)).toBe(1.094);
	});
	it('keeps nine of ten rows dense', () => {
		const curve = Float64Array.from({ length: 100 }, (_, i) => (i <= 50 ? 1 : i - 49));
		expect(proposeDistance(curve)).toBe(41);
	});
	it('passes over equal rows, and has no answer where there is nothing else', () => {
		expect(proposeDistance(Float64Array.from([0, 0, 0, 2, 2]))).toBe(2);
		expect(proposeDistance(new Float64Array(4))).toBeNull();
		expect(proposeDistance(new Float64Array(0))).toBeNull();
	});
});
