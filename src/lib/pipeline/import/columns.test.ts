import { describe, expect, test } from 'vitest';
import { fingerprint, normalizedName, uniqueColumnNames } from './columns.ts';

describe('uniqueColumnNames', () => {
	test('numbers names that come again and names blank ones', () => {
		expect(uniqueColumnNames(['id', ' ID ', '', 'id'], 5)).toEqual({
			names: ['id', 'ID (2)', 'column 3', 'id (3)', 'column 5'],
			renamed: ['ID (2)', 'column 3', 'id (3)', 'column 5']
		});
	});

	test('keeps names that are special elsewhere, and counts tidied blanks as no renaming', () => {
		expect(uniqueColumnNames(['__proto__', ' constructor', 'two\nlines'], 3)).toEqual({
			names: ['__proto__', 'constructor', 'two lines'],
			renamed: []
		});
	});

	test('never gives a name that the header has itself', () => {
		const { names } = uniqueColumnNames(['id (2)', 'id', 'id'], 3);
		expect(new Set(names).size).toBe(3);
	});

	test('keeps a very long name, and takes what cannot be seen out of the others', () => {
		const long = 'x'.repeat(10_000);
		expect(uniqueColumnNames([long, 'a\0b', '\uFEFFid', '\u0001', '<img src=x>'], 5).names).toEqual([
			long,
			'a b',
			'id',
			'column 4',
			'<img src=x>'
		]);
	});

	test('names five thousand columns, all of one name, in no time', () => {
		const cells = Array.from({ length: 5_000 }, (_, i) => (i % 2 === 0 ? 'total' : 'TOTAL'));
		const start = performance.now();
		const { names, renamed } = uniqueColumnNames(cells, cells.length);
		expect(performance.now() - start).toBeLessThan(1_000);
		expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5_000);
		expect(renamed).toHaveLength(4_999);
		expect(names.at(-1)).toBe('TOTAL (5000)');
	});
});

test('normalizedName drops case, blanks, accents and punctuation', () => {
	expect(normalizedName('  Numéro_de Commande ')).toBe('numerodecommande');
});

test('fingerprint is that of the layout, not of the order or the spelling', () => {
	expect(fingerprint(['Order ID', 'Date'])).toBe(fingerprint(['date', 'order_id']));
	expect(fingerprint(['Order ID', 'Date'])).not.toBe(fingerprint(['Order ID']));
	expect(fingerprint([])).toMatch(/^[0-9a-f]{16}$/);
});
