import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import type { Driver, DriversResult, Verdict } from '#lib/pipeline/segment/drivers/schema.ts';
import { driverTiles } from './tiles.ts';
import {
	countDrivers,
	countWords,
	driversFinding,
	horizonHint,
	isTold,
	lackWords,
	leftOutLines,
	listedWords,
	refusalWords,
	skillWords,
	smallNumber,
	tenthsFinding,
	tenthWords,
	textList
} from './words.ts';

const format = createFormat('en-GB', 'GBP');
const certain = { value: 0.1, low: 0.05, high: 0.15 };

function driver(id: string, label: string, verdict: Verdict = { kind: 'listed' }): Driver {
	return {
		id,
		label,
		unit: 'days',
		family: 'recency',
		isSensitive: false,
		verdict,
		missing: 0.3,
		isConstant: false,
		alone: 0.97,
		isLeak: false,
		pearson: certain,
		spearman: certain,
		information: { bits: 0.1, share: 0.2 },
		importance: certain,
		tenths: [
			{ from: 1, to: 9, customers: 50, outcome: { value: 0.8, low: 0.7, high: 0.9 } },
			{ from: 10, to: 90, customers: 50, outcome: { value: 0.2, low: 0.1, high: 0.3 } },
			{ from: null, to: null, customers: 5, outcome: { value: 1, low: 0.5, high: 1 } }
		]
	};
}

const result: DriversResult = {
	kind: 'found',
	outcome: 'repeat',
	horizon: 60,
	day: '2024-05-01',
	until: '2024-06-30',
	customers: 1200,
	withOutcome: 300,
	base: { value: 0.25, low: 0.22, high: 0.28 },
	weighed: 1200,
	judged: 1200,
	isBinary: true,
	skill: { value: 0.74, low: 0.71, high: 0.77 },
	probe: { value: 0, low: -0.001, high: 0.001 },
	drivers: [driver('recency_days', 'Days since the last order'), driver('frequency', 'Orders')],
	units: [
		{ features: ['recency_days'], because: null, importance: certain, isAboveChance: true },
		{ features: ['frequency'], because: null, importance: certain, isAboveChance: false }
	],
	shortList: ['recency_days'],
	leftOut: [],
	top: { ids: [], pearson: fromColumns([]), spearman: fromColumns([]) }
};

describe('driversFinding', () => {
	it('names what tells most, and whom it is of', () => {
		const [first] = result.units;
		const withCopies = {
			...result,
			units: first ? [{ ...first, features: ['recency_days', 'frequency'] }] : []
		};
		expect(driversFinding(withCopies, 60, format).title).toBe(
			'Days since the last order, with what is nearly the same, tells most about who buys again.'
		);
		const shared = { ...result, units: result.units.slice(1) };
		expect(isTold(shared)).toBe(true);
		expect(driversFinding(shared, 60, format).title).toBe(
			'No feature stands out: what tells who buys again is shared by several.'
		);
		expect(driversFinding(result, 60, format)).toEqual({
			title: 'Days since the last order tells most about who buys again.',
			sub: 'Of 1,200 customers with an order before 1 May 2024, 300 bought again in the 60 days after: 25%.'
		});
		expect(driversFinding(result, 90, format).sub).toContain(
			'90 days would need more history: they end on 29 Jun 2024.'
		);
	});

	it('says so when it is hardly better than chance', () => {
		const chance = { ...result, skill: { value: 0.52, low: 0.49, high: 0.55 } };
		expect(isTold(chance)).toBe(false);
		expect(driversFinding(chance, 60, format).title).toBe(
			'Hardly better than chance: nothing here tells who buys again.'
		);
		expect(skillWords(chance, format).grade).toBe('Hardly better than chance');
	});

	it('says the share of those who spent, not the mean spend', () => {
		const value = { ...result, outcome: 'value' as const, isBinary: false, base: certain };
		expect(driversFinding(value, 60, format).sub).toContain('300 spent something in the 60 days after: 25%.');
		const response = { ...result, outcome: 'response' as const };
		expect(driversFinding(response, 60, format).sub).toBe(
			'Of 1,200 customers who were sent something in the 60 days from 1 May 2024, 300 clicked: 25%.'
		);
	});
});

it('says how well the outcome can be told', () => {
	expect(skillWords(result, format)).toEqual({
		grade: 'Fairly well',
		meaning:
			'Shown one customer who bought again and one who did not, it picks the right one 74 times in 100.'
	});
	const numbers = { ...result, isBinary: false, skill: { value: 0.2, low: 0.1, high: 0.3 } };
	expect(skillWords(numbers, format).grade).toBe('Somewhat');
	expect(driverTiles(result, format).map(({ value }) => value)).toEqual(['1,200', '25%', 'Fairly well', '1']);
});

it('says what is missing, with what was found and what it takes', () => {
	const lack = { kind: 'history', first: '2024-01-01', last: '2024-02-10', days: 41, needed: 60 } as const;
	expect(lackWords(lack, format).text).toBe(
		'It runs from 1 Jan 2024 to 10 Feb 2024, 41 days. It takes 60 days: half to describe customers, half to see what they did.'
	);
	const few = { kind: 'few', customers: 90, withOutcome: 3, needed: 20 } as const;
	expect(lackWords(few, format).text).toContain('Of 90 customers, 3 did it.');
	for (const kind of ['amounts', 'sends', 'features'] as const)
		expect(lackWords({ kind }, format).title).not.toBe('');
	expect(horizonHint([30], '2024-01-01', '2024-03-10', format)).toContain('at most 30 days are followed');
	expect(horizonHint([30, 60, 90], '2024-01-01', '2024-12-31', format)).toBe('');
});

