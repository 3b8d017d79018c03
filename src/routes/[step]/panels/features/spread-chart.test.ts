import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { NumberSpread } from '#lib/pipeline/features/spread.ts';
import { brushOf, chartBins, chartTicks, rangeOf, tickText } from './spread-chart.ts';

const format = createFormat('en-GB', 'GBP');
const WHOLE: NumberSpread = {
	kind: 'number',
	told: 9,
	low: 0,
	high: 40,
	isWhole: true,
	mean: 3,
	quantiles: [0, 0, 1, 2, 9],
	scale: 'linear',
	bins: [
		{ from: -0.5, to: 0.5, customers: 4 },
		{ from: 0.5, to: 1.5, customers: 3 },
		{ from: 1.5, to: 4.5, customers: 2 }
	]
};

it('bins say what is in them, the last one also its tail', () => {
	const bins = chartBins({ id: 'orders', unit: 'orders' }, WHOLE, format);
	expect(bins.map(({ text }) => text)).toEqual(['0 orders', '1 order', '2 to 40 orders']);
	const shares = { ...WHOLE, isWhole: false, high: 1, bins: [{ from: 0.25, to: 0.5, customers: 3 }] };
	expect(chartBins({ id: 'share', unit: 'share' }, { ...shares, high: 0.5 }, format)[0]?.text).toBe(
		'25% to 50%'
	);
	expect(chartTicks(WHOLE)).toEqual([0, 1, 2, 3, 4]);
	expect(tickText({ id: 'spend', unit: 'money' }, 100_000, format)).toBe('£100k');
	expect(tickText({ id: 'spend', unit: 'money' }, 100, format)).toBe('£100');
	expect(
		[3, 10, 2500].map((value) => tickText({ id: 'spend', unit: 'money' }, value, createFormat('en-GB')))
	).toEqual(['3', '10', '2.5k']);
	expect(tickText({ id: 'recency_days', unit: 'days' }, 1095, format)).toBe('1,095');
	expect(tickText({ id: 'clicks', unit: 'number' }, 1000, format)).toBe('1k');
});

it('a brush picks whole bins, and is found again', () => {
	const all = brushOf('orders', WHOLE, { first: 0, last: 2 });
	expect(all).toMatchObject({ kind: 'brush', x: { column: 'orders', from: 0, to: 40 } });
	for (const [first, last] of [
		[0, 0],
		[0, 1],
		[1, 1],
		[1, 2],
		[2, 2]
	] as const) {
		const range = { first, last };
		expect(rangeOf('orders', WHOLE, brushOf('orders', WHOLE, range))).toEqual(range);
	}
	expect(rangeOf('spend', WHOLE, all)).toBeNull();
	expect(rangeOf('orders', WHOLE, { kind: 'cell', r: 1, f: 1 })).toBeNull();
	const inner = brushOf('orders', WHOLE, { first: 1, last: 1 });
	if (inner.kind !== 'brush') throw new Error('expected a brush');
	expect(inner.x.from).toBeGreaterThan(0.5);
	expect(inner.x.to).toBe(1.5);
});
