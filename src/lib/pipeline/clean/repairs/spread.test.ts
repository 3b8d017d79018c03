import { expect, it } from 'vitest';
import { id, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { readingMacros } from '../typing.ts';
import { runRepairs } from './run.ts';
import { spreadChange } from './spread.ts';
import { stateAfter } from './tables.ts';

const source = makeSource(['id', 'Spend'], {});

describeEngines('the spread before and after a step', (engine) => {
	it('tells the ends, the middle and the skew of both states', async () => {
		for (const macro of readingMacros()) await engine().exec(macro);
		const rows = Array.from({ length: 100 }, (_, i) => [
			String(i),
			i < 98 ? String(i) : i === 98 ? '' : 'much'
		]);
		const result = await writeRawTable(engine(), source, rows);
		const trim = {
			id: 'r1',
			operation: 'trim_case',
			on: true,
			series: 's1',
			columns: ['Spend'],
			params: { case: 'as_written', singleBlanks: true }
		};
		const repairs = await runRepairs(stepContext(engine()), [{ source, result }], [trim]);
		// Stands for a step that halves what is large.
		await engine().exec(
			sql`CREATE OR REPLACE VIEW ${id(...stateAfter('s1', 'r1'))} AS
				SELECT row, c0, CASE WHEN TRY_CAST(c1 AS DOUBLE) > 49 THEN '49' ELSE c1 END AS c1 FROM import.s1`
		);
		const step = { repairId: 'r1', repairs, source, result };
		const change = await spreadChange(engine(), step, 'Spend');
		expect(change?.before).toMatchObject({ count: 98, smallest: 0, median: 48.5, largest: 97, low: 0.485 });
		expect(change?.before?.skew).toBeCloseTo(0, 9);
		expect(change?.before?.bins).toHaveLength(24);
		expect(change?.before?.bins.reduce((sum, count) => sum + count, 0)).toBe(98);
		expect(change?.after).toMatchObject({ count: 98, largest: 49 });
		expect(change?.after?.skew).toBeLessThan(0);
		expect((await spreadChange(engine(), step, 'id'))?.after?.smallest).toBe(0);
		expect(await spreadChange(engine(), step, 'Town')).toBeNull();
	});

	it('knows columns without a number, or with only one', async () => {
		for (const macro of readingMacros()) await engine().exec(macro);
		const result = await writeRawTable(engine(), source, [
			['a', '5'],
			['b', '5']
		]);
		const repairs = await runRepairs(stepContext(engine()), [{ source, result }], []);
		await engine().exec(
			sql`CREATE OR REPLACE VIEW ${id(...stateAfter('s1', 'r1'))} AS SELECT row, c0, c1 FROM import.s1`
		);
		const step = { repairId: 'r1', repairs, source, result };
		expect(await spreadChange(engine(), step, 'id')).toEqual({ before: null, after: null });
		const one = await spreadChange(engine(), step, 'Spend');
		expect(one?.after).toMatchObject({ bins: [2], low: 5, high: 5, skew: Number.NaN });
	});
});
