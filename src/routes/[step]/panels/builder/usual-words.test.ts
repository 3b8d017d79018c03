import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { periodWords, usualWords } from './usual-words.ts';

const format = createFormat('en-US', 'GBP');

describe('what a number per month is', () => {
	it('is said by the window that it is asked of', () => {
		expect(periodWords('month', null, 'orders')).toBe(
			'Per month: orders ÷ the months since somebody’s first order, at least one month.'
		);
		expect(periodWords('week', { kind: 'since', day: '2024-01-01' }, 'visits')).toBe(
			'Per week: visits ÷ the weeks of that time, at least one week.'
		);
		expect(periodWords('month', { kind: 'last', length: { count: 1, unit: 'year' } }, 'orders')).toBe(
			'Per month: orders ÷ 12.'
		);
		expect(periodWords('month', { kind: 'until', day: '2024-01-01' }, 'orders')).toContain(
			'to the end of that time'
		);
	});
});

describe('what is usual', () => {
	it('is where half of the customers lie, and what the most is', () => {
		expect(usualWords({ told: 9, quartiles: [0.2, 0.5, 1], max: 12 }, 'number', format)).toBe(
			'Half of your customers lie between 0.20 and 1; the middle is 0.50. The most is 12.'
		);
		expect(usualWords({ told: 9, quartiles: [0, 0, 0], max: 3 }, 'number', format)).toBe(
			'At least half of your customers have 0. The most is 3.'
		);
		expect(usualWords({ told: 1, quartiles: [20, 20, 20], max: 20 }, 'money', format)).toBe(
			`At least half of your customers have ${format.money(20)}.`
		);
		expect(usualWords({ told: 0, quartiles: [NaN, NaN, NaN], max: NaN }, 'number', format)).toBe('');
	});
});
