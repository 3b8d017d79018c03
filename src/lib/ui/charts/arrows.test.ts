import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeArrows } from './arrows.ts';
import { axisOf } from './scatter-axis.ts';

const axes = {
	x: axisOf(Float64Array.of(-4, 6), 'linear'),
	y: axisOf(Float64Array.of(-3, 3), 'linear')
};
const size = { width: 700, height: 420 };
const names = ['Days since last order', 'Orders', 'Total spend', 'Spend per order', 'Items per order'];

describe('placeArrows', () => {
	it('points where the feature grows, up and right of zero', () => {
		const [arrow] = placeArrows([{ name: 'Orders', x: 1, y: 1 }], axes, size, []);
		expect(arrow?.to.x).toBeGreaterThan(arrow?.from.x ?? NaN);
		expect(arrow?.to.y).toBeLessThan(arrow?.from.y ?? NaN);
		expect(arrow?.to.y).toBeGreaterThan(0);
	});
	it('enlarges all alike and leaves out what has no direction', () => {
		const placed = placeArrows(
			[
				{ name: 'a', x: 2, y: 0 },
				{ name: 'b', x: 1, y: 0 },
				{ name: 'c', x: 0, y: 0 }
			],
			axes,
			size,
			[]
		);
		expect(placed.map(({ name }) => name)).toEqual(['a', 'b']);
		const [a = 0, b = 0] = placed.map(({ from, to }) => to.x - from.x);
		expect(a / b).toBeCloseTo(2, 9);
	});
	it('is empty where there is nothing to point at', () => {
		expect(placeArrows([], axes, size, [])).toEqual([]);
		expect(placeArrows([{ name: 'a', x: 0, y: 0 }], axes, size, [])).toEqual([]);
	});
	it('keeps tips and names inside, and names apart, for eight features in any direction', () => {
		const angle = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
		const taken = { x: 350, y: 60, width: 120, height: 22 };
		fc.assert(
			fc.property(fc.array(angle, { minLength: 1, maxLength: 5 }), (angles) => {
				const arrows = angles.map((turn, i) => ({
					name: names[i] ?? '',
					x: Math.cos(turn),
					y: Math.sin(turn)
				}));
				const placed = placeArrows(arrows, axes, size, [taken]);
				for (const { to, label } of placed) {
					expect(to.x >= 0 && to.x <= size.width && to.y >= 0 && to.y <= size.height).toBe(true);
					expect(label.x - label.width / 2).toBeGreaterThanOrEqual(0);
					expect(label.y + label.height / 2).toBeLessThanOrEqual(size.height);
				}
				const boxes = [taken, ...placed.map(({ label }) => label)];
				boxes.forEach((one, i) =>
					boxes.slice(i + 1).forEach((other) => {
						const isApart =
							Math.abs(one.x - other.x) * 2 >= one.width + other.width - 1e-6 ||
							Math.abs(one.y - other.y) * 2 >= one.height + other.height - 1e-6;
						expect(isApart).toBe(true);
					})
				);
			}),
			{ seed: 21 }
		);
	});
});
