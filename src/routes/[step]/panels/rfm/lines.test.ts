import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { RfmCutPoints } from '#lib/pipeline/segment/schema.ts';
import {
	cutLines,
	fieldText,
	lineLabel,
	LINED_FEATURES,
	movedLine,
	shownCuts,
	steppedValue,
	typedLine,
	valueAt,
	type LinedFeature
} from './lines.ts';

const format = createFormat('en-GB', 'GBP');
const [RECENCY, ORDERS, MONEY] = LINED_FEATURES as [LinedFeature, LinedFeature, LinedFeature];
const CUTS: RfmCutPoints = {
	recencyDays: [21, 51, 97, 164],
	frequency: [1, 1, 2, 4],
	monetaryTotal: [215, 400, 765, 1638]
};

describe('the lines that are shown', () => {
	const features = new Map([
		['recency_days', Float64Array.of(3, 35, 40, 61)],
		['frequency', Float64Array.of(1, 1, 2, 5)]
	]);
	const found: RfmCutPoints = {
		recencyDays: [37.6, 40, 40, 50.2],
		frequency: [1, 1.4, 2, 3],
		monetaryTotal: [9.5, 20, 30, 40]
	};

	it('stand at values that customers have, and part the same customers', () => {
		expect(shownCuts({ scheme: 'quintiles', cutPoints: found }, features, null)).toEqual({
			recencyDays: [35, 40, 40, 40],
			frequency: [1, 1, 2, 3],
			monetaryTotal: [9.5, 20, 30, 40]
		});
	});

	it('stay where the user drew them', () => {
		expect(shownCuts({ scheme: 'fixed', cutPoints: found }, features, found)).toBe(found);
	});
});

it('moves one line, and no further than its neighbours', () => {
	expect(movedLine(CUTS, RECENCY, 1, 30).recencyDays).toEqual([21, 30, 97, 164]);
	expect(movedLine(CUTS, RECENCY, 1, 300).recencyDays).toEqual([21, 97, 97, 164]);
	expect(movedLine(CUTS, ORDERS, 0, -3).frequency).toEqual([1, 1, 2, 4]);
	expect(movedLine({ ...CUTS, monetaryTotal: null }, MONEY, 0, 5).monetaryTotal).toBeNull();
	expect(movedLine(CUTS, RECENCY, 1, 30).frequency).toBe(CUTS.frequency);
});

it('reads whole days under a bar, and amounts to three digits', () => {
	expect([20.6, 21.4, -2].map((at) => valueAt(RECENCY, at))).toEqual([20, 21, 0]);
	expect([0.5, 1.5, 2.4].map((at) => valueAt(ORDERS, at))).toEqual([1, 1, 2]);
	expect([217.3, 1638, 3.14159].map((at) => valueAt(MONEY, at))).toEqual([217, 1640, 3.14]);
});

describe('a step by key', () => {
	const step = (feature: LinedFeature, values: readonly number[], line: number, steps: number) =>
		steppedValue(feature, values, line, steps, 999);

	it('is one day or one order', () => {
		expect(step(RECENCY, CUTS.recencyDays, 0, 1)).toBe(22);
		expect(step(ORDERS, CUTS.frequency, 3, -10)).toBe(-6);
	});

	it('is half of the second digit of an amount', () => {
		expect(step(MONEY, [215], 0, 1)).toBe(220);
		expect(step(MONEY, [217.3], 0, 1)).toBe(220);
		expect(step(MONEY, [217.3], 0, -1)).toBe(215);
		expect(step(MONEY, [1638], 0, 1)).toBe(1650);
		expect(step(MONEY, [1638], 0, -10)).toBe(1150);
	});

	it('goes to the neighbour without end', () => {
		expect(step(RECENCY, CUTS.recencyDays, 1, Infinity)).toBe(97);
		expect(step(RECENCY, CUTS.recencyDays, 1, -Infinity)).toBe(21);
		expect(step(RECENCY, CUTS.recencyDays, 3, Infinity)).toBe(999);
		expect(step(RECENCY, CUTS.recencyDays, 0, -Infinity)).toBe(0);
	});

	it('always moves an amount the way it was asked to', () => {
		const amount = fc.double({ min: 1, max: 1e6, noNaN: true });
		fc.assert(
			fc.property(amount, (value) => {
				expect(step(MONEY, [value], 0, 1)).toBeGreaterThan(value);
				expect(step(MONEY, [value], 0, -1)).toBeLessThan(value);
			}),
			{ seed: 3 }
		);
	});
});

