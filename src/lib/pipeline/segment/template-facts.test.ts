import { expect, it } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { fileOf } from '../../../../tests/support/behaviour-files.ts';
import { factsOfFiles } from '../../../../tests/support/rule-facts.ts';
import { scopeOfToday } from './own/scope.ts';
import { roundMoney, templateFacts } from './template-facts.ts';

const { signal } = new AbortController();

/** a: gaps of 10 and 30 days; two orders on one day are one. b: a gap of 20 days. c: once. d: only after the as-of day. */
const ORDERS = [
	['1', '2024-01-01', 'a', '10'],
	['2', '2024-01-11', 'a', '10'],
	['3', '2024-01-11', 'a', '20'],
	['4', '2024-02-10', 'a', '40'],
	['5', '2024-01-05', 'b', '100'],
	['6', '2024-01-25', 'b', '300'],
	['7', '2024-02-01', 'c', '1000'],
	['8', '2024-06-01', 'd', '9000']
];

describeEngines('what templates know of a session', (engine) => {
	it('looks at orders before the as-of day', async () => {
		const file = fileOf('s1', 'orders', ['order_id', 'date', 'customer', 'amount'], ORDERS);
		const scope = scopeOfToday(await factsOfFiles(engine(), [file], '2024-03-01'));
		// Spend: 80, 400, 1000; three quarters of the way from the least to the most is 700. Orders: 10 … 1000.
		expect(await templateFacts(engine(), scope, signal)).toEqual({
			usualGapDays: 20,
			secondGapDays: 15,
			highSpend: 700,
			highOrder: 200,
			cartStages: ['reminder', 'follow_up', 'last_call'],
			cartDays: 7
		});
	});

	it('knows neither money nor gaps that the files do not tell', async () => {
		const rows = [
			['1', '2024-01-01', 'a'],
			['2', '2024-01-02', 'b']
		];
		const file = fileOf('s1', 'orders', ['order_id', 'date', 'customer'], rows);
		const scope = scopeOfToday(await factsOfFiles(engine(), [file], '2024-03-01'));
		expect(await templateFacts(engine(), scope, signal)).toMatchObject({
			usualGapDays: null,
			secondGapDays: null,
			highSpend: null,
			highOrder: null
		});
	});
});

it.each([
	[1473, 1500],
	[68.4, 68],
	[7.6, 8],
	[0.2, 1],
	[123456, 120000]
])('proposes %d as %d', (amount, proposed) => {
	expect(roundMoney(amount)).toBe(proposed);
});
