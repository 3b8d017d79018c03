import { describe, expect, it } from 'vitest';
import { dumbbellLayout, headings, isLabelled, sideLabels, type ShareItem } from './dumbbell.ts';

function item(customersShare: number, revenueShare: number): ShareItem {
	return { id: 'a', name: 'A', index: 0, customersShare, revenueShare, customers: 1, revenue: 1 };
}

describe('dumbbellLayout', () => {
	it('starts at zero and has room for the largest share', () => {
		const layout = dumbbellLayout(500, [item(0.15, 0.46), item(0.27, 0.07)]);
		expect(layout.place(0)).toBe(layout.left);
		expect(layout.place(0.46)).toBeLessThan(layout.right);
		expect(layout.ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
		expect(layout.rowY(1) - layout.rowY(0)).toBe(layout.rowHeight);
	});

	it('puts names above the line where it is narrow', () => {
		const layout = dumbbellLayout(324, [item(0.5, 0.5)]);
		expect(layout.isNarrow).toBe(true);
		expect(layout.left).toBe(0);
	});

	it('draws without groups', () => {
		expect(dumbbellLayout(500, []).ticks.length).toBeGreaterThan(0);
	});
});

describe('sideLabels', () => {
	it('stands outside on both sides', () => {
		expect(sideLabels(100, 200)).toEqual({
			ring: { x: 90, anchor: 'end' },
			dot: { x: 212, anchor: 'start' }
		});
		expect(sideLabels(200, 100)).toEqual({
			ring: { x: 210, anchor: 'start' },
			dot: { x: 89, anchor: 'end' }
		});
	});
});

describe('headings', () => {
	it('stays above marks that are far apart', () => {
		expect(headings(260, 450, [110, 100], [152, 500])).toEqual({ ring: 260, dot: 450 });
	});

	it('pushes headings apart and keeps them inside', () => {
		const { ring, dot } = headings(470, 480, [110, 100], [152, 500]);
		expect(dot).toBe(450);
		expect(dot - ring).toBe(117);
		const swapped = headings(170, 160, [110, 100], [152, 500]);
		expect(swapped.dot - 50).toBe(152);
		expect(swapped.ring - swapped.dot).toBeCloseTo(117, 9);
	});
});

describe('isLabelled', () => {
	it('asks for a tenth', () => {
		expect([isLabelled(item(0.12, 0.07)), isLabelled(item(0.06, 0.03))]).toEqual([true, false]);
	});
});
