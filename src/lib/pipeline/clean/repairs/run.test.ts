import { expect, it } from 'vitest';
import { sql, id } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { runRepairs } from './run.ts';
import type { Repair } from './schema.ts';
import { sourceTable } from './tables.ts';

const source = makeSource(['id', 'City'], { customer: 'id' });
const trim: Repair = {
	id: 'r1',
	operation: 'trim_case',
	on: true,
	series: 's1',
	columns: ['City'],
	params: { case: 'title', singleBlanks: true }
};

describeEngines('the steps of the clean-up', (engine) => {
	const cities = async () => {
		const rows = await engine().rows<{ c1: string }>(
			sql`SELECT c1::VARCHAR AS c1 FROM ${id(...sourceTable('s1'))} ORDER BY row`
		);
		return rows.map(({ c1 }) => c1);
	};

	it('run on what the file holds, count what they change, and can be switched off and on', async () => {
		const rows = [
			['1', '  new   york '],
			['2', 'Vienna'],
			['3', '']
		];
		const result = await writeRawTable(engine(), source, rows);
		const run = (repairs: readonly Repair[]) =>
			runRepairs(stepContext(engine()), [{ source, result }], repairs);
		const [done] = await run([trim]);
		expect(done).toMatchObject({ state: 'done', sources: [{ rowsChanged: 1, rowsSetAside: 0 }] });
		expect(await cities()).toEqual(['New York', 'Vienna', '']);
		expect(await run([{ ...trim, on: false }])).toMatchObject([{ state: 'off', sources: [] }]);
		expect(await cities()).toEqual(['  new   york ', 'Vienna', '']);
		await run([trim]);
		expect(await cities()).toEqual(['New York', 'Vienna', '']);
	});

	it('say which columns a file lacks, and leave it as it is', async () => {
		const result = await writeRawTable(engine(), source, [['1', ' a ']]);
		const missing = { ...trim, columns: ['City', 'Town'] };
		const [outcome] = await runRepairs(stepContext(engine()), [{ source, result }], [missing]);
		expect(outcome).toMatchObject({ state: 'idle', missing: [{ source: 's1', columns: ['Town'] }] });
		expect(await cities()).toEqual([' a ']);
	});
});
