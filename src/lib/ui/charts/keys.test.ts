import { describe, expect, it } from 'vitest';
import { stepInGrid, stepInLine } from './keys.ts';

describe('stepInLine', () => {
	it('moves by one, by a page and to the ends', () => {
		expect(stepInLine('ArrowRight', 2, 9)).toBe(3);
		expect(stepInLine('ArrowUp', 2, 9)).toBe(1);
		expect(stepInLine('PageDown', 2, 30)).toBe(12);
		expect(stepInLine('Home', 5, 9)).toBe(0);
		expect(stepInLine('End', 5, 9)).toBe(8);
	});

	it('stops at both ends and in an empty line', () => {
		expect(stepInLine('ArrowLeft', 0, 9)).toBe(0);
		expect(stepInLine('PageDown', 5, 9)).toBe(8);
		expect(stepInLine('ArrowRight', 0, 0)).toBe(0);
	});

	it('leaves other keys alone', () => {
		expect(stepInLine('Tab', 2, 9)).toBeNull();
	});
});

describe('stepInGrid', () => {
	it('moves in both directions and stays inside', () => {
		expect(stepInGrid('ArrowRight', 6, 5, 5)).toBe(7);
		expect(stepInGrid('ArrowDown', 6, 5, 5)).toBe(11);
		expect(stepInGrid('ArrowRight', 9, 5, 5)).toBe(9);
		expect(stepInGrid('ArrowUp', 3, 5, 5)).toBe(3);
		expect(stepInGrid('End', 11, 5, 5)).toBe(14);
		expect(stepInGrid('Home', 14, 5, 5)).toBe(10);
		expect(stepInGrid('x', 14, 5, 5)).toBeNull();
	});
});
