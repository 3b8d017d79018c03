import { describe, expect, it } from 'vitest';
import { lengthInside } from './free-places.ts';
import { middlesOf, placeNames, type SegmentMiddle } from './scatter-names.ts';
import { zoomed, WHOLE } from './view.ts';

const size = { width: 600, height: 400 };

/** A segment whose middle stands at these pixels of the plot. */
function at(index: number, name: string, x: number, y: number, { width, height } = size): SegmentMiddle {
	return { index, name, middle: { x: x / width, y: 1 - y / height } };
}

describe('middlesOf', () => {
	it('takes medians and leaves out empty segments', () => {
		const names = ['Regulars', 'New faces', 'Nobody'].map((name, index) => ({ index, name }));
		const middles = middlesOf(names, {
			x: Float32Array.of(0.125, 0.25, 0.875, 0.5, 0.5, 0.5),
			y: Float32Array.of(0.25, 0.5, 0.125, 0.75, 0.875, NaN),
			segment: Uint8Array.of(0, 0, 0, 1, 1, 1)
		});
		expect(middles.map(({ name }) => name)).toEqual(['Regulars', 'New faces']);
		expect(middles[0]?.middle).toEqual({ x: 0.25, y: 0.25 });
		expect(middles[1]?.middle.x).toBe(0.5);
	});
});

describe('placeNames', () => {
	it('puts names where their segments lie', () => {
		const [placed] = placeNames([at(0, 'Regulars', 150, 100)], size);
		expect(placed?.anchor).toEqual({ x: 150, y: 100 });
		expect(placed?.label).toMatchObject({ x: 150, y: 100 });
	});

	it('moves names of segments at the same place apart', () => {
		const placed = placeNames([at(0, 'Regulars', 300, 200), at(1, 'New faces', 300, 200)], size);
		expect(placed[1]?.anchor).toEqual({ x: 300, y: 200 });
		expect(Math.abs((placed[1]?.label.y ?? 200) - 200)).toBeGreaterThanOrEqual(20);
	});

	it('cuts long names, and keeps the whole one', () => {
		const name = 'A name that somebody gave and that is longer than any plot is wide';
		const narrow = { width: 280, height: 276 };
		const [placed] = placeNames([at(0, name, 100, 100, narrow)], narrow);
		expect(placed).toMatchObject({ name, text: 'A name that some…' });
		expect(placed?.label.width).toBeLessThanOrEqual(170);
	});

	it('leaves lines free', () => {
		const stroke = { from: { x: 300, y: 200 }, to: { x: 560, y: 200 } };
		const [placed] = placeNames([at(0, 'Regulars', 400, 200)], size, [stroke]);
		expect(lengthInside(stroke, placed?.label ?? { x: 400, y: 200, width: 1, height: 1 })).toBe(0);
	});

	it('leaves out segments that are not in view', () => {
		const names = [at(0, 'Regulars', 100, 100), at(1, 'New faces', 500, 300)];
		const placed = placeNames(names, size, [], zoomed(WHOLE, 3, { x: 0, y: 1 }));
		expect(placed.map(({ name }) => name)).toEqual(['Regulars']);
		expect(placed[0]?.anchor.x).toBeCloseTo(300, 9);
		expect(placed[0]?.anchor.y).toBeCloseTo(300, 9);
	});
});