it('gives every verdict its reason', () => {
	const labelOf = (id: string) => ({ recency_days: 'Days since the last order' })[id] ?? id;
	const words = (verdict: Verdict) => refusalWords(driver('x', 'X', verdict), true, labelOf, format);
	expect(words({ kind: 'copy', of: 'recency_days' })).toBe('Nearly the same as Days since the last order.');
	expect(words({ kind: 'leak' })).toContain('AUC 0.97 on its own, from 0.95 on');
	expect(words({ kind: 'missing' })).toBe('Missing for 30% of customers; at most 20% may be.');
	const alone = { value: -0.3, low: -0.4, high: -0.2 };
	const none = { value: 0.01, low: -0.1, high: 0.1 };
	const shared = { ...driver('x', 'X', { kind: 'shared' }), alone: 0.66, spearman: alone };
	expect(refusalWords(shared, true, labelOf, format)).toBe(
		'Adds nothing beyond the others: alone it tells something (AUC 0.66).'
	);
	expect(refusalWords({ ...shared, spearman: none, pearson: alone }, true, labelOf, format)).toContain(
		'(a correlation of -0.30)'
	);
	expect(refusalWords({ ...shared, spearman: none, pearson: none }, true, labelOf, format)).toContain(
		'(0.100 bits of information)'
	);
	for (const kind of ['chance', 'constant', 'sensitive', 'beyond'] as const)
		expect(words({ kind })).toMatch(/\.$/);
	expect(words({ kind: 'listed' })).toBe('');
	const unit = {
		features: ['x', 'recency_days'],
		because: 'tells-most',
		importance: certain,
		isAboveChance: true
	} as const;
	const lone = { ...driver('x', 'X'), importance: { value: 0.002, low: 0, high: 0.004 } };
	expect(listedWords(lone, unit, true, labelOf, format)).toBe(
		'Without it and its near-copy (Days since the last order) AUC 0.100 is lost, more than by chance. Without it alone, 0.002: the other stands in for it. It speaks for both, for it tells most of them.'
	);
	expect(listedWords(lone, { ...unit, features: ['x'], because: null }, true, labelOf, format)).toBe(
		'Without it AUC 0.100 is lost, more than by chance.'
	);
	expect(
		listedWords(lone, { ...unit, features: ['x', 'recency_days', 'y'] }, false, labelOf, format)
	).toContain('Without it and its near-copies (Days since the last order, y) R² 0.100 is lost');
});

it('counts every feature once, and the counts add up', () => {
	const copy = driver('active_months', 'Months', { kind: 'copy', of: 'frequency' });
	const leak = driver('leak', 'Leak', { kind: 'leak' });
	const left = { id: 'a', label: 'Channel', why: 'text', needs: [] } as const;
	const [first, second] = result.units;
	if (!first || !second) throw new Error('no units');
	const grouped = {
		drivers: [...result.drivers, copy],
		units: [first, { ...second, features: ['frequency', 'active_months'] }],
		leftOut: [left, left]
	};
	const counts = countDrivers({ ...grouped, drivers: [...grouped.drivers, leak] });
	expect(counts).toEqual({ all: 6, weighed: 3, groups: 2, above: 1, aside: 1, leftOut: 2 });
	expect(counts.all).toBe(counts.weighed + counts.aside + counts.leftOut);
	expect(countWords(countDrivers(grouped))).toBe(
		'5 features: 3 weighed, 2 left out, which the end of the page explains. The 3 are 2 when near-copies, which say nearly the same, count as one.'
	);
	expect(countWords(counts)).toContain('6 features: 3 weighed, 1 set aside, 2 left out');
	expect(countWords(countDrivers(result))).toBe('2 features: 2 weighed.');
	expect(driverTiles({ ...result, ...grouped }, format).at(-1)).toMatchObject({
		value: '1',
		unit: 'of 2',
		note: '3 features weighed, near-copies counted as one'
	});
});

it('says what the tenths show', () => {
	const [first] = result.drivers;
	if (!first) throw new Error('no driver');
	expect(first.tenths.map((tenth) => tenthWords(first, tenth, format))).toEqual([
		'1 to 9 days',
		'10 to 90 days',
		'No value'
	]);
	expect(tenthsFinding(first, result, (value) => format.percent(value), format)).toBe(
		'Days since the last order: at 1 to 9 days, 80% bought again; at 10 to 90 days, 20%'
	);
});

it('says why features took no part', () => {
	const lines = leftOutLines([
		{ id: 'a', label: 'Basket', why: 'own', needs: [] },
		{ id: 'b', label: 'Months', why: 'constant', needs: [] },
		{ id: 'c', label: 'Visits', why: 'unavailable', needs: ['events'] },
		{ id: 'd', label: 'Carts', why: 'unavailable', needs: ['events'] },
		{ id: 'e', label: 'Favourite category', why: 'text', needs: [] }
	]);
	expect(lines.map(({ title }) => title)).toEqual([
		'Numbers of saved queries',
		'The same for everyone',
		'Texts and days',
		'Needs events'
	]);
	expect(lines[2]?.text).toBe('Favourite category. Only numbers are weighed.');
	expect(lines[3]?.text).toBe('Visits and Carts.');
	expect(textList(['a', 'b', 'c'])).toBe('a, b and c');
	expect([-0.0002, 0.0124].map((value) => smallNumber(value, format))).toEqual(['0.000', '0.012']);
});
