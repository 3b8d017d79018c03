import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitRecord } from './fields.ts';
import { RecordScanner } from './records.ts';
import { loadDialect } from './rewriter.ts';
import { scanFormat, scanSource, type ScannedSource } from './scan.ts';
import { PLAIN_DIALECT, type Dialect } from './schema.ts';

function sourceOf(dialect: Partial<Dialect>, columnCount: number): ScannedSource {
	const columns = Array.from({ length: columnCount }, (_, i) => `column ${i + 1}`);
	return { fileName: 'orders.csv', dialect: { ...PLAIN_DIALECT, ...dialect }, columns };
}

async function scan(text: string, dialect: Partial<Dialect>, columnCount: number) {
	const source = sourceOf(dialect, columnCount);
	const options = {
		signal: new AbortController().signal,
		onTrouble: () => undefined,
		onBytes: () => undefined
	};
	const found = await scanSource(new Blob([text]), source, options);
	return { source, found, loaded: await (found.rewritten ?? new Blob([text])).text() };
}

/** The readable records as the scanner and `splitRecord` see them. */
function expectedRows(text: string, source: ScannedSource): string[][] {
	const rows: string[][] = [];
	const { dialect } = source;
	const decoder = new TextDecoder();
	const scanner = new RecordScanner(
		scanFormat(source),
		({ kind, problem, bytes }) => {
			if (kind !== 'record' || problem !== null) return;
			rows.push(splitRecord(decoder.decode(bytes), dialect.delimiter, dialect));
		},
		{ reportAll: true }
	);
	scanner.feed(new TextEncoder().encode(text));
	scanner.finish();
	return rows;
}

/** RFC 4180 to the letter: a reader that knows nothing else. Throws at what it does not have. */
function strictRows(text: string, delimiter: string): string[][] {
	const field = /("(?:[^"]|"")*"|[^"\r\n]*?)(\r\n|\n|\r|$)/y;
	const split = delimiter === '|' ? '\\|' : delimiter === '^' ? '\\^' : delimiter;
	const pattern = new RegExp(field.source.replace('(\\r\\n', `(${split}|\\r\\n`), 'y');
	const rows: string[][] = [];
	let row: string[] = [];
	while (pattern.lastIndex < text.length || row.length > 0) {
		const match = pattern.exec(text);
		if (match === null) throw new Error('not RFC 4180');
		const [, value = '', end] = match;
		row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
		if (end === delimiter) continue;
		if (row.length > 1 || row[0] !== '' || value !== '') rows.push(row);
		row = [];
	}
	return rows;
}

const DIALECTS: readonly Partial<Dialect>[] = [
	{},
	{ delimiter: ';' },
	{ delimiter: '||' },
	{ delimiter: ', ' },
	{ delimiter: ' ' },
	{ delimiter: '\u0001' },
	{ quote: "'" },
	{ quote: '' },
	{ escape: 'backslash' },
	{ comment: '#' },
	{ delimiter: '|', comment: '//' },
	{ skipLines: 1, endLine: 4 },
	{ setAsideTotals: true }
];

