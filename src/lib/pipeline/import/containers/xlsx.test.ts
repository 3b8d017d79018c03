import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import {
	makeWorkbook,
	workbookParts,
	type MadeWorkbook
} from '../../../../../tests/support/make-workbook.ts';
import { xlsxCsv, xlsxSheets } from './xlsx.ts';

const FIXTURES = 'tests/fixtures/xlsx';

function fixture(name: string): { name: string; blob: Blob } {
	return { name, blob: new Blob([readFileSync(`${FIXTURES}/${name}`)]) };
}

async function csvOf(blob: Blob, sheet: string | null = null): Promise<string> {
	const parts: BlobPart[] = [];
	for await (const chunk of xlsxCsv({ name: 'book.xlsx', blob }, sheet)) parts.push(chunk);
	return new Blob(parts).text();
}

/** The CSV of a workbook with one sheet of these rows. */
function csvOfRows(rows: string, rest: Omit<MadeWorkbook, 'sheets'> = {}): Promise<string> {
	return csvOf(makeWorkbook({ sheets: [{ name: 'Orders', rows }], ...rest }));
}

/** A row with one number in every style. */
function inStyles(value: string, formats: readonly (number | string)[], is1904 = false): Promise<string> {
	const cells = formats.map((_, i) => `<c s="${i}"><v>${value}</v></c>`).join('');
	return csvOfRows(`<row>${cells}</row>`, { formats, is1904 });
}

const text = (reference: string, value: string) =>
	`<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;

describe('workbooks of others', () => {
	test.each([
		['table.xlsx', 'id,name\n1,english\n2,中国人\n'],
		['table-output.xlsx', 'id,name\n1,english\n2,german\n'],
		['table-infer-boolean.xlsx', 'number,string,boolean\n1,two,TRUE\n3,four,FALSE\n'],
		['number-format-multicode.xlsx', 'col1\n4.51119775197299\n-9.03233986479077\n15.7929464439101\n'],
		['issue-312.xlsx', 'id,name,,name,\n1,english,,,\n1,english,,,\n11,english,,,\n\n2,german,1,2,3\n']
	])('%s', async (name, csv) => {
		expect(await csvOf(fixture(name).blob)).toBe(csv);
	});

	test.each([
		'table.xlsx',
		'table-output.xlsx',
		'table-infer-boolean.xlsx',
		'number-format-multicode.xlsx',
		'issue-312.xlsx',
		'issue-313.xlsx',
		'adjust-floating-point-error.xlsx'
	])('%s holds what another reader finds', async (name) => {
		const [sheet] = await readXlsxFile(`${FIXTURES}/${name}`);
		const expected = (sheet?.data ?? []).map((row) => row.map(cellText));
		const csv = await csvOf(fixture(name).blob);
		const found = csv.split('\n').slice(0, -1);
		const filled = (rows: readonly (readonly string[])[]) =>
			rows.map((row) => row.join(',').replace(/,+$/, '')).filter((line) => line !== '');
		expect(filled(found.map((line) => line.split(',')))).toEqual(filled(expected));
	});

	test('dates by their formats', async () => {
		const csv = await csvOf(fixture('preserve-formatting.xlsx').blob);
		expect(csv.split('\n')[1]).toBe(
			',1000.5577,1000.5577,1000.5577,1000.5577,1000.5577,2040-05-20,2040-05-20,2040-05-20,2040-05-20,2040-05-20 00:00:00'
		);
	});
});

function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}

describe('texts', () => {
	test('shared, rich, inline, results of formulas and errors', async () => {
		const csv = await csvOfRows(
			'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>' +
				`<row r="2">${text('A2', 'in, line')}<c r="B2" t="str"><f>A1&amp;"x"</f><v>a "b"</v></c><c r="C2" t="e"><v>#N/A</v></c></row>`,
			{
				strings:
					'<si><t xml:space="preserve"> name </t></si>' +
					'<si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r></si>' +
					'<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
			}
		);
		expect(csv).toBe(' name ,rich ,東京\n"in, line","a ""b""",#N/A\n');
	});

	test('entities, character codes, CDATA, escaped control characters and line breaks', async () => {
		const csv = await csvOfRows(
			`<row>${text('A1', '&lt;b&gt; &amp;amp; &#233;&#x1F34A;')}${text('B1', '<![CDATA[a<b]]>')}${text('C1', 'x_x000D_\ny_x005F_x0041_')}</row>`
		);
		expect(csv).toBe('<b> &amp; é🍊,a<b,"x\r\ny_x0041_"\n');
	});

	test('prefixed names, single quotes, and cells without references', async () => {
		const parts = workbookParts({ sheets: [{ name: 'S', rows: '' }] });
		const xml =
			"<x:worksheet xmlns:x='m'><x:sheetData><x:row><x:c t='str'><x:v>a</x:v></x:c><x:c\n t='n' ><x:v>1.50</x:v></x:c></x:row></x:sheetData></x:worksheet>";
		parts['xl/worksheets/sheet1.xml'] = new TextEncoder().encode(xml);
		expect(await csvOf(new Blob([zipSync(parts)]))).toBe('a,1.5\n');
	});

	test('parts in UTF-16', async () => {
		const parts = workbookParts({ sheets: [{ name: 'S', rows: '' }] });
		const xml = `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row>${text('A1', 'é')}</row></sheetData></worksheet>`;
		parts['xl/worksheets/sheet1.xml'] = new Uint8Array(Buffer.from(`\uFEFF${xml}`, 'utf16le'));
		expect(await csvOf(new Blob([zipSync(parts)]))).toBe('é\n');
	});
});

