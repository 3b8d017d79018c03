import { describe, expect, it } from 'vitest';
import { effectBar, effectWords, isClose, largestEffect, profileLayout } from './profile.ts';

const cell = (effect: number) => ({ effect, text: '1' });

describe('profileLayout', () => {
	it('is a table where four columns have room', () => {
		const layout = profileLayout(1110, 6, 4);
		expect(layout.isCards).toBe(false);
		const last = layout.place(5, 3);
		expect(last.figureRight).toBeLessThanOrEqual(1110);
		expect(last.centre + last.half).toBeLessThan(last.figureRight - 40);
		expect(last.y).toBeLessThan(layout.height);
	});

	it('is one card under another on a phone, and cards side by side for many segments', () => {
		const phone = profileLayout(324, 6, 4);
		expect(phone.isCards).toBe(true);
		expect([phone.columnX(1), phone.columnY(0)]).toEqual([0, 0]);
		expect(phone.columnY(1)).toBeGreaterThan(0);
		expect(phone.place(0, 0).centre - phone.place(0, 0).half).toBeGreaterThanOrEqual(140);
		const many = profileLayout(1110, 6, 10);
		expect(many.columnY(2)).toBe(0);
		expect(many.columnY(3)).toBeGreaterThan(0);
	});
});

describe('effectBar', () => {
	const place = { centre: 100, half: 50, figureRight: 200, y: 0 };

	it('goes right for more and left for less', () => {
		expect(effectBar(1, place, 2)).toEqual({ x: 100, width: 25 });
		expect(effectBar(-2, place, 2)).toEqual({ x: 50, width: 50 });
	});

	it('never leaves its room and never vanishes', () => {
		expect(effectBar(9, place, 2).width).toBe(50);
		expect(effectBar(NaN, place, 2)).toEqual({ x: 100, width: 1.5 });
	});
});

describe('effects', () => {
	it('takes the largest as a full bar, but at least one deviation', () => {
		expect(largestEffect([[cell(0.3), cell(-1.7)], [cell(NaN)]])).toBe(1.7);
		expect(largestEffect([[cell(0.3)]])).toBe(1);
	});

	it('says how strong they are', () => {
		expect([0.1, 0.3, -0.6, 1.2, NaN].map((effect) => effectWords(cell(effect)))).toEqual([
			'close to typical',
			'somewhat more than typical',
			'clearly less than typical',
			'much more than typical',
			'close to typical'
		]);
		expect([isClose(cell(-0.19)), isClose(cell(0.2)), isClose(cell(NaN))]).toEqual([true, false, true]);
	});
});
