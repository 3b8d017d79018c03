import { describe, expect, it } from 'vitest';
import { paintDensity } from './density-paint.ts';
import type { Raster } from './raster.ts';
import type { ScatterPicture, ScatterPoints } from './scatter-paint.ts';
import { WHOLE } from './view.ts';

const picture: ScatterPicture = {
	width: 20,
	height: 10,
	pixelRatio: 2,
	view: WHOLE,
	gridLines: [],
	tokens: {
		surface: [255, 255, 255],
		grid: [230, 230, 230],
		base: [127, 127, 127],
		segments: [
			[0, 100, 0],
			[200, 0, 0]
		],
		noise: [50, 50, 50],
		pointAlpha: 1
	}
};

/** Points in the middle of cells of 2 by 2 pixels, counted from the top left corner. */
function inCells(
	cells: readonly (readonly [number, number])[],
	segment: number[],
	mask: number[] | null = null
) {
	return {
		x: Float32Array.from(cells, ([column]) => (column + 0.5) / 10),
		y: Float32Array.from(cells, ([, line]) => 1 - (line + 0.5) / 5),
		segment: Uint8Array.from(segment),
		mask: mask && Uint8Array.from(mask)
	};
}

function paint(points: ScatterPoints): Raster {
	const painting = paintDensity(points, picture);
	for (;;) {
		const { done, value } = painting.next();
		if (done === true) return value;
	}
}

function colourOf({ pixels, width }: Raster, column: number, line: number): number[] {
	const at = (line * 4 * width + column * 4) * 4;
	return Array.from(pixels.subarray(at, at + 3));
}

describe('paintDensity', () => {
	it('gives a cell the colour most of its points have, the stronger the more there are', () => {
		const raster = paint(
			inCells(
				[
					[1, 1],
					[1, 1],
					[1, 1],
					[4, 2]
				],
				[1, 0, 1, 0]
			)
		);
		expect(colourOf(raster, 1, 1)).toEqual([200, 0, 0]);
		const [red, green, blue] = colourOf(raster, 4, 2) as [number, number, number];
		expect(red).toBe(blue);
		expect(green).toBeLessThan(255);
		expect(green).toBeGreaterThan(100);
		expect(colourOf(raster, 7, 3)).toEqual([255, 255, 255]);
	});

	it('shows the selected in colour and all others grey', () => {
		const raster = paint(
			inCells(
				[
					[1, 1],
					[1, 1],
					[4, 2]
				],
				[0, 1, 1],
				[1, 0, 0]
			)
		);
		expect(colourOf(raster, 1, 1)).toEqual([0, 100, 0]);
		const rest = colourOf(raster, 4, 2);
		expect(new Set(rest).size).toBe(1);
		expect(rest[0]).toBeLessThan(255);
	});

	it('leaves out points without a place and puts those of no segment in a colour of their own', () => {
		const points = inCells([[2, 2]], [255]);
		const raster = paint({
			x: Float32Array.of(...points.x, NaN),
			y: Float32Array.of(...points.y, 0.5),
			segment: Uint8Array.of(255, 0),
			mask: null
		});
		expect(colourOf(raster, 2, 2)).toEqual([50, 50, 50]);
	});
});