describe('a line that is typed', () => {
	const typed = (text: string, feature = RECENCY, line = 1) =>
		typedLine(text, feature, CUTS[feature.key] ?? [], line, format);

	it('is taken when it lies between its neighbours', () => {
		expect(typed('60')).toEqual({ value: 60 });
		expect(typed(' 500.25 ', MONEY, 1)).toEqual({ value: 500.25 });
	});

	it.each([
		['', 'is not a number'],
		['soon', '“soon” is not a number. Use plain digits, such as 30.'],
		['0x10', '“0x10” is not a number.'],
		['3e1', '“3e1” is not a number.'],
		['1,000', '“1,000” can be read two ways. Write 1000 or 1.000.'],
		['30.5', '“30.5” is not whole. A whole number is needed.'],
		['-4', '“-4” is too low. At least 0 days is needed.'],
		['1000001', '“1000001” is too high. At most 1,000,000 days is allowed.'],
		['20', 'Line 2 cannot lie at “20”, below line 1 at 21 days.'],
		['98', 'Line 2 cannot lie at “98”, above line 3 at 97 days.']
	])('of “%s” is refused with its reason', (text, problem) => {
		expect(typed(text)).toEqual({ problem: expect.stringContaining(problem) as string });
	});

	it('has a lowest and a highest value', () => {
		expect(typed('0', ORDERS, 0)).toEqual({ problem: '“0” is too low. At least 1 order is needed.' });
		expect(typed('100000000000', MONEY, 3)).toEqual({ value: 1e11 });
		expect(typed('100000000000.01', MONEY, 3)).toEqual({
			problem: '“100000000000.01” is too high. At most £100,000,000,000 is allowed.'
		});
		expect(typed('9'.repeat(400), MONEY, 3)).toEqual({
			problem: '“99999999999999999999999…” is not a number. Use plain digits, such as 215 or 215.50.'
		});
	});

	it('has the decimal mark of the reader, or the other one', () => {
		const german = createFormat('de-DE', 'EUR');
		const read = (text: string) => typedLine(text, MONEY, [], 0, german);
		expect([read('500,25'), read('500.25'), read('1,638')]).toEqual([
			{ value: 500.25 },
			{ value: 500.25 },
			{ value: 1.638 }
		]);
		expect(read('1.638')).toEqual({ problem: '“1.638” can be read two ways. Write 1638 or 1,638.' });
		expect(fieldText(MONEY, 500.25, german)).toBe('500,25');
	});

	it('reads what the fields show as the same line', () => {
		const cents = fc.integer({ min: 0, max: 1e13 }).map((n) => n / 100);
		fc.assert(
			fc.property(cents, fc.constantFrom('en-GB', 'de-DE'), (value, locale) => {
				const place = createFormat(locale, 'EUR');
				expect(typedLine(fieldText(MONEY, value, place), MONEY, [], 0, place)).toEqual({ value });
			}),
			{ seed: 7 }
		);
	});

	it('is a finite value that is allowed, or a problem, whatever is typed', () => {
		const text = fc.oneof(
			fc.string(),
			fc.stringMatching(/^[-+]?[0-9.,exE]{0,400}$/),
			fc.double().map(String)
		);
		fc.assert(
			fc.property(text, fc.constantFrom(...LINED_FEATURES), (each, feature) => {
				const read = typedLine(each, feature, [], 0, format);
				if ('problem' in read) {
					expect(read.problem.length).toBeLessThan(120);
					return;
				}
				expect(read.value).toBeGreaterThanOrEqual(feature.least);
				expect(read.value).toBeLessThanOrEqual(feature.most);
				expect(feature.kind === 'log' || Number.isInteger(read.value)).toBe(true);
			}),
			{ seed: 11 }
		);
	});
});

describe('a value out of all bounds', () => {
	const far = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true });

	it('never moves or steps a line to where there are no numbers', () => {
		fc.assert(
			fc.property(far, far, fc.constantFrom(-10, -1, 1, 10), (value, at, steps) => {
				for (const feature of LINED_FEATURES) {
					const cuts = { recencyDays: [value], frequency: [value], monetaryTotal: [value] };
					expect(steppedValue(feature, [value], 0, steps, 999)).toBeLessThan(2 * feature.most);
					const [moved] = movedLine(cuts, feature, 0, valueAt(feature, at))[feature.key] ?? [];
					expect(moved).toBeLessThanOrEqual(Math.max(feature.most, value));
				}
			}),
			{ seed: 13 }
		);
	});

	it('has a short label all the same', () => {
		fc.assert(
			fc.property(far, fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'ja-JP'), (value, locale) => {
				for (const feature of LINED_FEATURES) {
					expect(lineLabel(feature, value, createFormat(locale, 'EUR')).length).toBeLessThanOrEqual(10);
				}
			}),
			{ seed: 17 }
		);
		expect(lineLabel(MONEY, 1e11, format)).toBe('£100bn');
		expect(lineLabel(RECENCY, 1_000_000, format)).toBe('1,000,000');
	});
});

it('names the scores that a line parts, and says its value with the unit', () => {
	expect(cutLines(RECENCY, CUTS.recencyDays, format)[0]).toEqual({
		value: 21,
		at: 21.5,
		label: '21',
		name: 'Last order: line between score 5 and score 4',
		text: 'up to 21 days'
	});
	const [first] = cutLines(ORDERS, CUTS.frequency, format);
	expect([first?.name, first?.text]).toEqual(['Orders: line between score 1 and score 2', 'up to 1 order']);
	expect(cutLines(MONEY, [215, 1638], format).map(({ text, at }) => [text, at])).toEqual([
		['up to £215', 215],
		['up to £1,638', 1638]
	]);
});
