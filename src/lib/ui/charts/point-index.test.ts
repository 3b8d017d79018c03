import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexPoints, nearestPoint } from './point-index.ts';

const PIXELS = { x: 512, y: 256 };
const place = fc.record({
	x: fc.integer({ min: -20, max: 540 }),
	y: fc.integer({ min: -20, max: 280 })
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
		if (point.x < 0 || point.x >= PIXELS.x || point.y < 0 || point.y >= PIXELS.y) return;
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
				(points, { x, y }, within) => {
					const index = indexPoints(
						Float32Array.from(points, (point) => point.x / PIXELS.x),
						Float32Array.from(points, (point) => point.y / PIXELS.y)
					);
					const found = nearestPoint(index, { x: x / PIXELS.x, y: y / PIXELS.y }, PIXELS, within);
					expect(found).toBe(nearestByLookingAtAll(points, x, y, within));
				}
			),
			{ seed: 5 }
		);
	});

	it('leaves out points without a place', () => {
		const index = indexPoints(Float32Array.of(NaN, 0.1), Float32Array.of(0.1, NaN));
		expect(nearestPoint(index, { x: 0.1, y: 0.1 }, PIXELS, 50)).toBe(-1);
	});
});
