import { beforeAll, describe, expect, it } from 'vitest';
import { daysBetween, type Day } from '#lib/core/days.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { applyScaler } from '#lib/stats/scale.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { regularOrders, RFM, runRegulars, type RegularsRun } from '../../../../../tests/support/regulars.ts';
import { comparedDays } from './compared.ts';
import { monthStarts, nextMonth } from './days.ts';
import type { WindowFilter, Windows } from './schema.ts';
import { metricSeries } from './series.ts';
import { compareDays, windowPeople, type WindowRequest } from './step.ts';
import { timeStability } from './time-stability.ts';

const { signal } = new AbortController();
const AS_OF = '2024-01-01';
const ORDERS = regularOrders();

/** The customers of a day by what is compared, straight from the orders. */
function describedOn(day: Day): Map<string, number[]> {
	const found = new Map<string, number[]>();
	for (const order of ORDERS.filter((each) => each.day < day)) {
		const [recency = Infinity, frequency = 0, total = 0] = found.get(order.customer) ?? [];
		const days = daysBetween(order.day, day);
		found.set(order.customer, [Math.min(recency, days), frequency + 1, total + order.amount]);
	}
	return found;
}

/** The nearest centre of each, straight from the definition. */
function clustersOn(day: Day, { outcome: { result } }: RegularsRun): Map<string, number> {
	return new Map(
		[...describedOn(day)].map(([customer, values]) => {
			const { values: place } = applyScaler(
				{ values: Float64Array.from(values), rowCount: 1, columnCount: values.length },
				result.scaler
			);
			const distances = result.profiles.map(({ centroid }) =>
				centroid.reduce((sum, at, c) => sum + (place[c]! - at) ** 2, 0)
			);
			return [customer, distances.indexOf(Math.min(...distances))];
		})
	);
}

describe('monthStarts', () => {
	it('gives up to twelve first days, with four weeks known before each', () => {
		expect(monthStarts('2024-03-15', '2023-12-04')).toEqual(['2024-01-01', '2024-02-01', '2024-03-01']);
		expect(monthStarts('2024-03-01', '2023-12-05')).toEqual(['2024-02-01']);
		expect(monthStarts('2024-03-01', '2010-01-01')).toHaveLength(12);
		expect([nextMonth('2024-01-31'), nextMonth('2023-12-01')]).toEqual(['2024-02-01', '2024-01-01']);
	});
});

