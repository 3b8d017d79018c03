import { describe, expect, it } from 'vitest';
import { namesOf, setsOf, upsetLayout } from './upset.ts';

const SETS = ['Big spenders', 'Slipping away', 'New'].map((name) => ({ name, figure: '1.2k' }));

describe('upsetLayout', () => {
	it('keeps every column and row inside the picture', () => {
		for (const width of [300, 326, 559, 560, 900, 1400]) {
			const layout = upsetLayout(width, SETS, 7);
			const last = layout.columnX(layout.shown - 1);
			expect(last + layout.step / 2).toBeLessThanOrEqual(width + 0.01);
			expect(layout.columnX(0)).toBeGreaterThan(layout.left);
			expect(layout.rowY(2) + 6).toBeLessThanOrEqual(layout.height);
			expect(layout.rowY(0)).toBeGreaterThan(layout.base);
		}
	});

	it('shows as many columns as there is room for', () => {
		expect(upsetLayout(1000, SETS, 3).shown).toBe(3);
		const many = upsetLayout(326, SETS, 255);
		expect(many.shown).toBe(8);
		expect(many.step).toBeGreaterThanOrEqual(38);
	});

	it('writes names above their rows where it is narrow', () => {
		expect(upsetLayout(326, SETS, 3)).toMatchObject({ isNarrow: true, left: 0, barsTo: 0 });
		expect(upsetLayout(800, SETS, 3).isNarrow).toBe(false);
	});
});

it('reads masks by their bits', () => {
	expect(setsOf(5, 3)).toEqual([0, 2]);
	expect(namesOf(1, SETS)).toBe('Big spenders');
	expect(namesOf(3, SETS)).toBe('Big spenders and Slipping away');
	expect(namesOf(7, SETS)).toBe('Big spenders, Slipping away and New');
});
