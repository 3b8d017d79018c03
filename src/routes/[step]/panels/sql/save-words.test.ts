import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { useFit } from './save-words.ts';

const format = createFormat('en-GB');
const FIT = {
	hasCustomerId: true,
	numbers: ['revenue'],
	rows: 3,
	customers: 3,
	repeated: 0,
	withOrders: 2,
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
		expect(useFit('feature', { ...FIT, numbers: [] }, format)).toMatchObject({ fits: false });
		expect(useFit('feature', { ...FIT, repeated: 2 }, format)).toEqual({
			fits: false,
			words: '2 rows speak of customers who have a row already. Use GROUP BY customer_id.'
		});
	});
});
