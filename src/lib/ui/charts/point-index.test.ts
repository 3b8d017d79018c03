import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexPoints, nearestPoint } from './point-index.ts';

const place = fc.record({
	x: fc.integer({ min: -20, max: 420 }),
	y: fc.integer({ min: -20, max: 320 })
});

function nearestByLookingAtAll(
	points: readonly { x: number; y: number }[],
	x: number,
	y: number,
	within: number
): number {
	let best = -1;
	let bestSquared = within * within;
	points.forEach((point, row) => {
		if (point.x < 0 || point.x >= 400 || point.y < 0 || point.y >= 300) return;
		const squared = (point.x - x) ** 2 + (point.y - y) ** 2;
		if (squared < bestSquared || (squared === bestSquared && best < 0)) {
			best = row;
			bestSquared = squared;
		}
	});
	return best;
}

describe('nearestPoint', () => {
	it('finds what looking at all points finds', () => {
		fc.assert(
			fc.property(
				fc.array(place, { maxLength: 60 }),
				place,
				fc.integer({ min: 1, max: 60 }),
				(points, at, within) => {
					const x = Float32Array.from(points, (point) => point.x);
					const y = Float32Array.from(points, (point) => point.y);
					const found = nearestPoint(indexPoints(x, y, 400, 300), at.x, at.y, within);
					expect(found).toBe(nearestByLookingAtAll(points, at.x, at.y, within));
				}
			),
			{ seed: 5 }
		);
	});

	it('leaves out points without a place', () => {
		const index = indexPoints(Float32Array.of(NaN, 10), Float32Array.of(10, NaN), 400, 300);
		expect(nearestPoint(index, 10, 10, 50)).toBe(-1);
	});
});
