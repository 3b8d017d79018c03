import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxAfterKey, boxBetween, dragBox, grabAt, moveBox, type Grab } from './brush.ts';

const size = { width: 400, height: 300 };
const box = { x0: 100, y0: 80, x1: 200, y1: 180 };

describe('grabAt', () => {
	it('holds corners, edges, the box, or starts a new one', () => {
		expect(grabAt(box, 101, 79)).toBe('nw');
		expect(grabAt(box, 200, 183)).toBe('se');
		expect(grabAt(box, 150, 82)).toBe('n');
		expect(grabAt(box, 203, 120)).toBe('e');
		expect(grabAt(box, 150, 120)).toBe('move');
		expect(grabAt(box, 300, 120)).toBe('new');
		expect(grabAt(null, 150, 120)).toBe('new');
	});
});

describe('dragBox', () => {
	it('moves the held edge only', () => {
		expect(dragBox(box, 'e', 30, 50, size)).toEqual({ ...box, x1: 230 });
		expect(dragBox(box, 'n', 30, -20, size)).toEqual({ ...box, y0: 60 });
		expect(dragBox(box, 'sw', -10, 10, size)).toEqual({ ...box, x0: 90, y1: 190 });
	});

	it('turns round when an edge is dragged past the other', () => {
		expect(dragBox(box, 'w', 150, 0, size)).toEqual({ ...box, x0: 200, x1: 250 });
	});

	it('stays in order and inside the plot whatever is dragged', () => {
		const grabs: Grab[] = ['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw', 'move', 'new'];
		const distance = fc.integer({ min: -900, max: 900 });
		fc.assert(
			fc.property(fc.constantFrom(...grabs), distance, distance, (grab, dx, dy) => {
				const { x0, y0, x1, y1 } = dragBox(box, grab, dx, dy, size);
				expect(x0 >= 0 && x0 <= x1 && x1 <= size.width).toBe(true);
				expect(y0 >= 0 && y0 <= y1 && y1 <= size.height).toBe(true);
			}),
			{ seed: 17 }
		);
	});
});

describe('moveBox', () => {
	it('keeps its size at the edges', () => {
		expect(moveBox(box, 500, -500, size)).toEqual({ x0: 300, y0: 0, x1: 400, y1: 100 });
	});
});

describe('boxBetween', () => {
	it('takes corners in any order', () => {
		expect(boxBetween(200, 180, 100, 80, size)).toEqual(box);
	});
});

describe('boxAfterKey', () => {
	it('starts with Shift, grows with Shift, moves without', () => {
		const first = boxAfterKey(null, 'ArrowRight', true, size);
		expect(first).toEqual({ x0: 140, y0: 105, x1: 260, y1: 195 });
		expect(boxAfterKey(box, 'ArrowRight', true, size)).toEqual({ ...box, x1: 212 });
		expect(boxAfterKey(box, 'ArrowDown', false, size)).toEqual({ x0: 100, y0: 92, x1: 200, y1: 192 });
	});

	it('never shrinks to nothing and leaves other keys alone', () => {
		let small = box;
		for (let i = 0; i < 20; i += 1) small = boxAfterKey(small, 'ArrowLeft', true, size) ?? small;
		expect(small.x1 - small.x0).toBe(12);
		expect(boxAfterKey(box, 'Enter', false, size)).toBeNull();
		expect(boxAfterKey(null, 'ArrowLeft', false, size)).toBeNull();
	});
});
