import { describe, expect, it } from 'vitest';
import type { Raster } from './raster.ts';
import { paintScatter, pointRadius, type ScatterPicture, type ScatterPoints } from './scatter-paint.ts';
import type { ChartTokens } from './tokens.ts';

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
const picture: ScatterPicture = { width: 100, height: 50, pixelRatio: 2, gridLines: [25], tokens };

function paint(points: ScatterPoints): { raster: Raster; steps: number } {
	const painting = paintScatter(points, picture);
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
		const { raster } = paint({
			x: Float32Array.of(20, 60, NaN),
			y: Float32Array.of(10, 25, 10),
			segment: Uint8Array.of(0, 1, 0),
			mask: null
		});
		expect([raster.width, raster.height]).toEqual([200, 100]);
		expect(colourAt(raster, 20, 10)).toEqual([0, 117, 85]);
		expect(colourAt(raster, 60, 25)[0]).toBeGreaterThan(160);
		expect(colourAt(raster, 90, 25)).toEqual([230, 235, 231]);
		expect(colourAt(raster, 90, 10)).toEqual([255, 255, 255]);
	});

	it('puts selected points before faded ones, whatever their row', () => {
		const { raster } = paint({
			x: Float32Array.of(20, 20, 60),
			y: Float32Array.of(10, 10, 10),
			segment: Uint8Array.of(0, 1, 1),
			mask: Uint8Array.of(1, 0, 0)
		});
		expect(colourAt(raster, 20, 10)[0]).toBeLessThan(5);
		const [red, green, blue] = colourAt(raster, 60, 10) as [number, number, number];
		expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
		expect(red).toBeGreaterThan(190);
	});

	it('draws noise as a ring', () => {
		const { raster } = paint({
			x: Float32Array.of(20),
			y: Float32Array.of(10),
			segment: Uint8Array.of(255),
			mask: null
		});
		expect(colourAt(raster, 20, 10)).toEqual([255, 255, 255]);
		expect(colourAt(raster, 18, 10)[0]).toBeLessThan(255);
	});

	it('stops for air every few thousand points', () => {
		const count = 20_000;
		const x = new Float32Array(count).fill(20);
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