describeEngines('compareDays', (engine) => {
	const days = monthStarts(AS_OF, '2023-01-01');
	let run: RegularsRun;
	let request: WindowRequest;
	let found: Windows;
	beforeAll(async () => {
		run = await runRegulars(engine(), ORDERS);
		request = {
			asOf: AS_OF,
			params: RFM,
			rfm: run.rfm,
			featureParams: DEFAULT_FEATURES,
			ownFeatures: [],
			clean: run.clean,
			clustering: run.outcome.result
		};
		found = await compareDays(engine(), request, days, signal);
	});

	it('finds who is in each segment on both days', () => {
		expect(found.days.map(({ day }) => day)).toEqual(days);
		const now = clustersOn(AS_OF, run);
		for (const { day, customers, segments } of found.days) {
			const then = clustersOn(day, run);
			expect(customers).toBe(then.size);
			segments!.forEach((segment, cluster) => {
				const [was, is] = [then, now].map((labels) =>
					[...then.keys()].filter((customer) => labels.get(customer) === cluster)
				);
				const stayed = was!.filter((customer) => is!.includes(customer));
				expect([segment.customers, segment.now, segment.stayed]).toEqual([
					was!.length,
					is!.length,
					stayed.length
				]);
				const either = new Set([...was!, ...is!]).size;
				if (either > 0) expect(segment.jaccard).toBeCloseTo(stayed.length / either, 12);
			});
		}
	});

	it('shares everyone out to groups, and tells what each month brought', () => {
		for (const { day, customers, groups, segments } of found.days) {
			for (const parts of [groups, segments!]) {
				expect(parts.reduce((sum, part) => sum + part.customers, 0)).toBe(customers);
				const after = ORDERS.filter((order) => order.day >= day && order.day < nextMonth(day));
				const known = after.filter(({ customer }) => describedOn(day).has(customer));
				const [buyers, spent] = [
					parts.reduce((sum, { month }) => sum + month!.buyers, 0),
					parts.reduce((sum, { month }) => sum + month!.spent!, 0)
				];
				expect(buyers).toBe(new Set(known.map(({ customer }) => customer)).size);
				expect(spent).toBeCloseTo(
					known.reduce((sum, { amount }) => sum + amount, 0),
					6
				);
			}
		}
	});

	it('says what moved people: days since the last order, of those who stopped', async () => {
		const june = found.days.find(({ day }) => day === '2023-06-01')!;
		const [best] = june.segments!;
		const left = best!.customers - best!.stayed;
		const filter: WindowFilter = { by: 'segment', category: 0, side: 'left', cause: 'recency_days' };
		const people = await windowPeople(engine(), request, '2023-06-01', filter, signal);
		expect(left).toBeGreaterThan(0);
		expect(best!.causes[0]).toMatchObject({ id: 'recency_days' });
		expect(people.every((customer) => customer.startsWith('stopped'))).toBe(true);
		const everyCause: WindowFilter = { by: 'segment', category: 0, side: 'left' };
		const all = await windowPeople(engine(), request, '2023-06-01', everyCause, signal);
		expect(all).toHaveLength(left);
		const movers = best!.causes.reduce((sum, { customers }) => sum + customers, 0);
		expect(movers).toBe(left + best!.now - best!.stayed);
	});

	it('is exact on the day itself', async () => {
		const { days: same, recognised, now } = await compareDays(engine(), request, [AS_OF], signal);
		expect(recognised).toBe(1);
		for (const { jaccard, distance, causes, month } of same[0]!.segments!) {
			expect([jaccard, causes, month]).toEqual([1, [], null]);
			expect(distance).toBeCloseTo(0, 12);
		}
		const told = same[0]!.segments!.map(({ customers, typical }) => ({ customers, typical }));
		expect(now.segments).toEqual(told);
	});

	it('gives each segment its stability and its monthly metrics', () => {
		const [first] = timeStability(found.days, 2);
		const latest = found.days.slice(-3).map(({ segments }) => segments![0]!.jaccard!);
		expect(first!.jaccard).toBeCloseTo(latest.reduce((sum, value) => sum + value, 0) / 3, 12);
		expect([first!.low, first!.high]).toEqual([Math.min(...latest), Math.max(...latest)]);
		expect(first!.days).toEqual(days.slice(-3));
		const buyers = metricSeries(comparedDays(found, 'segment'), 0, 'buyers');
		expect(buyers.values).toHaveLength(days.length);
		expect(buyers.fit!.levels.every((level) => level >= 0 && level <= 1.001)).toBe(true);
		expect(buyers.moves[days.indexOf('2023-06-01')]).toBe('down');
	});

	it('ends with today what is known at once', () => {
		const now = clustersOn(AS_OF, run);
		const inBest = [...now.values()].filter((cluster) => cluster === 0).length;
		const customers = metricSeries(comparedDays(found, 'segment'), 0, 'customers');
		expect([customers.days, customers.values.at(-1)]).toEqual([[...days, AS_OF], inBest]);
		expect(metricSeries(comparedDays(found, 'segment'), 0, 'share').values.at(-1)).toBe(inBest / now.size);
		const groups = run.rfm.table.map((_, at) =>
			metricSeries(comparedDays(found, 'group'), at, 'customers').values.at(-1)
		);
		expect(groups.reduce((sum, value) => sum! + value!, 0)).toBe(now.size);
		const early = { ...found, days: found.days.slice(-1) };
		expect(metricSeries(comparedDays(early, 'segment'), 0, 'buyers').days).toEqual(days.slice(-1));
	});

	it('leaves no table of the day behind, and stops when aborted', async () => {
		const controller = new AbortController();
		const work = compareDays(engine(), request, days, controller.signal, () => controller.abort());
		await expect(work).rejects.toThrow();
		await expect(
			compareDays(engine(), { ...request, clustering: null }, [AS_OF], signal)
		).resolves.toMatchObject({ recognised: null, days: [{ segments: null }] });
	});
});
