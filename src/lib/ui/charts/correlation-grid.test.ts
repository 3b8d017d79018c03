import { describe, expect, it } from 'vitest';
import {
	correlationCell,
	correlationClass,
	correlationLayout,
	correlationWords,
	cutName
} from './correlation-grid.ts';
import { textWidth } from './labels.ts';

describe('correlationClass', () => {
	it('is the same on both sides of nothing', () => {
		for (const r of [0, 0.05, 0.1, 0.39, 0.4, 0.7, 0.95, 1]) {
			expect(correlationClass(r) + correlationClass(-r)).toBe(8);
		}
		expect([0.05, 0.1, 0.4, 0.7].map(correlationClass)).toEqual([4, 5, 6, 7]);
		expect(correlationClass(NaN)).toBe(4);
	});
});

describe('correlationWords', () => {
	it('says which way and how much', () => {
		expect(correlationWords(0.02)).toBe('next to nothing in common');
		expect(correlationWords(0.5)).toBe('rise together clearly');
		expect(correlationWords(-0.75)).toBe('one falls as the other rises, strongly');
		expect(correlationWords(-0.95)).toBe('nearly the same, turned around');
		expect(correlationWords(NaN)).toBe('not known');
	});
});

describe('correlationLayout', () => {
	const names = ['Days since the last order', 'Orders', 'Total spend'];

	it('keeps every cell inside', () => {
		for (const width of [300, 390, 700, 1100]) {
			const layout = correlationLayout(width, [...names, ...names, ...names, 'Last']);
			const last = correlationCell(layout, 9, 9);
			expect(last.x + layout.cell).toBeLessThanOrEqual(width);
			expect(last.y + layout.cellHeight).toBeLessThan(layout.height);
		}
		expect(correlationLayout(1100, names).hasFigures).toBe(true);
	});

	it('cuts names off where they do not fit', () => {
		expect(cutName('Orders', 200)).toBe('Orders');
		const cut = cutName('Days since the last order', 80);
		expect(cut.endsWith('…')).toBe(true);
		expect(textWidth(cut, 13)).toBeLessThanOrEqual(80);
	});
});
