import { describe, expect, it } from 'vitest';
import { axisOf } from './scatter-axis.ts';
import { axisTicks } from './scatter-ticks.ts';

const texts = (ticks: { text: string }[]) => ticks.map(({ text }) => text);

describe('axisTicks', () => {
	it('marks decades of money and ages of days', () => {
		const money = axisOf(Float64Array.of(4, 170_000), 'log');
		expect(texts(axisTicks(money, 480, String))).toEqual(['10', '100', '1000', '10000', '100000']);
		const days = axisOf(Float64Array.of(1, 274), 'log');
		expect(texts(axisTicks(days, 600, String, { days: true }))).toEqual(['1', '7', '30', '90', '180']);
	});

	it('marks the floor of zeros', () => {
		expect(texts(axisTicks(axisOf(Float64Array.of(0, 10, 1000), 'log'), 480, String))[0]).toBe('0');
		expect(texts(axisTicks(axisOf(Float64Array.of(-5, 10, 1000), 'log'), 480, String))[0]).toBe('≤ 0');
	});

	it('keeps ticks apart and inside', () => {
		const ticks = axisTicks(axisOf(Float64Array.of(-2.7, 3.4), 'linear'), 120, String, { gap: 40 });
		expect(ticks.length).toBeLessThanOrEqual(3);
		for (const { at } of ticks) expect(at >= 0 && at <= 120).toBe(true);
	});
});
