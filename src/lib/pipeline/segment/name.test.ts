import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameClusters } from './name.ts';
import type { ClusterProfile } from './schema.ts';

type Profile = Pick<ClusterProfile, 'values'>;

/** A profile by its effects on days, orders and spend, and its typical number of orders. */
function rfm(recency: number, frequency: number, spend: number | null, orders = 3): Profile {
	const values = [
		{ feature: 'recency_days', median: 30, medianAll: 60, effect: recency },
		{ feature: 'frequency', median: orders, medianAll: 2, effect: frequency }
	];
	if (spend !== null) values.push({ feature: 'monetary_total', median: 100, medianAll: 100, effect: spend });
	return { values };
}

function other(effects: Readonly<Record<string, number>>): Profile {
	return {
		values: Object.entries(effects).map(([feature, effect]) => ({ feature, median: 1, medianAll: 1, effect }))
	};
}

const label = (feature: string): string =>
	feature.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());

describe('names', () => {
	it('are those a marketer would give to four segments of a gift shop', () => {
		const profiles = [
			rfm(-1.21, 1.78, 1.47, 8),
			rfm(0.25, 0.24, 0.46),
			rfm(0.75, -0.75, -0.81, 1),
			rfm(-1.19, -0.17, -0.1, 2)
		];
		expect(nameClusters(profiles, label)).toEqual([
			'Regulars',
			'Cooling spenders',
			'One and done',
			'New faces'
		]);
	});
	it('say active and quiet of two', () => {
		expect(nameClusters([rfm(-0.88, 1.03, 0.96, 5), rfm(0.48, -0.56, -0.52, 1)], label)).toEqual([
			'Active buyers',
			'Quiet buyers'
		]);
	});
	it('work without amounts', () => {
		expect(nameClusters([rfm(-1.2, 1.8, null, 8), rfm(0.8, -0.75, null, 1)], label)).toEqual([
			'Regulars',
			'One and done'
		]);
	});
	it('never say “once” of people who came back', () => {
		expect(nameClusters([rfm(0.8, -0.75, -0.8, 2)], label)).not.toContain('One and done');
	});
	it('say “big spenders” only where nobody spends clearly more', () => {
		const spenders = (spend: number): Profile => ({
			values: rfm(0, 0.2, 1.8).values.map((value) =>
				value.feature === 'monetary_total' ? { ...value, median: spend } : value
			)
		});
		const more = rfm(-1.6, 2.8, 2.2, 9);
		expect(nameClusters([more, spenders(95)], label)[1]).toBe('Big spenders');
		expect(nameClusters([more, spenders(80)], label)).not.toContain('Big spenders');
	});
	it('fall back to the strongest features', () => {
		const profiles = [
			other({ order_value: 1.4, items_per_order: -0.6, lines: 0.1 }),
			other({ order_value: -0.1, items_per_order: 0.2 })
		];
		expect(nameClusters(profiles, label)).toEqual(['High order value', 'Close to typical']);
	});
	it('stay in a marketer’s words when other features were compared', () => {
		const six = (months: number, due: number, lately: number, products: number, spend: number) =>
			other({
				active_months: months,
				expected_order_days: due,
				revenue_last_90_days: lately,
				distinct_products: products,
				monetary_total: spend
			});
		expect(
			nameClusters(
				[six(1.4, 0.4, 0.9, 0.8, 1.3), six(-0.5, -0.8, -1, 0.2, 0), six(-0.6, 0, -0.3, -1, -0.9)],
				label
			)
		).toEqual(['Frequent, big spenders', 'Quiet lately, due soon', 'Narrow range, small spenders']);
		const due = (effect: number, median: number, medianAll: number) => ({
			values: [{ feature: 'expected_order_days', median, medianAll, effect }]
		});
		expect(
			nameClusters([due(-1, -80, -20), due(1, 9, -20), due(1, 90, 20), due(0.5, -5, -20)], label)
		).toEqual(['Overdue', 'Due soon', 'Due later', 'Less overdue']);
	});
	it('say the same of features that mean the same only once, and cut long ones', () => {
		const alike = other({ frequency: 2, active_months: 1.8, orders_last_90_days: 1.5, discount_share: -1 });
		const long = other({ preferred_daypart_share_of_all_orders: 1 });
		const names = nameClusters([alike, long, long], label);
		expect(names).toEqual([
			'Frequent, full-price buyers',
			'High preferred daypart…',
			'High preferred daypart… 2'
		]);
	});
	it('stay apart when profiles are alike', () => {
		const alike = other({ a: 1, b: 0.9, c: 0.8 });
		expect(nameClusters([alike, alike, alike, alike], label)).toEqual([
			'High a, high b',
			'High a, high c',
			'High b, high c',
			'High a'
		]);
	});
	it('are unique, short and always the same', () => {
		const effect = fc.double({ min: -3, max: 3, noNaN: true });
		const profile = fc.tuple(effect, effect, fc.option(effect), fc.integer({ min: 1, max: 9 }));
		fc.assert(
			fc.property(fc.array(profile, { minLength: 2, maxLength: 10 }), (list) => {
				const profiles = list.map(([recency, frequency, spend, orders]) =>
					rfm(recency, frequency, spend, orders)
				);
				const names = nameClusters(profiles, label);
				expect(new Set(names).size).toBe(list.length);
				expect(names.every((name) => name.length > 0 && name.length <= 30)).toBe(true);
				expect(nameClusters(profiles, label)).toEqual(names);
			}),
			{ seed: 1 }
		);
	});
});
