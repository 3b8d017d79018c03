import { describe, expect, it } from 'vitest';
import type { Raster } from './raster.ts';
import { paintScatter, pointRadius, type ScatterPicture, type ScatterPoints } from './scatter-paint.ts';
import type { ChartTokens } from './tokens.ts';
import { WHOLE, zoomed } from './view.ts';

const tokens: ChartTokens = {
	surface: [255, 255, 255],
	grid: [230, 235, 231],
	base: [127, 138, 132],
	segments: [
		[0, 117, 85],
		[167, 51, 63]
	],
	noise: [133, 134, 137],
	pointAlpha: 1
};
const picture: ScatterPicture = {
	width: 100,
	height: 50,
	pixelRatio: 2,
	view: WHOLE,
	gridLines: [25],
	tokens
};

/** Points at pixels of the picture. */
function at(
	x: readonly number[],
	y: readonly number[],
	rest: Pick<ScatterPoints, 'segment' | 'mask'>
): ScatterPoints {
	return { x: Float32Array.from(x, (px) => px / 100), y: Float32Array.from(y, (px) => 1 - px / 50), ...rest };
}

function paint(points: ScatterPoints, shown = picture): { raster: Raster; steps: number } {
	const painting = paintScatter(points, shown);
	for (let steps = 0; ; steps += 1) {
		const { done, value } = painting.next();
		if (done === true) return { raster: value, steps };
	}
}

function colourAt({ pixels, width }: Raster, x: number, y: number): number[] {
	const at = (y * 2 * width + x * 2) * 4;
	return Array.from(pixels.subarray(at, at + 3));
}

describe('paintScatter', () => {
	it('draws points in the colour of their segment, over the grid, at the pixel ratio', () => {
		const { raster } = paint(
			at([20, 60, NaN], [10, 25, 10], { segment: Uint8Array.of(0, 1, 0), mask: null })
		);
		expect([raster.width, raster.height]).toEqual([200, 100]);
		expect(colourAt(raster, 20, 10)).toEqual([0, 117, 85]);
		expect(colourAt(raster, 60, 25)[0]).toBeGreaterThan(160);
		expect(colourAt(raster, 90, 25)).toEqual([230, 235, 231]);
		expect(colourAt(raster, 90, 10)).toEqual([255, 255, 255]);
	});

	it('puts selected points before faded ones, whatever their row', () => {
		const { raster } = paint(
			at([20, 20, 60], [10, 10, 10], { segment: Uint8Array.of(0, 1, 1), mask: Uint8Array.of(1, 0, 0) })
		);
		expect(colourAt(raster, 20, 10)[0]).toBeLessThan(5);
		const [red, green, blue] = colourAt(raster, 60, 10) as [number, number, number];
		expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
		expect(red).toBeGreaterThan(190);
	});

	it('draws noise as a ring', () => {
		const { raster } = paint(at([20], [10], { segment: Uint8Array.of(255), mask: null }));
		expect(colourAt(raster, 20, 10)).toEqual([255, 255, 255]);
		expect(colourAt(raster, 18, 10)[0]).toBeLessThan(255);
	});

	it('draws the part that is shown', () => {
		const points = at([20, 60], [10, 40], { segment: Uint8Array.of(0, 1), mask: null });
		const { raster } = paint(points, { ...picture, view: zoomed(WHOLE, 2, { x: 0, y: 1 }) });
		expect(colourAt(raster, 40, 20)).toEqual([0, 117, 85]);
		expect(colourAt(raster, 60, 40)).toEqual([255, 255, 255]);
	});

	it('stops for air every few thousand points', () => {
		const count = 20_000;
		const x = new Float32Array(count).fill(0.2);
		const { steps } = paint({ x, y: x, segment: new Uint8Array(count), mask: null });
		expect(steps).toBe(5);
	});
});

describe('pointRadius', () => {
	it('shrinks with the number of points', () => {
		expect(pointRadius(100_000)).toBeLessThan(pointRadius(20_000));
		expect(pointRadius(20_000)).toBeLessThan(pointRadius(3_317));
	});
});
