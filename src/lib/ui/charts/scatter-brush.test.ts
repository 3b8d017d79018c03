import { describe, expect, it } from 'vitest';
import type { Box } from './brush.ts';
import { ScatterBrush } from './scatter-brush.svelte.ts';
import { WHOLE, zoomed } from './view.ts';

describe('ScatterBrush', () => {
	const size = { width: 400, height: 200 };

	it('draws, then moves, and tells a click from a drag', () => {
		const brush = new ScatterBrush(() => size);
		brush.press(100, 50);
		brush.move(102, 51);
		expect(brush.release()).toBe('click');
		expect(brush.box).toBeNull();
		brush.press(100, 50);
		brush.move(200, 100);
		expect(brush.isDragging).toBe(true);
		expect(brush.release()).toBe('brushed');
		expect(brush.box).toEqual({ x0: 100, y0: 50, x1: 200, y1: 100 });
		expect(brush.shares).toEqual({ x0: 0.25, y0: 0.5, x1: 0.5, y1: 0.75 });
		brush.press(150, 75);
		brush.move(160, 85);
		brush.release();
		const { x0, y0, x1, y1 } = brush.box as Box;
		expect([x0, y0, x1, y1].map(Math.round)).toEqual([110, 60, 210, 110]);
	});

	it('resizes by its edges and says what the pointer would hold', () => {
		const brush = new ScatterBrush(() => size);
		brush.press(100, 50);
		brush.move(200, 100);
		brush.release();
		brush.move(200, 75);
		expect(brush.grab).toBe('e');
		brush.press(200, 75);
		brush.move(300, 75);
		brush.release();
		expect(brush.box?.x1).toBe(300);
	});

	it('keeps its place when the plot changes its size', () => {
		let now = size;
		const brush = new ScatterBrush(() => now);
		brush.press(100, 50);
		brush.move(200, 100);
		brush.release();
		now = { width: 800, height: 200 };
		expect(brush.box).toEqual({ x0: 200, y0: 50, x1: 400, y1: 100 });
	});

	it('keeps its place when another part is shown', () => {
		let view = WHOLE;
		const brush = new ScatterBrush(
			() => size,
			() => view
		);
		brush.press(100, 50);
		brush.move(200, 100);
		brush.release();
		view = zoomed(WHOLE, 2);
		expect(brush.box).toEqual({ x0: 0, y0: 0, x1: 200, y1: 100 });
		view = WHOLE;
		expect(brush.box).toEqual({ x0: 100, y0: 50, x1: 200, y1: 100 });
	});

	it('works by keyboard and clears', () => {
		const brush = new ScatterBrush(() => size);
		expect(brush.key('ArrowRight', false)).toBe(false);
		expect(brush.key('ArrowRight', true)).toBe(true);
		expect(brush.key('ArrowRight', false)).toBe(true);
		expect(brush.box?.x0).toBeCloseTo(152, 9);
		brush.clear();
		expect(brush.box).toBeNull();
	});
});
