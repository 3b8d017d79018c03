import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type Day } from '#lib/core/days.ts';
import { seeded, type Random } from '#lib/core/random.ts';
import { unusualDays, type DayValue, type UnusualDays } from './unusual-days.ts';

const MONDAY = '2024-01-01';

/** Days from a Monday on, one for each value. */
function daysOf(values: readonly number[]): DayValue[] {
	return values.map((value, i) => ({ day: addDays(MONDAY, i), value }));
}

/** The orders and amounts of Online Retail, December 2010 to August 2011; closed days are left out. */
const RETAIL = readFileSync(
	new URL('../../../tests/fixtures/online_retail/orders_per_day.csv', import.meta.url),
	'utf8'
)
	.trim()
	.split('\n')
	.slice(1)
	.map((line) => {
		const [day = '', orders, amount] = line.split(',');
		return { day, orders: Number(orders), amount: Number(amount) };
	});
const ORDERS = RETAIL.map(({ day, orders }) => ({ day, value: orders }));
const AMOUNTS = RETAIL.map(({ day, amount }) => ({ day, value: amount }));

/** Days of the span that a shop closed, all but Saturdays: Christmas, Easter, and the bank holidays of England of 2011. */
const CLOSED = [
	['2010-12-24', '2011-01-03'],
	['2011-04-22', '2011-04-25'],
	['2011-04-29', '2011-04-29'],
	['2011-05-02', '2011-05-02'],
	['2011-05-30', '2011-05-30'],
	['2011-08-29', '2011-08-29']
];

function spans(found: readonly UnusualDays[]): (readonly [Day, Day])[] {
	return found.map(({ from, to }) => [from, to] as const);
}

/** A draw of a Poisson distribution, by inversion. */
function poisson(random: Random, mean: number): number {
	const u = random();
	let [count, p] = [0, Math.exp(-mean)];
	for (let sum = p; u > sum && count < 1000; sum += p) {
		count += 1;
		p *= mean / count;
	}
	return count;
}

/** A year of Poisson counts of a shop that is closed on Saturdays and half as busy on Sundays. */
function madeYear(seed: number, mean: number): DayValue[] {
	const random = seeded(seed);
	const values = Array.from({ length: 365 }, (_, i) => {
		const share = i % 7 === 5 ? 0 : i % 7 === 6 ? 0.5 : 1;
		return poisson(random, mean * share);
	});
	return daysOf(values);
}

