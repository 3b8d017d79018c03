import fc from 'fast-check';
import { expect, it } from 'vitest';
import { id, sql } from '#lib/engine/sql.ts';
import { sourceTable } from '#lib/pipeline/clean/repairs/tables.ts';
import { rawTable } from '#lib/pipeline/import/schema.ts';
import { cleanRows, makeSource, writeRawTable } from '../../../../tests/support/raw-tables.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { fileTables, fileViews } from './files.sql.ts';

const MAPPING = { customer: 'Customer', date: 'Date' };

describeEngines('files', (engine) => {
	it('shows a file under its own name with the names of its header', async () => {
		const source = { ...makeSource(['Customer', 'Date', 'Total (€)'], MAPPING), fileName: 'my "orders".csv' };
		const rows = [['a', '2024-01-05', '10']];
		const clean = await cleanRows(engine(), [{ source, rows }]);
		for (const view of fileViews([source], clean)) await engine().exec(view);
		const found = await engine().rows(
			sql`SELECT "Customer"::VARCHAR AS who, "Total (€)"::VARCHAR AS total, row::INTEGER AS row,
					set_aside_by::VARCHAR AS step FROM files."my ""orders"".csv" ORDER BY row`
		);
		expect(found).toEqual([{ who: 'a', total: '10', row: 1, step: null }]);
	});

	it('shows the columns that steps of the clean-up added under their titles, and leaves out what is not loaded', async () => {
		const source = { ...makeSource(['Customer', 'Date', 'Note'], MAPPING, { id: 's2' }), fileName: 'b.csv' };
		await writeRawTable(engine(), source, []);
		await engine().exec(sql`CREATE OR REPLACE VIEW clean.source_s2 AS
			SELECT 'x' AS c0, '2024-01-05' AS c1, 7 AS row, 8 AS row_hash, 'r1' AS set_aside_by, true AS r1_was_missing_c0`);
		const added = [{ name: 'r1_was_missing_c0', title: 'Customer was missing', type: 'BOOLEAN' as const }];
		const counts = { rowsChanged: 0, rowsSetAside: 0, rowsFailing: 0, words: '', sql: '' };
		const repairs = [
			{
				id: 'r1',
				state: 'done' as const,
				missing: [],
				sources: [{ source: 's2', added, ...counts }],
				severity: null
			}
		];
		for (const view of fileViews([source], { repairs })) await engine().exec(view);
		const [row] = await engine().rows(sql`SELECT * FROM files."b.csv" ORDER BY row`);
		expect(row).toEqual({
			Customer: 'x',
			Date: '2024-01-05',
			row: 7,
			setAsideBy: 'r1',
			'Customer was missing': true
		});
	});

	it('takes any header and any file name', async () => {
		const name = fc.oneof(
			fc.constantFrom(
				'row',
				'Row',
				'c1',
				'C0',
				'set_aside_by',
				'',
				'__proto__',
				'"; DROP VIEW x; --',
				'a',
				'A'
			),
			fc.string({ unit: 'binary', maxLength: 12 })
		);
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
				fc.array(name, { minLength: 1, maxLength: 3 }),
				async (columns, fileNames) => {
					const sources = fileNames.map((fileName, i) => ({
						...makeSource(columns, {}, { id: `s${i + 20}` }),
						fileName
					}));
					for (const source of sources) {
						await writeRawTable(engine(), source, [columns.map((_, c) => `value ${c}`)]);
						await engine().exec(sql`CREATE OR REPLACE VIEW ${id(...sourceTable(source.id))} AS
							SELECT *, NULL::VARCHAR AS set_aside_by FROM ${id(...rawTable(source.id))}`);
					}
					const views = fileViews(sources, { repairs: [] });
					for (const view of views) await engine().exec(view);
					const tables = fileTables(sources, { repairs: [] });
					expect(new Set(tables.map((table) => table.name.toLowerCase())).size).toBe(fileNames.length);
					for (const table of tables) await expectValues(table);
				}
			),
			{ seed: 8, numRuns: 30 }
		);
	});

	async function expectValues({ name, columns }: ReturnType<typeof fileTables>[number]): Promise<void> {
		for (const [c, column] of columns.slice(0, -2).entries()) {
			const [row] = await engine().rows(
				sql`SELECT ${id(column.name)}::VARCHAR AS value FROM ${id('files', name)} ORDER BY 1`
			);
			expect(row).toEqual({ value: `value ${c}` });
		}
	}
});
