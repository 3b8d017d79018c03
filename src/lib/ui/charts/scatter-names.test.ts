import { describe, expect, it } from 'vitest';
import { lengthInside } from './free-places.ts';
import { placeNames } from './scatter-names.ts';

const size = { width: 600, height: 400 };
const names = [
	{ index: 0, name: 'Regulars' },
	{ index: 1, name: 'New faces' },
	{ index: 2, name: 'Nobody' }
];

describe('placeNames', () => {
	it('puts names at the medians and leaves out empty segments', () => {
		const placed = placeNames(
			names,
			{
				x: Float32Array.of(100, 110, 500, 400, 400, 400),
				y: Float32Array.of(80, 90, 10, 300, 310, NaN),
				segment: Uint8Array.of(0, 0, 0, 1, 1, 1)
			},
			size
		);
		expect(placed.map(({ name }) => name)).toEqual(['Regulars', 'New faces']);
		expect(placed[0]?.anchor).toEqual({ x: 110, y: 80 });
		expect(placed[0]?.label).toMatchObject({ x: 110, y: 80 });
		expect(placed[1]?.anchor.x).toBe(400);
	});

	it('moves names of segments at the same place apart', () => {
		const placed = placeNames(
			names.slice(0, 2),
			{ x: Float32Array.of(300, 300), y: Float32Array.of(200, 200), segment: Uint8Array.of(0, 1) },
			size
		);
		expect(placed[1]?.anchor).toEqual({ x: 300, y: 200 });
		expect(Math.abs((placed[1]?.label.y ?? 200) - 200)).toBeGreaterThanOrEqual(20);
	});

	it('cuts long names, and keeps the whole one', () => {
		const name = 'A name that somebody gave and that is longer than any plot is wide';
		const points = { x: Float32Array.of(100), y: Float32Array.of(100), segment: Uint8Array.of(0) };
		const [placed] = placeNames([{ index: 0, name }], points, { width: 280, height: 276 });
		expect(placed).toMatchObject({ name, text: 'A name that some…' });
		expect(placed?.label.width).toBeLessThanOrEqual(170);
	});

	it('leaves lines free', () => {
		const stroke = { from: { x: 300, y: 200 }, to: { x: 560, y: 200 } };
		const points = { x: Float32Array.of(400), y: Float32Array.of(200), segment: Uint8Array.of(0) };
		const [placed] = placeNames(names.slice(0, 1), points, size, [stroke]);
		expect(lengthInside(stroke, placed?.label ?? { x: 400, y: 200, width: 1, height: 1 })).toBe(0);
	});
});
