import { describe, expect, it } from 'vitest';
import {
	dumbbellLayout,
	heading,
	headings,
	isLabelled,
	NAME_START,
	sideLabels,
	type ShareItem
} from './dumbbell.ts';
import { textWidth } from './labels.ts';

const percent = (share: number) => `${Math.round(100 * share)}%`;

function item(customersShare: number, revenueShare: number | null, name = 'A'): ShareItem {
	return { id: 'a', name, index: 0, customersShare, revenueShare, customers: 1, revenue: 1 };
}

describe('dumbbellLayout', () => {
	it('has no more room for names than lines leave', () => {
		const long = 'Sleeping customers of very long ago who once bought';
		const { nameRoom, left, right } = dumbbellLayout(560, [item(0.15, 0.46, long)], percent);
		expect(nameRoom).toBeLessThan(textWidth(long, 13));
		expect(right - left).toBeGreaterThan(200);
		expect(dumbbellLayout(560, [item(0.15, 0.46, 'At risk')], percent).nameRoom).toBe(
			Math.ceil(textWidth('At risk', 13))
		);
		expect(dumbbellLayout(311, [item(0.15, 0.46, long)], percent).nameRoom).toBe(311);
	});

	it('starts at zero and has room for the largest share', () => {
		const layout = dumbbellLayout(500, [item(0.15, 0.46), item(0.27, 0.07)], percent);
		expect(layout.place(0)).toBe(layout.left);
		expect(layout.place(0.46)).toBeLessThan(layout.right);
		expect(layout.ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
		expect(layout.rowY(1) - layout.rowY(0)).toBe(layout.rowHeight);
	});

	it('puts names above the line where it is narrow', () => {
		const layout = dumbbellLayout(324, [item(0.5, 0.5)], percent);
		expect(layout.isNarrow).toBe(true);
		expect(layout.left).toBe(0);
	});

	it('draws without groups', () => {
		expect(dumbbellLayout(500, [], percent).ticks.length).toBeGreaterThan(0);
	});
});

describe('figures beside marks', () => {
	const name = 'Potential loyalists';

	it.each([280, 324, 369, 439, 440, 500, 900])(
		'neither leave the plot nor touch a name at %i pixels',
		(width) => {
			for (const items of [
				[item(0.15, 0.46, name), item(0.12, 0.02, name), item(0.03, 0.11, name)],
				[item(0.1, 0.004, name), item(0.9, 0.996, name)],
				[item(0.2, null, name), item(0.01, null, name)]
			]) {
				const layout = dumbbellLayout(width, items, percent);
				const nameEnd = layout.isNarrow ? 0 : NAME_START + textWidth(name, 13);
				for (const { customersShare, revenueShare } of items.filter(isLabelled)) {
					const dotPlace = revenueShare === null ? null : layout.place(revenueShare);
					const { ring, dot } = sideLabels(layout.place(customersShare), dotPlace);
					for (const [label, share] of [
						[ring, customersShare],
						[dot, revenueShare]
					] as const) {
						if (label === null || share === null) continue;
						const size = textWidth(percent(share), 13);
						const [from, to] = label.anchor === 'end' ? [label.x - size, label.x] : [label.x, label.x + size];
						expect(from).toBeGreaterThanOrEqual(nameEnd);
						expect(to).toBeLessThanOrEqual(width + 1);
					}
				}
			}
		}
	);
});

describe('without amounts', () => {
	it('one figure stands right of each ring', () => {
		expect(sideLabels(100, null)).toEqual({ ring: { x: 110, anchor: 'start' }, dot: null });
		expect(isLabelled(item(0.01, null))).toBe(true);
	});

	it('the axis reaches to the largest share of the customers', () => {
		const layout = dumbbellLayout(500, [item(0.4, null)], percent);
		expect(layout.ticks.at(-1)).toBe(0.4);
	});

	it('one heading is kept inside', () => {
		expect(heading(300, 100, [152, 500])).toBe(300);
		expect(heading(490, 100, [152, 500])).toBe(450);
		expect(heading(160, 100, [152, 500])).toBe(202);
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
