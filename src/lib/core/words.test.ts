import { expect, it } from 'vitest';
import { createFormat } from './format.ts';
import { noticeWords } from './notice-messages.ts';
import { counted, dayWords } from './words.ts';

it('counts one and several, as the reader writes numbers', () => {
	const format = createFormat('de-DE');
	expect([0, 1, -1, 2300].map((count) => counted(count, 'customer', format))).toEqual([
		'0 customers',
		'1 customer',
		'-1 customer',
		'2.300 customers'
	]);
	expect(counted(1, 'person', format, 'people')).toBe('1 person');
	expect(counted(2, 'person', format, 'people')).toBe('2 people');
});

it('writes days as the reader does, in notices too', () => {
	const day = createFormat().day('2010-12-10');
	expect(dayWords('2010-12-10')).toBe(day);
	const details = { day: '2010-12-10', firstOrder: '2010-12-01', days: 9, needed: 90 };
	const words = noticeWords({ code: 'past.short-before', details });
	expect(words.title).toBe(`Only 9 days of orders before ${day}.`);
	expect(words.text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
});