describe('numbers', () => {
	test.each([
		['1.1000000000000001', '1.1'],
		['9007199254740993', '9007199254740993'],
		['1E-7', '0.0000001'],
		['1.5E+20', '150000000000000000000'],
		['-0.5', '-0.5'],
		['0', '0'],
		['1e300', '1e+300'],
		['17850', '17850']
	])('%s is written as %s', async (raw, written) => {
		expect(await inStyles(raw, [0])).toBe(`${written}\n`);
	});

	test('codes keep the zeros that the sheet shows; percent, money and thousands stay numbers', async () => {
		const formats = [
			'00000',
			'000\\-00\\-0000',
			'"DE-"0000',
			'0%',
			'#,##0.00 "€"',
			'0',
			'0.00',
			'[$-407]00000'
		];
		expect(await inStyles('1234', formats)).toBe('01234,000-00-1234,DE-1234,1234,1234,1234,1234,01234\n');
		expect(await inStyles('123456', ['00000', '00-00'])).toBe('123456,1234-56\n');
		expect(await inStyles('0.25', ['0%', '00000'])).toBe('0.25,0.25\n');
	});
});

describe('dates', () => {
	test('built-in and custom formats', async () => {
		const formats = [14, 22, 18, 'yyyy-mm-dd', 'dd/mm/yyyy hh:mm', '[$-409]d\\-mmm\\-yy;@', 'mmm', '"day" d'];
		expect(await inStyles('45382.586805555555', formats)).toBe(
			`${Array(8).fill('2024-03-31 14:05:00').join(',')}\n`
		);
		expect(await inStyles('45382', [14, 22, 'yyyy'])).toBe('2024-03-31,2024-03-31 00:00:00,2024-03-31\n');
	});

	test('times and durations', async () => {
		expect(await inStyles('0.5868055555555556', [20, 'h:mm AM/PM', 46, 'mm:ss.000'])).toBe(
			'14:05:00,14:05:00,14:05:00,14:05:00.000\n'
		);
		expect(await inStyles('2.0625', ['[h]:mm:ss'])).toBe('49:30:00\n');
	});

	test('what only looks like a format of dates', async () => {
		const formats = ['"Mon" 0', '0.00E+00', '[Red]0', '\\d0', 'General', '# "days"', '@'];
		expect(await inStyles('45382', formats)).toBe(`${Array(7).fill('45382').join(',')}\n`);
	});

	test('the two calendars, and the day that never was', async () => {
		expect(await inStyles('43920', [14], true)).toBe('2024-03-31\n');
		expect(await inStyles('0', [14], true)).toBe('1904-01-01\n');
		expect(await inStyles('1', [14])).toBe('1900-01-01\n');
		expect(await inStyles('59', [14])).toBe('1900-02-28\n');
		expect(await inStyles('60', [14])).toBe('1900-02-29\n');
		expect(await inStyles('61', [14])).toBe('1900-03-01\n');
		expect(await inStyles('-5', [14])).toBe('-5\n');
		expect(await inStyles('3000000', [14])).toBe('3000000\n');
	});

	test('cells of the type date', async () => {
		const csv = await csvOfRows(
			'<row><c t="d"><v>2024-03-31T00:00:00</v></c><c t="d"><v>2024-03-31T14:05:00</v></c></row>'
		);
		expect(csv).toBe('2024-03-31,2024-03-31 14:05:00\n');
	});
});

