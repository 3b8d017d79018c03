import { describe, expect, it } from 'vitest';
import { ScatterPointer } from './scatter-pointer.svelte.ts';
import { isWhole } from './view.ts';

const size = { width: 400, height: 200 };

describe('ScatterPointer', () => {
	it('draws a rectangle, then an outline in its place', () => {
		const pointer = new ScatterPointer(() => size);
		pointer.press(100, 50);
		pointer.move(200, 100);
		expect(pointer.isDragging).toBe(true);
		expect(pointer.release()).toBe('brushed');
		pointer.tool = 'lasso';
		pointer.press(10, 10);
		expect(pointer.brush.box).toBeNull();
		pointer.move(50, 10);
		pointer.move(50, 50);
		expect(pointer.release()).toBe('lassoed');
		pointer.tool = 'box';
		pointer.press(100, 50);
		pointer.move(200, 100);
		expect(pointer.lasso.corners).toEqual([]);
		pointer.release();
		expect(pointer.release()).toBeNull();
	});

	it('moves what is shown, by pointer and by keys', () => {
		const pointer = new ScatterPointer(() => size);
		pointer.tool = 'move';
		pointer.zoom(2, { x: 200, y: 100 });
		pointer.press(200, 100);
		pointer.move(300, 100);
		expect(pointer.release()).toBe('moved');
		expect(pointer.view.x0).toBeCloseTo(0.125, 12);
		expect(pointer.viewKey('ArrowRight', false)).toBe(true);
		expect(pointer.view.x0).toBeCloseTo(0.185, 12);
		pointer.press(200, 100);
		expect(pointer.release()).toBe('click');
	});

	it('looks nearer and at all of it again', () => {
		const pointer = new ScatterPointer(() => size);
		expect(pointer.viewKey('+', false)).toBe(true);
		expect(isWhole(pointer.view)).toBe(false);
		expect(pointer.viewKey('ArrowRight', false)).toBe(false);
		expect(pointer.viewKey('ArrowRight', true)).toBe(true);
		expect(pointer.viewKey('0', false)).toBe(true);
		expect(isWhole(pointer.view)).toBe(true);
	});
});
