/** A picture in device pixels, RGBA. */
export interface Raster {
	readonly pixels: Uint8ClampedArray<ArrayBuffer>;
	readonly width: number;
	readonly height: number;
}

/** Red, green, blue, 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A round mark: how much of each of size × size pixels it covers, 0 … 256. */
export interface Stamp {
	readonly size: number;
	readonly coverage: Uint16Array;
}

/** An empty raster filled with one opaque colour. */
export function createRaster(width: number, height: number, [red, green, blue]: Rgb): Raster {
	const pixels = new Uint8ClampedArray(width * height * 4);
	// One 32-bit write per pixel; every machine a browser runs on stores the lowest byte first.
	new Uint32Array(pixels.buffer).fill(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
	return { pixels, width, height };
}

/** A filled disc with soft edges; `radius` in device pixels. */
export function disc(radius: number): Stamp {
	return stampOf(radius, (distance) => softEdge(radius - distance));
}

/** A circle line with soft edges, as wide as `thickness`, inside `radius` (device pixels). */
export function ring(radius: number, thickness: number): Stamp {
	return stampOf(radius, (distance) =>
		Math.min(softEdge(radius - distance), softEdge(distance - (radius - thickness)))
	);
}

/** Blends a stamp centred on a place over the picture; `alpha` 0 … 1. Pixels outside are left out. */
export function blend(
	raster: Raster,
	stamp: Stamp,
	x: number,
	y: number,
	[red, green, blue]: Rgb,
	alpha: number
): void {
	const { pixels, width, height } = raster;
	const { size, coverage } = stamp;
	const left = Math.round(x - size / 2);
	const top = Math.round(y - size / 2);
	const strength = Math.round(alpha * 256);
	for (let row = Math.max(0, -top); row < size && top + row < height; row += 1) {
		const end = Math.min(size, width - left);
		for (let column = Math.max(0, -left); column < end; column += 1) {
			const share = ((coverage[row * size + column] as number) * strength) >> 8;
			if (share === 0) continue;
			const at = ((top + row) * width + left + column) * 4;
			pixels[at] = mix(pixels[at] as number, red, share);
			pixels[at + 1] = mix(pixels[at + 1] as number, green, share);
			pixels[at + 2] = mix(pixels[at + 2] as number, blue, share);
		}
	}
}

/** Draws a horizontal line over the whole width. */
export function drawLine(raster: Raster, y: number, thickness: number, [red, green, blue]: Rgb): void {
	const from = Math.max(0, y) * raster.width;
	const to = Math.min(raster.height, y + thickness) * raster.width;
	for (let pixel = from; pixel < to; pixel += 1) {
		raster.pixels[pixel * 4] = red;
		raster.pixels[pixel * 4 + 1] = green;
		raster.pixels[pixel * 4 + 2] = blue;
	}
}

function mix(below: number, above: number, share: number): number {
	return below + (((above - below) * share + 128) >> 8);
}

function softEdge(inside: number): number {
	return Math.min(Math.max(inside + 0.5, 0), 1);
}

function stampOf(radius: number, cover: (distance: number) => number): Stamp {
	const size = Math.max(1, Math.ceil(radius * 2));
	const coverage = new Uint16Array(size * size);
	for (let row = 0; row < size; row += 1) {
		for (let column = 0; column < size; column += 1) {
			const distance = Math.hypot(row + 0.5 - size / 2, column + 0.5 - size / 2);
			coverage[row * size + column] = Math.round(cover(distance) * 256);
		}
	}
	return { size, coverage };
}
