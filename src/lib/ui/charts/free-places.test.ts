import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeTowards, lengthInside, placeBeside, placeOver } from './free-places.ts';

const size = { width: 600, height: 400 };
const box = { width: 100, height: 20 };
const alone = { size, taken: [], strokes: [] };

describe('lengthInside', () => {
	const label = { x: 100, y: 100, ...box };
	it.each([
		[{ x: 0, y: 100 }, { x: 300, y: 100 }, 100],
		[{ x: 100, y: 0 }, { x: 100, y: 300 }, 20],
		[{ x: 100, y: 100 }, { x: 120, y: 100 }, 20],
		[{ x: 0, y: 120 }, { x: 300, y: 120 }, 0],
		[{ x: 0, y: 0 }, { x: 10, y: 10 }, 0]
	])('from %j to %j', (from, to, expected) => {
		expect(lengthInside({ from, to }, label)).toBeCloseTo(expected, 9);
	});
});

describe('placing labels', () => {
	it('puts a label beyond its point, or over it, where there is room', () => {
		expect(placeBeside({ x: 300, y: 200 }, 0, box, alone)).toMatchObject({ x: 358, y: 200 });
		expect(placeOver({ x: 300, y: 200 }, box, alone)).toMatchObject({ x: 300, y: 200 });
	});
	it('turns aside at the edge, off its own arrow', () => {
		const stroke = { from: { x: 300, y: 200 }, to: { x: 590, y: 200 } };
		const placed = placeBeside(stroke.to, 0, box, { ...alone, strokes: [stroke] });
		expect(placed.x + placed.width / 2).toBeLessThanOrEqual(size.width);
		expect(lengthInside(stroke, placed)).toBe(0);
	});
	it('leaves strokes free, and names where strokes meet move off', () => {
		const strokes = [0, 1, 2, 3].map((i) => ({
			from: { x: 300, y: 200 },
			to: { x: 520, y: 120 + 60 * i }
		}));
		const placed = placeOver({ x: 330, y: 200 }, box, { ...alone, strokes });
		for (const stroke of strokes) expect(lengthInside(stroke, placed)).toBe(0);
	});
	it('always stays inside', () => {
		const at = fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 400 }) });
		fc.assert(
			fc.property(at, fc.double({ min: 0, max: 7, noNaN: true }), (point, angle) => {
				for (const { x, y } of [placeBeside(point, angle, box, alone), placeOver(point, box, alone)]) {
					expect(x).toBeGreaterThanOrEqual(50);
					expect(x).toBeLessThanOrEqual(550);
					expect(y).toBeGreaterThanOrEqual(10);
					expect(y).toBeLessThanOrEqual(390);
				}
			}),
			{ seed: 4 }
		);
	});
	it('leads a line to the nearest edge', () => {
		expect(edgeTowards({ x: 100, y: 100, ...box }, { x: 300, y: 104 })).toEqual({ x: 150, y: 104 });
	});
});
