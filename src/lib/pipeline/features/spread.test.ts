import { expect, it } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { describeSpread, type FeatureColumn, type NumberSpread } from './spread.ts';

const CUSTOMERS = ['features', 'customers'] as const;
const LIBRARY = ['features', 'library'] as const;
const COLUMNS: readonly FeatureColumn[] = [
	{ id: 'frequency', kind: 'number', table: CUSTOMERS },
	{ id: 'monetary_total', kind: 'number', table: CUSTOMERS },
	{ id: 'nobody', kind: 'number', table: LIBRARY },
	{ id: 'gap', kind: 'number', table: LIBRARY },
	{ id: 'channel', kind: 'text', table: LIBRARY },
	{ id: 'silent', kind: 'text', table: LIBRARY }
];
const COUNT = 40;

describeEngines('describeSpread', (engine) => {
	it('tells numbers and texts of both tables, also what nobody has', async () => {
		const idx = Int32Array.from({ length: COUNT }, (_, i) => i);
		const ids = Array.from(idx, (i) => `c${i}`);
		await engine().insert(...CUSTOMERS, {
			idx,
			customer_id: ids,
			frequency: Float64Array.from(idx, (i) => 1 + (i % 4)),
			monetary_total: Float64Array.from(idx, (i) => (i === 39 ? 10_000 : 10 + i))
		});
		await engine().insert(...LIBRARY, {
			idx,
			customer_id: ids,
			nobody: new Float64Array(COUNT).fill(NaN),
			gap: Float64Array.from(idx, (i) => (i < 10 ? NaN : 5)),
			channel: ids.map((_, i) => (i % 4 === 0 ? null : i % 2 === 0 ? "it's" : 'web')),
			silent: ids.map(() => null)
		});
		const { signal } = new AbortController();
		const found = await describeSpread(engine(), COLUMNS, signal);

		expect(found.get('frequency')).toEqual({
			kind: 'number',
			told: COUNT,
			low: 1,
			high: 4,
			mean: 2.5,
			isWhole: true,
			quantiles: [1, 1.75, 2.5, 3.25, 4],
			scale: 'linear',
			bins: [1, 2, 3, 4].map((n) => ({ from: n - 0.5, to: n + 0.5, customers: 10 }))
		});
		const money = found.get('monetary_total') as NumberSpread;
		expect(money.scale).toBe('log');
		expect(money.bins.reduce((sum, { customers }) => sum + customers, 0)).toBe(COUNT);
		expect(money.bins.at(-1)).toMatchObject({ to: 10_000.5, customers: 1 });
		expect(found.get('nobody')).toMatchObject({ told: 0, bins: [] });
		expect(found.get('gap')).toMatchObject({
			told: 30,
			low: 5,
			high: 5,
			bins: [{ from: 4.5, to: 5.5, customers: 30 }]
		});
		expect(found.get('channel')).toEqual({
			kind: 'text',
			told: 30,
			distinct: 2,
			values: [
				{ text: 'web', customers: 20 },
				{ text: "it's", customers: 10 }
			]
		});
		expect(found.get('silent')).toEqual({ kind: 'text', told: 0, distinct: 0, values: [] });
	});

	it('asks nothing of nothing', async () => {
		expect(await describeSpread(engine(), [], new AbortController().signal)).toEqual(new Map());
	});
});
