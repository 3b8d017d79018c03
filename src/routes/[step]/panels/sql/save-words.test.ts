import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { likelyMissing, missingWords, useFit } from './save-words.ts';

const format = createFormat('en-GB');
const FIT = {
	hasCustomerId: true,
	numbers: ['revenue'],
	rows: 3,
	customers: 3,
	repeated: 0,
	everyone: 2,
	withOrders: 2,
	withNumbers: 2,
	unknown: 1
};

describe('what a result can be saved as', () => {
	it('is always a table', () => {
		expect(useFit('table', { ...FIT, hasCustomerId: false }, format)).toEqual({
			fits: true,
			words: '3 rows.'
		});
	});
	it('is a segment when it names customers with orders', () => {
		expect(useFit('segment', FIT, format)).toEqual({
			fits: true,
			words: '2 customers with orders. 1 id in it is no customer with orders and will be left out.'
		});
		expect(useFit('segment', { ...FIT, withOrders: 0, unknown: 0 }, format).words).toBe(
			'Nobody in it has an order.'
		);
		expect(useFit('segment', { ...FIT, hasCustomerId: false }, format)).toMatchObject({ fits: false });
	});
	it('is a feature when it has numbers, one row per customer', () => {
		expect(useFit('feature', { ...FIT, unknown: 0 }, format).words).toBe('revenue for 2 customers.');
		const some = { ...FIT, everyone: 147, withNumbers: 48, withOrders: 50, unknown: 0 };
		expect(useFit('feature', some, format).words).toBe('revenue for 48 of 147 customers.');
		expect(missingWords(some, 'none', format)).toBe(
			'Customers can only be compared on a number that all have: the 99 other customers have none.'
		);
		expect(missingWords(some, 'zero', format)).toBe(
			'The 99 other customers count as 0, so all can be compared on it.'
		);
		expect(useFit('feature', { ...FIT, numbers: [] }, format)).toMatchObject({ fits: false });
		expect(useFit('feature', { ...FIT, repeated: 2 }, format)).toEqual({
			fits: false,
			words: '2 rows speak of customers who have a row already. Use GROUP BY customer_id.'
		});
	});
});

it.each([
	['SELECT customer_id, count(*) AS n FROM clean.orders GROUP BY ALL', 'zero'],
	['SELECT customer_id, SUM (amount) AS spent FROM clean.orders GROUP BY ALL', 'zero'],
	['SELECT customer_id, max(amount) AS biggest FROM clean.orders GROUP BY ALL', 'none'],
	['SELECT customer_id, sum(amount) / count(*) AS mean FROM clean.orders GROUP BY ALL', 'none'],
	['SELECT customer_id, score FROM files.answers', 'none']
])('%s: everyone else has %s', (text, missing) => {
	expect(likelyMissing(text)).toBe(missing);
});
