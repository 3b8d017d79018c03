import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import { readCsv } from './read-csv.ts';

/** The last result of a script, run in a fresh DuckDB with its defaults: no lockdown, all threads. */
export async function runScript(script: string): Promise<{ columns: string[]; rows: unknown[][] }> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	try {
		const result = await connection.runAndReadAll(script);
		return { columns: result.columnNames(), rows: result.getRowsJS() };
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

/** Says that a script ends with the rows of `segments.csv`: texts and whole numbers equal, money within 1e-6. */
export async function expectSameRows(script: string, segmentsCsv: string): Promise<void> {
	const [header = [], ...records] = readCsv(segmentsCsv);
	const { columns, rows } = await runScript(script);
	expect(columns).toEqual(header);
	expect(rows.map((row, r) => row.map((value, c) => comparable(value, records[r]?.[c])))).toEqual(records);
}

/** The text of a value: that of the file where the two are numbers alike. */
function comparable(value: unknown, text: string | undefined): unknown {
	if (typeof value !== 'number') return value ?? '';
	return text !== undefined && text !== '' && Math.abs(Number(text) - value) < 1e-6 ? text : String(value);
}
