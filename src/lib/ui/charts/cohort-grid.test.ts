import { describe, expect, it } from 'vitest';
import { cohortLayout, cohortOrigin, evenThresholds } from './cohort-grid.ts';

const LABELS = [
	{ title: 'Dec 2010', note: '885 people' },
	{ title: 'Jan 2011', note: '417 people' }
];

describe('cohortLayout', () => {
	it('fills the width there is, up to cells that would be too wide', () => {
		const layout = cohortLayout(800, LABELS, 9);
		expect(layout.width).toBeGreaterThan(780);
		expect(layout.width).toBeLessThanOrEqual(800);
		expect(cohortLayout(4000, LABELS, 3).cellWidth).toBe(76);
	});

	it('scrolls before a figure does not fit', () => {
		const layout = cohortLayout(320, LABELS, 24);
		expect(layout.cellWidth).toBe(36);
		expect(layout.width).toBeGreaterThan(320);
	});

	it('places cells beside and below each other', () => {
		const layout = cohortLayout(800, LABELS, 9);
		const [a, b, c] = [cohortOrigin(layout, 0, 0), cohortOrigin(layout, 0, 1), cohortOrigin(layout, 1, 0)];
		expect(b.x - a.x).toBeCloseTo(layout.cellWidth + 2, 9);
		expect(c.y - a.y).toBe(32);
	});

	it('parts the colours evenly', () => {
		expect(evenThresholds(0.7)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((at) => expect.closeTo(at, 12)));
	});
});
