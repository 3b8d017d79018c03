import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderRecord, splitRecord } from './fields.ts';
import { MAX_RECORD_BYTES, RecordScanner, type ScanFormat, type Stretch } from './records.ts';

const FORMAT: ScanFormat = {
	fileName: 'orders.csv',
	delimiter: ',',
	skipLines: 0,
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
			['6 pipe', '2'],
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

	test('agrees with splitRecord on the number of fields', () => {
		const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' '), maxLength: 40 });
		fc.assert(
			fc.property(text, (csv) => {
				for (const { text: raw, fields, problem } of scan(csv).records) {
					if (problem !== 'unclosed_quote') expect(splitRecord(raw, ',')).toHaveLength(fields);
				}
			}),
			{ seed: 12, numRuns: 500 }
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
