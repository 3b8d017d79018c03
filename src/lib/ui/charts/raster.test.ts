import { describe, expect, it } from 'vitest';
import { blend, createRaster, disc, drawLine, ring, type Raster } from './raster.ts';

function pixel({ pixels, width }: Raster, x: number, y: number): number[] {
	return Array.from(pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));
}

describe('raster', () => {
	it('starts with one opaque colour', () => {
		const raster = createRaster(4, 3, [21, 27, 24]);
		expect(pixel(raster, 0, 0)).toEqual([21, 27, 24, 255]);
		expect(pixel(raster, 3, 2)).toEqual([21, 27, 24, 255]);
	});

	it('blends a disc in the middle and nothing at its corners', () => {
		const raster = createRaster(20, 20, [255, 255, 255]);
		blend(raster, disc(4), 10, 10, [0, 117, 85], 1);
		expect(pixel(raster, 10, 10)[0]).toBeLessThan(4);
		expect(pixel(raster, 6, 6)).toEqual([255, 255, 255, 255]);
		const half = createRaster(20, 20, [255, 255, 255]);
		blend(half, disc(4), 10, 10, [0, 0, 0], 0.5);
		expect(Math.abs((pixel(half, 10, 10)[0] as number) - 128)).toBeLessThan(4);
	});

	it('gets darker where points overlap', () => {
		const raster = createRaster(20, 20, [255, 255, 255]);
		blend(raster, disc(3), 10, 10, [0, 0, 0], 0.5);
		const once = pixel(raster, 10, 10)[0] as number;
		blend(raster, disc(3), 10, 10, [0, 0, 0], 0.5);
		expect(pixel(raster, 10, 10)[0]).toBeLessThan(once);
	});

	it('cuts marks at the edges and leaves out marks outside', () => {
		const raster = createRaster(10, 10, [255, 255, 255]);
		blend(raster, disc(4), 0, 0, [0, 0, 0], 1);
		blend(raster, disc(4), 40, -30, [0, 0, 0], 1);
		expect(pixel(raster, 0, 0)[0]).toBe(0);
		expect(pixel(raster, 9, 0)[0]).toBe(255);
		expect(pixel(raster, 9, 9)[0]).toBe(255);
	});

	it('leaves the middle of a ring free', () => {
		const raster = createRaster(20, 20, [255, 255, 255]);
		blend(raster, ring(6, 1.5), 10, 10, [0, 0, 0], 1);
		expect(pixel(raster, 10, 10)).toEqual([255, 255, 255, 255]);
		expect(pixel(raster, 4, 10)[0]).toBeLessThan(128);
	});

	it('draws a line over the whole width', () => {
		const raster = createRaster(5, 5, [255, 255, 255]);
		drawLine(raster, 2, 1, [1, 2, 3]);
		expect(pixel(raster, 0, 2)).toEqual([1, 2, 3, 255]);
		expect(pixel(raster, 4, 2)).toEqual([1, 2, 3, 255]);
		expect(pixel(raster, 4, 3)).toEqual([255, 255, 255, 255]);
	});
});
