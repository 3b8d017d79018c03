import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawArrows, nameArrows, type Arrow } from './arrows.ts';
import { lengthInside } from './free-places.ts';
import type { LabelBox } from './labels.ts';
import { axisOf } from './scatter-axis.ts';

const axes = {
	x: axisOf(Float64Array.of(-4, 6), 'linear'),
	y: axisOf(Float64Array.of(-3, 3), 'linear')
};
const size = { width: 700, height: 420 };
const names = ['Days since last order', 'Orders', 'Total spend', 'Spend per order', 'Items per order'];

function placeArrows(
	arrows: readonly Arrow[],
	on: typeof axes,
	within: typeof size,
	taken: readonly LabelBox[],
	isNumbered = false
) {
	return nameArrows(drawArrows(arrows, on, within), within, taken, isNumbered);
}

describe('arrows', () => {
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
	it('keeps names off the arrows, also those of six features that point the same way', () => {
		const six = [
			['Items per order', 3.5, 4],
			['Products', 4.9, 1.8],
			['Total spend', 5.3, 1.9],
			['Months with an order', 5.1, -1],
			['Spend in 90 days', 5, -2.7],
			['Days to the expected next order', 4.3, -3.6]
		].map(([name, x, y]) => ({ name: String(name), x: Number(x), y: Number(y) }));
		const placed = placeArrows(six, axes, size, []);
		for (const { label } of placed) for (const stroke of placed) expect(lengthInside(stroke, label)).toBe(0);
	});
	it('has numbers where there is no room for names, and cuts long names', () => {
		const long = 'Orders on the preferred weekday of the customer, in the last year';
		const arrows = [
			{ name: long, x: 1, y: 1 },
			{ name: 'Orders', x: 1, y: -0.2 }
		];
		const narrow = { width: 260, height: 276 };
		expect(placeArrows(arrows, axes, narrow, [], true).map(({ text }) => text)).toEqual(['1', '2']);
		const [cut] = placeArrows(arrows, axes, size, []);
		expect(cut?.text).toMatch(/^Orders on the preferred .*…$/);
		expect(cut?.name).toBe(long);
		expect(cut?.label.width).toBeLessThan(size.width / 2);
	});
});
