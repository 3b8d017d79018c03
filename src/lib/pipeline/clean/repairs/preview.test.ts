import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { previewRepair } from './preview.ts';
import { runRepairs } from './run.ts';
import type { Repair } from './schema.ts';

const source = makeSource(['id', 'City', 'say "hi"'], { customer: 'id' });
const ROWS = [
	['1', '  new   york ', ' a '],
	['2', 'Vienna', 'b'],
	['3', '', ' c'],
	['4', ' graz', 'd']
];

function trim(change: Partial<Repair> = {}): Repair {
	return {
		id: 'r1',
		operation: 'trim_case',
		on: true,
		series: 's1',
		columns: ['City'],
		params: { case: 'as_written', singleBlanks: true },
		...change
	};
}

describeEngines('the preview of a step', (engine) => {
	const open = async () => ({ source, result: await writeRawTable(engine(), source, ROWS) });
	const tables = () =>
		engine().rows(
			sql`SELECT table_name::VARCHAR AS name FROM information_schema.tables
				WHERE table_schema = 'clean' ORDER BY name`
		);

	it('counts and shows what would change, and changes nothing', async () => {
		const file = await open();
		await runRepairs(stepContext(engine()), [file], []);
		const before = await tables();
		const preview = await previewRepair(stepContext(engine()), file, null, trim(), 10);
		expect(preview).toEqual({
			rows: 4,
			counts: { rowsChanged: 2, rowsFailing: 0, rowsSetAside: 0 },
			words: '',
			problem: null,
			added: [],
			examples: [
				{
					row: 1,
					isFailing: false,
					cells: [{ title: 'City', before: '  new   york ', after: 'new york' }]
				},
				{ row: 4, isFailing: false, cells: [{ title: 'City', before: ' graz', after: 'graz' }] }
			]
		});
		expect(await tables()).toEqual(before);
	});

	it('stands on what the steps before it left', async () => {
		const file = await open();
		await runRepairs(stepContext(engine()), [file], [trim()]);
		const upper = trim({ params: { case: 'upper', singleBlanks: false } });
		const preview = await previewRepair(stepContext(engine()), file, 'r1', upper, 1);
		expect(preview).toMatchObject({
			counts: { rowsChanged: 3 },
			examples: [{ row: 1, cells: [{ before: 'new york', after: 'NEW YORK' }] }]
		});
		expect(preview?.examples).toHaveLength(1);
	});

	it('shows every column of the step, whatever its name', async () => {
		const columns = ['City', 'say "hi"'];
		const preview = await previewRepair(stepContext(engine()), await open(), null, trim({ columns }), 10);
		expect(preview?.counts.rowsChanged).toBe(3);
		expect(preview?.examples[1]).toEqual({
			row: 3,
			isFailing: false,
			cells: [
				{ title: 'City', before: '', after: '' },
				{ title: 'say "hi"', before: ' c', after: 'c' }
			]
		});
	});

	it('says nothing about a file that lacks the column, and refuses parameters that do not fit', async () => {
		const file = await open();
		const context = stepContext(engine());
		expect(await previewRepair(context, file, null, trim({ columns: ['Town'] }), 10)).toBeNull();
		const wrong = trim({ params: { case: 'loud' } });
		await expect(previewRepair(context, file, null, wrong, 10)).rejects.toMatchObject({
			code: 'clean.repair-invalid'
		});
	});

	it('can be stopped', async () => {
		const controller = new AbortController();
		controller.abort();
		const context = { ...stepContext(engine()), signal: controller.signal };
		await expect(previewRepair(context, await open(), null, trim(), 10)).rejects.toThrow();
	});
});
