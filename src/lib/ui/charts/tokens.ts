import { SEGMENT_COLOURS, segmentToken } from '../segmentMarks.ts';
import type { Rgb } from './raster.ts';

/** The colours a canvas needs, read from the style sheet's tokens. */
export interface ChartTokens {
	readonly surface: Rgb;
	readonly grid: Rgb;
	/** Everyone else: points that are not selected. */
	readonly base: Rgb;
	/** By segment, from 0. */
	readonly segments: readonly Rgb[];
	/** Points without a segment of their own. */
	readonly noise: Rgb;
	/** How opaque a point is, 0 … 1. */
	readonly pointAlpha: number;
}

/** Reads the tokens that hold for an element now. */
export function readTokens(element: Element): ChartTokens {
	const style = getComputedStyle(element);
	const colour = (name: string): Rgb => parseHex(style.getPropertyValue(name));
	return {
		surface: colour('--surface'),
		grid: colour('--chart-grid'),
		base: colour('--chart-base'),
		segments: Array.from({ length: SEGMENT_COLOURS }, (_, segment) => colour(segmentToken(segment))),
		noise: colour(segmentToken(null)),
		pointAlpha: Number.parseFloat(style.getPropertyValue('--point-alpha')) || 1
	};
}

/** Calls back whenever the theme changes, by `data-theme` or by the system. Returns how to stop. */
export function watchTheme(onChange: () => void): () => void {
	const observer = new MutationObserver(onChange);
	observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
	const system = matchMedia('(prefers-color-scheme: dark)');
	system.addEventListener('change', onChange);
	return () => {
		observer.disconnect();
		system.removeEventListener('change', onChange);
	};
}

/** A colour written as `#rgb` or `#rrggbb`; anything else is black. */
export function parseHex(text: string): Rgb {
	const hex = /^\s*#([0-9a-f]{6}|[0-9a-f]{3})\s*$/i.exec(text)?.[1];
	if (hex === undefined) return [0, 0, 0];
	const long = hex.length === 6 ? hex : hex.replace(/./g, '$&$&');
	const value = Number.parseInt(long, 16);
	return [value >> 16, (value >> 8) & 255, value & 255];
}
