import { describe, expect, it } from 'vitest';
import { nameLines, parallelAxes, parallelLayout, parallelTicks, typicalShares } from './parallel.ts';

const axes = await parallelAxes([
	{
		id: 'days',
		name: 'Days',
		values: Float64Array.of(0, 5, 10, NaN),
		scale: 'linear',
		format: String,
		amount: String
	},
	{
		id: 'money',
		name: 'Money',
		values: Float64Array.of(1, 10, 100, 1000),
		scale: 'log',
		format: String,
		amount: String
	}
]);

describe('typicalShares', () => {
	it('takes the median of each segment on each axis, of those with a value', () => {
		const [first, second, nobody] = typicalShares(
			axes,
			[{ index: 0 }, { index: 1 }, { index: 2 }],
			Uint8Array.of(0, 0, 1, 1)
		);
		expect(first?.[0]).toBe(axes[0]?.shares[1]);
		expect(second?.[0]).toBe(axes[0]?.shares[2]);
		expect(second?.[1]).toBe(axes[1]?.shares[3]);
		expect(nobody?.every(Number.isNaN)).toBe(true);
	});
});

describe('parallelLayout', () => {
	it.each([900, 390])('has its axes inside %i pixels, and finds them again', (width) => {
		const layout = parallelLayout(width, 3);
		for (const axis of [0, 1, 2]) {
			for (const share of [0, 0.25, 1]) {
				const { x, y } = layout.place(axis, share);
				expect(x).toBeGreaterThanOrEqual(0);
				expect(x).toBeLessThanOrEqual(width);
				expect(y).toBeLessThanOrEqual(layout.height);
				expect(layout.at(x, y)?.axis).toBe(axis);
				expect(layout.at(x, y)?.share).toBeCloseTo(share, 9);
			}
		}
		expect(layout.isUpright).toBe(width > 560);
	});

	it('finds no axis between two', () => {
		expect(parallelLayout(900, 3).at(260, 100)).toBeNull();
	});
});

describe('nameLines', () => {
	it('takes one line where there is room, else two, and cuts only what is longer', () => {
		expect(nameLines('Days since the first order', 400)).toEqual(['Days since the first order']);
		expect(nameLines('Days since the first order', 148)).toEqual(['Days since the first', 'order']);
		expect(nameLines('Days since the first order of all', 60)[1]).toMatch(/…$/);
		expect(nameLines('Unbreakable', 40)).toHaveLength(1);
	});

	it('has the room that is free between two axes', () => {
		expect(parallelLayout(1090, 6).room).toBeGreaterThan(140);
		expect(parallelLayout(700, 8).room).toBeLessThan(80);
	});
});

describe('parallelTicks', () => {
	it('are those of the axis', () => {
		const [days] = axes;
		expect(days && parallelTicks(days, 260, true).map(({ text }) => text)).toEqual([
			'0',
			'2',
			'4',
			'6',
			'8',
			'10'
		]);
	});
});
