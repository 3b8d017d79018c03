import { describe, expect, it } from 'vitest';
import { uniqueFileNames } from './recipe-sql.ts';

/** The names for files given as `orders.csv`, or as `*orders.csv` where DuckDB reads a prepared copy. */
function namesOf(...files: string[]): string[] {
	const sources = files.map((file, i) => ({
		id: `s${i + 1}`,
		fileName: file.replace(/^\*/, ''),
		prepared: file.startsWith('*')
	}));
	const names = uniqueFileNames(sources);
	expect([...names.keys()]).toEqual(sources.map(({ id }) => id));
	return [...names.values()];
}

describe('uniqueFileNames', () => {
	it.each([
		[['a.csv', 'b.csv'], ['a.csv', 'b.csv'], 'leaves different names'],
		[['a.csv', 'a.csv', 'a.csv'], ['a.csv', 'a (2).csv', 'a (3).csv'], 'numbers equal names'],
		[['a.csv', 'A.CSV'], ['a.csv', 'A (2).CSV'], 'takes letter case for no difference'],
		[['a.csv', 'a.csv', 'a (2).csv'], ['a.csv', 'a (3).csv', 'a (2).csv'], 'takes no name of a file'],
		[['a', 'a'], ['a', 'a (2)'], 'numbers names without an ending'],
		[['*a.csv', '*a.csv.gz'], ['a.utf8.csv', 'a (2).utf8.csv'], 'numbers copies'],
		[['a.csv', '*a.csv.gz'], ['a.csv', 'a.utf8.csv'], 'keeps file and copy apart'],
		[['*a.csv', 'a.csv'], ['a.utf8.csv', 'a.csv'], 'lets a file keep its name beside a copy'],
		[['*a.csv', 'a.utf8.csv'], ['a (2).utf8.csv', 'a.utf8.csv'], 'gives no copy the name of a file']
	])('for %j gives %j: %s', (files, expected) => {
		expect(namesOf(...files)).toEqual(expected);
	});
});
