import { expect, it } from 'vitest';
import { id, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource } from '../../../../tests/support/raw-tables.ts';
import { readCsv } from '../../../../tests/support/read-csv.ts';
import { toBlob } from './csv.ts';
import { renderSetAsideCsv } from './set-aside-csv.ts';

const SOURCE = {
	...makeSource(['customer', 'date'], { customer: 'customer', date: 'date' }),
	fileName: 'orders.csv'
};

const TEXT = [
	'customer,date',
	'ann,2024-01-01',
	'"two\nlines",',
	'only one field',
	'=1+1,2024-01-02',
	'bob,2024-01-03',
	''
].join('\n');

describeEngines('set_aside.csv', (engine) => {
	it('has every record that was not used, with its line and its text', async () => {
		for (const table of ['rows', 'records']) {
			const columns = sql`(source VARCHAR, "row" INTEGER, reason VARCHAR)`;
			await engine().exec(sql`CREATE OR REPLACE TABLE ${id('clean', table)} ${columns}`);
		}
		await engine().exec(
			sql`INSERT INTO clean.rows VALUES ('s1', 1, NULL), ('s1', 2, 'missing_customer'), ('s1', 4, 'cancelled'),
				('s1', 5, NULL), ('s2', 1, 'cancelled')`
		);
		await engine().exec(sql`INSERT INTO clean.records VALUES ('s1', 3, 'unreadable')`);
		const context = { engine: engine(), signal: new AbortController().signal };
		const sources = [{ source: SOURCE, blob: new Blob([TEXT]) }];
		const blob = await toBlob(renderSetAsideCsv(context, sources));
		expect(readCsv(await blob.text())).toEqual([
			['file', 'record_number', 'line', 'reason', 'raw_text'],
			['orders.csv', '2', '3', 'missing_customer', '"two\nlines",'],
			['orders.csv', '3', '5', 'unreadable', 'only one field'],
			['orders.csv', '4', '6', 'cancelled', "'=1+1,2024-01-02"]
		]);
	});
});
