import { expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { errorWords } from './messages.ts';

it.each([
	[1, 1, 'Only 1 customer, too few to look for segments.'],
	[9, 9, 'Only 9 customers, too few to look for segments.'],
	[1, 40, 'All 40 customers are alike in what is compared.'],
	[3, 1200, 'Only 3 of 1,200 customers differ in what is compared, too few to look for segments.']
])('tells few customers (%d different of %d) from customers who are alike', (customers, of, title) => {
	const error = new AppError('segment.too-few-customers', { customers, of, needed: 10 });
	expect(errorWords(error).title).toBe(title);
});
