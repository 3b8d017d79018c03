import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { HELP, parseOptions } from './options.ts';

function problemOf(...args: string[]): string {
	try {
		parseOptions(args);
	} catch (error) {
		if (error instanceof AppError && error.code === 'usage')
			return (error as AppError<'usage'>).details.problem;
		throw error;
	}
	throw new Error('the arguments were accepted');
}

describe('parseOptions', () => {
	it('has a default for everything but the files', () => {
		expect(parseOptions(['orders.csv'])).toEqual({
			files: ['orders.csv'],
			newer: [],
			since: null,
			out: 'out',
			recipe: null,
			mapping: null,
			dateOrder: null,
			decimalMark: null,
			currency: null,
			timeZone: null,
			asOf: null,
			method: null,
			categories: null,
			clusterCount: null,
			seed: null
		});
	});

	it('reads every option, before and after the files', () => {
		const line =
			'--as-of 2011-12-10 a.csv --out=res --recipe r.json --mapping customer=A,date=B b.csv.gz --date-order dmy --decimal-mark , --currency eur --time-zone Europe/Vienna --method kmeans --categories region,region,gender --clusters 4 --seed 0 --newer c.csv --newer d.csv --since last';
		expect(parseOptions(line.split(' '))).toEqual({
			files: ['a.csv', 'b.csv.gz'],
			newer: ['c.csv', 'd.csv'],
			since: 'last',
			out: 'res',
			recipe: 'r.json',
			mapping: 'customer=A,date=B',
			dateOrder: 'dmy',
			decimalMark: ',',
			currency: 'EUR',
			timeZone: 'Europe/Vienna',
			asOf: '2011-12-10',
			method: 'kmeans',
			categories: ['region', 'gender'],
			clusterCount: 4,
			seed: 0
		});
		expect(parseOptions(['a.csv', '--clusters', 'auto'])).toMatchObject({ clusterCount: 'auto' });
	});

	it.each(['recency_days', 'region,', 'colour'])('refuses the texts %s, naming those there are', (list) => {
		expect(problemOf('a.csv', '--categories', list)).toMatch(
			new RegExp(`^--categories is “${list}”; at most 5 of .*favourite_category.* is needed`)
		);
	});

	it('takes what follows -- for files', () => {
		expect(parseOptions(['--seed', '2', '--', '--seed'])).toMatchObject({ files: ['--seed'], seed: 2 });
	});

	it('gives help when asked, whatever else is there', () => {
		expect(parseOptions(['--help'])).toBe('help');
		expect(parseOptions(['-h', 'a.csv'])).toBe('help');
		expect(HELP).toContain('--mapping');
	});

	it.each([
		[[], 'No order file'],
		[['a.csv', '--nope'], '--nope'],
		[['a.csv', '--decimal-mark', ';'], '--decimal-mark is “;”'],
		[['a.csv', '--time-zone', 'Mars/Crater'], '--time-zone is “Mars/Crater”'],
		[['a.csv', '--seed'], '--seed has no value; a whole number from 0'],
		[['a.csv', '--seed', '--out', 'x'], '--seed has no value; a whole number from 0'],
		[['a.csv', '--mapping', 'customer'], '“customer”; a list such as customer=CustomerID'],
		[['a.csv', '--mapping', 'customer,date=Day'], '“customer,date=Day”; a list such as'],
		[['a.csv', '--out', ''], '--out is empty'],
		[['a.csv', '--clusters', '11'], '“11”; auto or a whole number from 2 to 10'],
		[['a.csv', '--clusters', '2.5'], '“2.5”'],
		[['a.csv', '--seed', '-1'], '--seed is “-1”; a whole number from 0'],
		[['a.csv', '--seed=-1'], '--seed is “-1”; a whole number from 0'],
		[['a.csv', '--clusters', '-2'], '“-2”; auto or a whole number'],
		[['a.csv', '--seed', 'x'], '“x”; a whole number from 0'],
		[['a.csv', '--as-of', '2011-02-30'], '“2011-02-30”; a day such as 2011-12-10'],
		[['a.csv', '--date-order', 'ydm'], '“ydm”; one of ymd, dmy, mdy is needed'],
		[['a.csv', '--method', 'magic'], '“magic”; one of kmeans']
	])('refuses %j, naming what was found', (args, words) => {
		expect(problemOf(...args)).toContain(words);
		expect(problemOf(...args)).not.toContain('\n');
	});
});
