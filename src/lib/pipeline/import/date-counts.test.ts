import { expect, it } from 'vitest';
import { countDates } from './date-counts.ts';

const counted = (...texts: readonly string[]) => countDates(texts.map((text) => ({ text, rows: 10 })));

it('counts the rows that each order can read, and those that read by their own form', () => {
	const mixed = ['2024-01-31', '31.01.2024', '30.01.2024', '01/31/2024', '3 Jan 2024', '03/04/2024', 'soon'];
	expect(counted(...mixed)).toEqual({ rows: 70, dmy: 50, mdy: 40, ymd: 20, own: 60 });
});

it('counts what could be either as unread where nothing tells', () => {
	expect(counted('03/04/2024', '05/05/2024')).toEqual({ rows: 20, dmy: 20, mdy: 20, ymd: 0, own: 10 });
	expect(counted('03/04/2024', '13/04/2024', '04/13/2024')).toMatchObject({ rows: 30, dmy: 20, own: 20 });
});