describe('scanSource', () => {
	test('what is loaded is what the scanner saw, whatever the dialect', async () => {
		const unit = fc.constantFrom(
			'a',
			'7',
			',',
			', ',
			';',
			'|',
			'||',
			'"',
			"'",
			'\\',
			'\n',
			'\r\n',
			' ',
			'#',
			'\0',
			'total'
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(unit, { maxLength: 40 }),
				fc.constantFrom(...DIALECTS),
				fc.integer({ min: 2, max: 3 }),
				fc.boolean(),
				async (units, dialect, columnCount, hasHeader) => {
					const text = units.join('');
					const { source, found, loaded } = await scan(text, { ...dialect, hasHeader }, columnCount);
					const skipped = loaded.replace(/^\uFEFF/, '').split(/(?<=\r\n|\n|\r(?!\n))/);
					const body = skipped.slice(source.dialect.skipLines).join('');
					const rows = strictRows(body, loadDialect(source.dialect).delimiter);
					const isHeaderSeen = hasHeader && (found.recordCount > 0 || rows.length > 0);
					const expected = expectedRows(text, source);
					expect(rows.slice(isHeaderSeen ? 1 : 0)).toEqual(expected);
					expect(found.recordCount).toBe(expected.length + found.unreadable.length);
					const { skipLines } = source.dialect;
					const plain = { ...loadDialect(source.dialect), skipLines, hasHeader };
					expect((await scan(loaded, plain, columnCount)).found.rewritten).toBeNull();
				}
			),
			{ seed: 21, numRuns: 3_000 }
		);
	});

	test('leaves a plain file as it is', async () => {
		const { found } = await scan('a,b\n1,"x, y"\n2,z\n', {}, 2);
		expect(found).toMatchObject({ recordCount: 2, unreadable: [], nulCells: 0, rewritten: null });
	});

	test('takes NUL characters out and counts the cells', async () => {
		const { found, loaded } = await scan('a,b\n\0x\0,y\n1,"p\0q"\n2,3\n', {}, 2);
		expect(found.nulCells).toBe(2);
		expect(loaded).toBe('a,b\n"x","y"\n"1","pq"\n2,3\n');
	});

	test('sets repeated headers and totals aside, with line, number and text', async () => {
		const text = 'id,sum\n1,2\n"id", sum\n3,4\nGrand total:,6\n';
		const { found, loaded } = await scan(text, { setAsideTotals: true }, 2);
		expect(found.recordCount).toBe(4);
		expect(found.unreadable).toEqual([
			{ record: 2, line: 3, problem: 'repeated_header', fields: 2, raw: '"id", sum' },
			{ record: 4, line: 5, problem: 'total_row', fields: 2, raw: 'Grand total:,6' }
		]);
		expect(loaded).toBe('id,sum\n1,2\n3,4\n');
	});

	test('stops where the table ends', async () => {
		const text = 'id,sum\n1,2\n2,3\n\nother,table\n9,"9\n';
		const { found, loaded } = await scan(text, { endLine: 4 }, 2);
		expect(found).toMatchObject({ recordCount: 2, unreadable: [] });
		expect(loaded).toBe('id,sum\n1,2\n2,3\n');
	});

	test('leaves comments out, and lines of a mark that are none in', async () => {
		const { found, loaded } = await scan('id,sum\n# a "b\n1,2\n#3,4\n', { comment: '# ' }, 2);
		expect(found.recordCount).toBe(2);
		expect(loaded).toBe('"id","sum"\n"1","2"\n"#3","4"\n');
	});

	test('writes a header anew with as many names as there are columns', async () => {
		const { loaded } = await scan('a,b,\n1,2\n', {}, 2);
		expect(loaded).toBe('"a","b"\n1,2\n');
	});

	test('copies a file with more troubles than it cuts out one by one', async () => {
		const { found, loaded } = await scan(`a,b\n${'1,2\n3\n'.repeat(1_500)}`, {}, 2);
		expect(found.unreadable).toHaveLength(1_500);
		expect(loaded).toBe(`a,b\n${'1,2\n'.repeat(1_500)}`);
	});

	test('gives what it writes one line end, which is also the first', async () => {
		const texts = ['5\r\n3,"d\ne"\r\n1,2\r\n', '\r\n\r\n3,"d\ne"\r\n', '\r\n1,2\n3,4\n'];
		for (const dialect of [{ hasHeader: false }, { hasHeader: false, quote: '"', comment: '#' }] as const) {
			for (const text of texts) {
				const { found, loaded } = await scan(text, dialect, 2);
				expect(found.rewritten).not.toBeNull();
				const again = await scan(loaded, { hasHeader: false }, 2);
				expect(again.found).toMatchObject({ rewritten: null, unreadable: [] });
			}
		}
	});

	test('knows more than one byte order mark, and one where two files were joined', async () => {
		const { found, loaded } = await scan('\uFEFF\uFEFF"a",b\n1,2\n\uFEFFa,b\n\uFEFF3,4\n', {}, 2);
		expect(found.unreadable.map(({ problem }) => problem)).toEqual(['repeated_header']);
		expect(loaded.replace(/^\uFEFF/, '')).toBe('"a",b\n1,2\n"3","4"\n');
	});
});

test.each([
	[{ delimiter: ';' }, ';'],
	[{ delimiter: '\t' }, '\t'],
	[{ delimiter: '||' }, ','],
	[{ delimiter: ', ' }, ','],
	[{ delimiter: ' ' }, ','],
	[{ delimiter: '\u0001' }, ',']
])('loadDialect(%j) has the delimiter %j', (dialect, delimiter) => {
	expect(loadDialect(dialect)).toEqual({ delimiter, quote: '"' });
});
