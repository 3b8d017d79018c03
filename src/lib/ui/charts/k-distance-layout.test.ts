import { describe, expect, it } from 'vitest';
import { kDistanceLayout, shareWithin } from './k-distance-layout.ts';

const distances = Float64Array.from({ length: 101 }, (_, i) => (i / 50) ** 3);

describe('kDistanceLayout', () => {
	it('spreads people over the width, and finds them again', () => {
		const layout = kDistanceLayout(400, distances);
		expect([layout.placePoint(0), layout.placePoint(100)]).toEqual([layout.left, layout.right]);
		for (const point of [0, 37, 100]) expect(layout.pointAt(layout.placePoint(point))).toBe(point);
		expect([layout.pointAt(-50), layout.pointAt(900)]).toEqual([0, 100]);
	});
	it('starts at zero, with round ends', () => {
		const layout = kDistanceLayout(400, distances);
		expect(layout.placeDistance(0)).toBe(layout.bottom);
		expect(layout.placeDistance(8)).toBe(layout.top);
		expect(layout.placeDistance(50)).toBe(layout.top);
		expect(layout.ticks).toEqual([0, 2, 4, 6, 8]);
	});
	it('draws no points, one, and equal ones', () => {
		expect(kDistanceLayout(400, []).path).toBe('');
		for (const same of [[0], [0, 0, 0], [2]]) expect(kDistanceLayout(400, same).path).not.toContain('NaN');
	});
});

describe('shareWithin', () => {
	it('counts those at most so far', () => {
		expect(shareWithin([1, 2, 2, 3], 2)).toBe(0.75);
		expect(shareWithin([1, 2, 2, 3], 0.5)).toBe(0);
		expect(shareWithin([1, 2, 2, 3], 9)).toBe(1);
		expect(shareWithin([], 1)).toBe(0);
	});
});
