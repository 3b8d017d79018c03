import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detectLayouts, type DetectedLayout } from './dialect.ts';
import { splitRecord } from './fields.ts';
import { RecordScanner } from './records.ts';
import { PLAIN_DIALECT } from './schema.ts';
import { isKnownColumnName } from './synonyms.ts';

const POLLOCK = 'tests/fixtures/pollock';
const SPECTRUM = 'tests/fixtures/csv_spectrum';

interface Record {
	readonly line: number;
	readonly fields: readonly string[];
	readonly problem: string | null;
}

function readRecords(
	bytes: Uint8Array,
	format: Partial<DetectedLayout['layout']>,
	columnCount: number
): Record[] {
	const dialect = { ...PLAIN_DIALECT, ...format };
	const records: Record[] = [];
	const decoder = new TextDecoder();
	const scanner = new RecordScanner(
		{ ...dialect, fileName: '', columnCount },
		({ kind, line, problem, bytes: raw }) => {
			if (kind !== 'record') return;
			records.push({ line, problem, fields: splitRecord(decoder.decode(raw), dialect.delimiter, dialect) });
		},
		{ reportAll: true }
	);
	scanner.feed(bytes);
	scanner.finish();
	return records;
}

async function tablesOf(bytes: Uint8Array) {
	const text = new TextDecoder().decode(bytes);
	const layouts = await detectLayouts({ text, isWhole: true }, isKnownColumnName);
	return layouts.map((found) => ({
		...found,
		all: readRecords(bytes, found.layout, found.columnCount)
	}));
}

/** The rows of a twin: plain CSV. */
function twinRows(file: string): (readonly string[])[] {
	const all = readRecords(readFileSync(`${POLLOCK}/clean/${file}`), { hasHeader: false }, 1);
	return all.map(({ fields }) => fields);
}

/** What is set aside, by file: line and reason. All other records must equal those of the twin. */
const SET_ASIDE: Readonly<{ [file: string]: readonly string[] }> = {
	'file_multitable_same.csv': ['85 repeated_header'],
	'row_extra_quote59_col4.csv': ['60 unclosed_quote'],
	'row_extra_quote65_col0.csv': ['66 unclosed_quote'],
	'row_field_delimiter_16_0x20.csv': ['17 too_few_fields'],
	'row_field_delimiter_29_0x20.csv': ['30 too_few_fields'],
	'row_field_delimiter_51_0x20.csv': ['52 too_few_fields'],
	'row_less_sep_row18_col2.csv': ['19 too_few_fields'],
	'row_less_sep_row29_col4.csv': ['30 too_few_fields'],
	'row_less_sep_row61_col4.csv': ['62 too_few_fields'],
	'row_more_sep_row69_col6.csv': ['70 too_many_fields'],
	'row_more_sep_row7_col4.csv': ['8 too_many_fields'],
	'row_more_sep_row9_col6.csv': ['10 too_many_fields']
};

describe('polluted files equal their clean twins, but for what is set aside', () => {
	test.each(readdirSync(`${POLLOCK}/csv`))('%s', async (file) => {
		const [header, ...rows] = twinRows(file);
		const [table] = await tablesOf(readFileSync(`${POLLOCK}/csv/${file}`));
		if (header === undefined) return expect(table).toBeUndefined();
		const records = table?.all ?? [];
		const unread = records.filter(({ problem }) => problem !== null);
		expect(unread.map(({ line, problem }) => `${line} ${problem}`)).toEqual(SET_ASIDE[file] ?? []);
		expect(table?.isUncertain).toBe(false);
		// A header of three rows: the twin repeats the names, and they need not be.
		const names = header.map((name) => [...new Set(name.split(' '))].join(' '));
		expect(table?.header).toEqual(names);
		expect(records.length).toBeGreaterThanOrEqual(rows.length);
		rows.forEach((row, i) => {
			if (records[i]?.problem === null) expect(records[i].fields).toEqual(row);
		});
		const below = records.slice(rows.length);
		if (below.length > 0) expect(below[0]?.problem).toBe('repeated_header');
	});

	test('a second table with other columns is a table of its own', async () => {
		const tables = await tablesOf(readFileSync(`${POLLOCK}/csv/file_multitable_less.csv`));
		expect(tables.map(({ columnCount, all }) => [columnCount, all.length])).toEqual([
			[9, 83],
			[8, 82]
		]);
	});
});

describe('small files equal their JSON twins', () => {
	test.each(readdirSync(`${SPECTRUM}/csvs`))('%s', async (file) => {
		const json = readFileSync(`${SPECTRUM}/json/${file.replace('.csv', '.json')}`, 'utf8');
		const [table, ...others] = await tablesOf(readFileSync(`${SPECTRUM}/csvs/${file}`));
		expect(others).toEqual([]);
		expect(table?.all.every(({ problem }) => problem === null)).toBe(true);
		const header = table?.header ?? [];
		const objects = table?.all.map(({ fields }) =>
			Object.fromEntries(header.map((name, i) => [name, fields[i]]))
		);
		expect(objects).toEqual(JSON.parse(json));
	});
});