describe('the shape of the table', () => {
	test('lines are rows of the sheet, and every row is as wide as the widest', async () => {
		const csv = await csvOfRows(
			`<row r="2">${text('A2', 'title')}</row><row r="4">${text('A4', 'a')}${text('C4', 'c')}</row>` +
				`<row r="5">${text('B5', '1')}</row>`
		);
		expect(csv).toBe('\ntitle,,\n\na,,c\n,1,\n');
	});

	test('formatted cells that hold nothing cost nothing, at the last column and row either', async () => {
		const csv = await csvOfRows(
			`<row r="1">${text('A1', 'a')}<c r="B1" s="0"/><c r="XFD1" s="0"/></row>` +
				`<row r="2">${text('A2', '1')}<c r="XFD2" t="s"></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>`
		);
		expect(csv).toBe('a\n1\n');
	});

	test('a row that is wider than the first thousand keeps what it has', async () => {
		const rows = Array.from(
			{ length: 1200 },
			(_, i) => `<row r="${i + 1}">${text(`A${i + 1}`, `v${i}`)}</row>`
		);
		rows[1100] = `<row r="1101">${text('A1101', 'x')}${text('B1101', 'note')}</row>`;
		const lines = (await csvOfRows(rows.join(''))).split('\n');
		expect(lines[1100]).toBe('x,note');
		expect(lines[1101]).toBe('v1101');
	});

	test('many rows', async () => {
		const rows = Array.from({ length: 30_000 }, (_, i) => `<row r="${i + 1}"><c><v>${i}</v></c></row>`);
		const csv = await csvOfRows(rows.join(''));
		expect(csv.split('\n')).toHaveLength(30_001);
		expect(csv.endsWith('\n29999\n')).toBe(true);
	});
});

describe('sheets', () => {
	const rows = '<row><c><v>1</v></c></row>';
	const blob = makeWorkbook({
		sheets: [
			{ name: 'Notes', rows, state: 'hidden' },
			{ name: 'Empty', rows: '<row r="1"><c r="A1" s="0"/></row>' },
			{ name: 'Q1 & Q2', rows: '<row><c><v>2</v></c></row>' },
			{ name: 'Last', rows }
		]
	});

	test('those with rows, visible ones first', async () => {
		expect(await xlsxSheets({ name: 'book.xlsx', blob })).toEqual(['Q1 & Q2', 'Last', 'Notes']);
	});

	test('any of them by name, the first when none is named', async () => {
		expect(await csvOf(blob)).toBe('2\n');
		expect(await csvOf(blob, 'Notes')).toBe('1\n');
		await expect(csvOf(blob, 'Gone')).rejects.toMatchObject({
			code: 'import.sheet-missing',
			details: { sheet: 'Gone', sheets: ['Notes', 'Empty', 'Q1 & Q2', 'Last'] }
		});
	});

	test('a workbook without rows', async () => {
		const empty = makeWorkbook({ sheets: [{ name: 'Sheet1', rows: '' }] });
		await expect(xlsxSheets({ name: 'book.xlsx', blob: empty })).rejects.toMatchObject({
			code: 'import.no-table-inside',
			details: { entries: ['Sheet1'] }
		});
	});

	test('a reference to a text that is not there is damage, not an empty cell', async () => {
		const damaged = csvOfRows('<row><c t="s"><v>7</v></c></row>');
		await expect(damaged).rejects.toMatchObject({ code: 'import.unreadable-file' });
	});

	test('stops when it is told to', async () => {
		const reading = xlsxCsv({ name: 'book.xlsx', blob }, null, AbortSignal.abort()).next();
		await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
	});
});
