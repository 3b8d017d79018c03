import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderRecord, splitRecord } from './fields.ts';
import { MAX_RECORD_BYTES, RecordScanner, type ScanFormat, type Stretch } from './records.ts';
import { PLAIN_DIALECT } from './schema.ts';

const FORMAT: ScanFormat = {
	...PLAIN_DIALECT,
	fileName: 'orders.csv',
	hasHeader: false,
	columnCount: 2
};

interface Seen extends Omit<Stretch, 'bytes'> {
	text: string;
}

function scan(text: string, format: Partial<ScanFormat> = {}, chunkBytes = 2 ** 20) {
	const stretches: Seen[] = [];
	const scanner = new RecordScanner(
		{ ...FORMAT, ...format },
		({ bytes, ...stretch }) => stretches.push({ ...stretch, text: new TextDecoder().decode(bytes) }),
		{ reportAll: true }
	);
	const all = new TextEncoder().encode(text);
	for (let at = 0; at < all.length; at += chunkBytes) scanner.feed(all.subarray(at, at + chunkBytes));
	const result = scanner.finish();
	return { result, stretches, records: stretches.filter(({ kind }) => kind === 'record') };
}

describe('RecordScanner', () => {
	test('counts records, header and blank lines apart', () => {
		const { result, stretches } = scan('a,b\r\n1,2\r\n\r\n3,4', { hasHeader: true });
		expect(result.recordCount).toBe(2);
		expect(result.lineEnd).toBe('\r\n');
		expect(stretches.map(({ kind, line }) => [kind, line])).toEqual([
			['header', 1],
			['record', 2],
			['blank', 3],
			['record', 4]
		]);
	});

	test('keeps line ends and delimiters inside quotes', () => {
		const { records } = scan('"x\ny, ""z""",2\n"p\r\nq",4\n5,6\n');
		expect(records.map(({ line, fields, odd }) => [line, fields, odd])).toEqual([
			[1, 2, false],
			[3, 2, false],
			[5, 2, false]
		]);
	});

	test('finds records with too few and too many fields', () => {
		const { records } = scan('1\n1,2\n1,2,3\n');
		expect(records.map(({ record, problem, fields }) => [record, problem, fields])).toEqual([
			[1, 'too_few_fields', 1],
			[2, null, 2],
			[3, 'too_many_fields', 3]
		]);
	});

	test('takes a quote inside a field for a character, and says that it is odd', () => {
		const { records } = scan('5" pipe,2\n"6" pipe,2\n7, "eight, nine"\n');
		expect(records.map(({ problem, odd }) => [problem, odd])).toEqual([
			[null, true],
			[null, true],
			[null, true]
		]);
		expect(records.map(({ text }) => splitRecord(text, ','))).toEqual([
			['5" pipe', '2'],
			['"6" pipe', '2'],
			['7', 'eight, nine']
		]);
	});

	test('costs one line for a quote that is never closed', () => {
		const { records } = scan('1,2\n3,"4\n5,6\n7,8\n');
		expect(records.map(({ line, problem, text }) => [line, problem, text])).toEqual([
			[1, null, '1,2'],
			[2, 'unclosed_quote', '3,"4'],
			[3, null, '5,6'],
			[4, null, '7,8']
		]);
	});

	test('costs one line for a quote that another quoted field seems to close', () => {
		const { records } = scan('1,"2\n3,"four"\n5,6\n');
		expect(records.map(({ problem, text }) => [problem, text])).toEqual([
			['unclosed_quote', '1,"2'],
			[null, '3,"four"'],
			[null, '5,6']
		]);
	});

	test('points at the line where the quote opens', () => {
		const { records } = scan('"x\ny","z\n1,2\n');
		expect(records[0]).toMatchObject({ line: 2, problem: 'unclosed_quote', text: '"x\ny","z' });
	});

	test('gives up on a quote after a thousand lines, though another quote follows', () => {
		const { records } = scan(`1,"2\n${'3,4\n'.repeat(1_500)}5,"6"\n`);
		expect(records).toHaveLength(1_502);
		expect(records.filter(({ problem }) => problem !== null)).toHaveLength(1);
	});

	test('reads a long cell, and refuses one beyond the limit', () => {
		expect(scan(`1,${'x'.repeat(3_000_000)}\n`).records[0]?.problem).toBeNull();
		expect(() => scan(`1,2\n1,${'x'.repeat(MAX_RECORD_BYTES)}\n`)).toThrow('import.record-too-long');
	});

	test('reads lone carriage returns, and marks line ends unlike the first', () => {
		expect(scan('1,2\r3,4\r').records.map(({ text, odd }) => [text, odd])).toEqual([
			['1,2', false],
			['3,4', false]
		]);
		expect(scan('1,2\n3,4\r\n').records.map(({ odd }) => odd)).toEqual([false, true]);
	});

	test('passes over a byte order mark and skipped lines', () => {
		const { stretches } = scan('\uFEFFsep=,\n"by\na,b\n1,2\n', { skipLines: 2, hasHeader: true });
		expect(stretches.map(({ kind, from, line, odd, text }) => [kind, from, line, odd, text])).toEqual([
			['skipped', 3, 1, false, 'sep=,'],
			['skipped', 9, 2, true, '"by'],
			['header', 13, 3, false, 'a,b'],
			['record', 17, 4, false, '1,2']
		]);
	});

	test('counts runs of blanks', () => {
		const { records } = scan(' 1  2\n3 4 \n 5\n', { delimiter: ' ' });
		expect(records.map(({ fields }) => fields)).toEqual([2, 2, 1]);
	});

	test('gives the same answer however the bytes are cut, and loses none', () => {
		const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 60 });
		fc.assert(
			fc.property(text, fc.integer({ min: 1, max: 9 }), (csv, chunkBytes) => {
				const whole = scan(csv);
				expect(scan(csv, {}, chunkBytes)).toEqual(whole);
				let at = 0;
				for (const { from, to } of whole.stretches) {
					expect(from).toBe(at);
					at = to;
				}
				expect(at).toBe(new TextEncoder().encode(csv).length);
			}),
			{ seed: 11, numRuns: 500 }
		);
	});

	test.each([
		['a delimiter before the text behind its closing quote', '"1,x,"a, b",2'],
		['lines that are whole records each', '1,"x,2\n3,y",4\n5,"z,6']
	])('sets a record aside whose quote holds %s', (_, text) => {
		const { records } = scan(text, { columnCount: 3 });
		expect(records[0]).toMatchObject({ problem: 'unclosed_quote', line: 1 });
	});

	test.each([
		['""x"', '"x'],
		['"6" pipe"', '6" pipe'],
		['"6" pipe', '"6" pipe'],
		['"a, b" ', 'a, b'],
		[' "a, b"', 'a, b'],
		['a "b"', 'a "b"'],
		['"a""b"', 'a"b']
	])('reads the cell %j as %j', (cell, value) => {
		const { records } = scan(`${cell},2\n`);
		expect(records).toMatchObject([{ problem: null, fields: 2 }]);
		expect(splitRecord(records[0]?.text ?? '', ',')).toEqual([value, '2']);
	});

	test.each([
		['||', '"', 'double', 'a|b||"c||d"', ['a|b', 'c||d']],
		[', ', '"', 'double', '1,5, "a, b"', ['1,5', 'a, b']],
		[', ', '"', 'double', '"a, b",', ['a, b', '']],
		[',', "'", 'double', "'it''s, so','men's, red'", ["it's, so", "men's, red"]],
		[',', "'", 'double', '\'8"" by 6""\',"a"', ['8" by 6"', '"a"']],
		[',', '"', 'backslash', '"8\\", long","\\\\x\\n"', ['8", long', '\\x\\n']],
		[',', '', 'double', '"a,b"', ['"a', 'b"']],
		['\u0001', '"', 'double', '"a"\u0001b', ['a', 'b']]
	] as const)('parts by %j with quote %j and escape %s: %j', (delimiter, quote, escape, text, cells) => {
		const { records } = scan(text, { delimiter, quote, escape });
		expect(records).toMatchObject([{ problem: null, fields: 2, odd: true }]);
		expect(splitRecord(text, delimiter, { quote, escape })).toEqual(cells);
	});

	test('knows the header when it comes again, quoted or not, and not when it does not', () => {
		const text = 'id,"the sum"\n1,2\n"id","the sum"\nid, the sum\nid,the sums\nid,the,sum\n';
		const { records } = scan(text, { hasHeader: true });
		expect(records.map(({ problem }) => problem)).toEqual([
			null,
			'repeated_header',
			'repeated_header',
			null,
			'too_many_fields'
		]);
	});

	test('knows totals when asked to', () => {
		const text = 'Total,9\n"Grand Total:",9\n,9,Summe\n TOTAL ,9\nTotal,none\nTotality,9\n1,total\nИтого,9\n';
		const problems = (setAsideTotals: boolean) =>
			scan(text, { setAsideTotals }).records.map(({ problem }) => problem);
		expect(problems(true)).toEqual([
			'total_row',
			'total_row',
			'too_many_fields',
			'total_row',
			null,
			null,
			null,
			'total_row'
		]);
		expect(problems(false).filter((problem) => problem === 'total_row')).toEqual([]);
		const last = scan(',9,Grand total\n', { columnCount: 3, setAsideTotals: true });
		expect(last.records[0]?.problem).toBe('total_row');
	});

	test('gives comments and what lies below the table back as no records', () => {
		const text = '//x\n1,2\n// "y\n3,"4\n5,6"\n7,8\n';
		const { stretches, result } = scan(text, { comment: '//', endLine: 5 });
		expect(stretches.map(({ kind, line, problem }) => [kind, line, problem])).toEqual([
			['comment', 1, null],
			['record', 2, null],
			['comment', 3, null],
			['record', 4, 'unclosed_quote'],
			['skipped', 5, null]
		]);
		expect(result.recordCount).toBe(2);
	});

	test('agrees with splitRecord on the number of fields, in every dialect', () => {
		const unit = fc.constantFrom('a', ',', ', ', '|', '||', '"', "'", '\\', '\n', ' ', '\0');
		const dialect = fc.record({
			delimiter: fc.constantFrom(',', ', ', '||', '|', ' '),
			quote: fc.constantFrom('"' as const, "'" as const, '' as const),
			escape: fc.constantFrom('double' as const, 'backslash' as const)
		});
		fc.assert(
			fc.property(
				fc.string({ unit, maxLength: 40 }),
				dialect,
				fc.integer({ min: 1, max: 9 }),
				(csv, format, cut) => {
					const whole = scan(csv, format);
					expect(scan(csv, format, cut)).toEqual(whole);
					for (const { text, fields, problem } of whole.records) {
						if (problem === 'unclosed_quote') continue;
						expect(splitRecord(text, format.delimiter, format)).toHaveLength(fields);
					}
				}
			),
			{ seed: 12, numRuns: 3_000 }
		);
	});
});

test('splitRecord undoes renderRecord', () => {
	fc.assert(
		fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
			expect(splitRecord(renderRecord(fields, ';'), ';')).toEqual(fields);
		}),
		{ seed: 13 }
	);
});