describe('unusualDays', () => {
	it('equals a case worked out by hand', () => {
		// 10 a day, and 50 on one: the level is 10, no weekday differs, every other residual is 0, so the unit is the floor.
		const days = daysOf(Array.from({ length: 35 }, (_, i) => (i === 19 ? 50 : 10)));
		const day = addDays(MONDAY, 19);
		expect(unusualDays(days)).toEqual([
			{
				from: day,
				to: day,
				value: 50,
				expected: 10,
				ratio: 5,
				score: 2 * (Math.sqrt(50.375) - Math.sqrt(10.375))
			}
		]);
		// As money, 2√x may vary by a tenth of √10: (2√50 − 2√10) ÷ (√10 ÷ 10) = 20 (√5 − 1).
		const [total] = unusualDays(days, 'total');
		expect(total?.score).toBeCloseTo(20 * (Math.sqrt(5) - 1), 9);
	});

	it('takes in what weekdays are like, and days without anything that follow each other as one', () => {
		// Mondays 40, other working days 20, closed at weekends; nothing from a Thursday to the Monday after.
		const values = Array.from({ length: 70 }, (_, i) => (i % 7 > 4 ? 0 : i % 7 === 0 ? 40 : 20));
		values.fill(0, 31, 36);
		expect(unusualDays(daysOf(values))).toEqual([
			{
				from: addDays(MONDAY, 31),
				to: addDays(MONDAY, 35),
				value: 0,
				expected: 80,
				ratio: 0,
				score: 2 * (Math.sqrt(0.375) - Math.sqrt(80.375))
			}
		]);
	});

	it('finds the days on which a real shop was closed, and no day with orders', () => {
		expect(spans(unusualDays(ORDERS))).toEqual(CLOSED);
		const amounts = unusualDays(AMOUNTS, 'total').filter(({ value }) => value > 0);
		// One order of 77,184.
		expect(spans(amounts)).toEqual([['2011-01-18', '2011-01-18']]);
		expect(amounts.length).toBeLessThan(0.01 * AMOUNTS.length);
	});

	it('finds a five-fold day and an outage wherever they are planted in a real year', () => {
		for (let i = 1; i < ORDERS.length - 1; i += 1) {
			const { day, value } = ORDERS[i] as DayValue;
			const busy = ORDERS.map((each) => (each.day === day ? { day, value: 5 * value } : each));
			const calm = ORDERS.filter((each) => each.day !== day);
			const isInside = ({ from, to }: UnusualDays) => from <= day && day <= to;
			// Five times a day of half the usual is no more than chance allows, and so is a Sunday without orders.
			const isSunday = daysBetween(MONDAY, day) % 7 === -1;
			if (value >= 25) expect(unusualDays(busy).find(isInside)?.ratio, day).toBeGreaterThan(2);
			if (!isSunday) expect(unusualDays(calm).find(isInside)?.value, day).toBe(0);
		}
	});

	it('raises nothing for the weekday on which a shop is never open, and one finding where it opens', () => {
		const saturday = ({ from }: UnusualDays) => daysBetween(MONDAY, from) % 7 === 5;
		const days = madeYear(3, 60);
		expect(unusualDays(days).filter(saturday)).toEqual([]);
		const opened = days.map((each, i) => (i === 180 ? { ...each, value: 60 } : each));
		expect(unusualDays(opened)).toMatchObject([{ from: addDays(MONDAY, 180), expected: 0, ratio: Infinity }]);
	});

	it('learns new opening days instead of calling each unusual', () => {
		const days = daysOf(Array.from({ length: 364 }, (_, i) => (i % 7 === 6 && i < 182 ? 0 : 30)));
		expect(unusualDays(days)).toEqual([]);
	});

	it('follows a level that grows tenfold', () => {
		const random = seeded(4);
		const growing = Array.from({ length: 365 }, (_, i) => poisson(random, 20 * 10 ** (i / 365)));
		expect(unusualDays(daysOf(growing)).length).toBeLessThanOrEqual(1);
	});

	it('does not alarm shops of any size about chance', () => {
		for (const mean of [0.1, 0.3, 1, 3, 10, 30, 100]) {
			const flagged = [1, 2, 3, 4, 5].map((seed) => unusualDays(madeYear(seed, mean)).length);
			expect(flagged.reduce((sum, n) => sum + n, 0) / (5 * 365), String(mean)).toBeLessThan(0.003);
		}
	});

	it('says nothing where there is no usual: short spans, and mailings that come as they please', () => {
		expect(unusualDays([])).toEqual([]);
		expect(unusualDays(daysOf(Array.from({ length: 27 }, (_, i) => (i === 9 ? 500 : 5))))).toEqual([]);
		const mailings = [3, 17, 41, 58, 90, 111].map((i) => ({ day: addDays(MONDAY, i), value: 1200 }));
		expect(unusualDays(mailings)).toEqual([]);
	});

	it('never calls the first or the last day too low: an export may cut them', () => {
		const values = Array.from({ length: 60 }, () => 100);
		values[0] = 3;
		values[59] = 2;
		expect(unusualDays(daysOf(values))).toEqual([]);
	});

	const series = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 28, maxLength: 120 });

	it('does not depend on the order of the days, nor on zeros that are written out or added up', () => {
		fc.assert(
			fc.property(series, fc.integer(), (values, seed) => {
				const days = daysOf(values);
				const random = seeded(seed);
				const mixed = days
					.flatMap((each) => [
						{ ...each, value: each.value - 1 },
						{ ...each, value: 1 }
					])
					.map((each) => ({ each, at: random() }))
					.sort((a, b) => a.at - b.at)
					.map(({ each }) => each);
				const ends = new Set([days[0]?.day, days.at(-1)?.day]);
				const open = days.filter(({ day, value }) => value > 0 || ends.has(day));
				expect(unusualDays(mixed)).toEqual(unusualDays(days));
				expect(unusualDays(open)).toEqual(unusualDays(days));
			}),
			{ seed: 5, numRuns: 60 }
		);
	});

	it('finds the same days in any currency', () => {
		fc.assert(
			fc.property(series, fc.integer({ min: -6, max: 12 }), (values, power) => {
				const days = daysOf(values);
				const scaled = days.map(({ day, value }) => ({ day, value: value * 4 ** power }));
				const found = unusualDays(days, 'total');
				expect(unusualDays(scaled, 'total')).toEqual(
					found.map((each) => ({
						...each,
						value: each.value * 4 ** power,
						expected: each.expected * 4 ** power
					}))
				);
			}),
			{ seed: 6, numRuns: 60 }
		);
	});
});
