import { expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, writeRawTable, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { makeRepair } from '../../../../../tests/support/repairs.ts';
import { changedCells, failingRows } from './rows.ts';
import { runRepairs } from './run.ts';

const source = makeSource(['id', 'City', '__proto__'], { customer: 'id' });
const ROWS = [
	['1', ' Graz', 'a'],
	['2', 'Linz', ' b '],
	['3', ' graz ', ''],
	['4', '', 'c']
];
const PAGE = { offset: 0, limit: 100 };

describeEngines('the rows behind a step', (engine) => {
	const trim = makeRepair(source, 'trim_case', ['City', '__proto__'], {
		case: 'as_written',
		singleBlanks: true
	});
	const upper = {
		...makeRepair(source, 'trim_case', ['City'], { case: 'upper', singleBlanks: true }),
		id: 'r2'
	};
	const filled = { ...makeRepair(source, 'rule_filled', ['City'], { severity: 'set_aside' }), id: 'r3' };

	const run = async () => {
		const result = await writeRawTable(engine(), source, ROWS);
		const repairs = await runRepairs(stepContext(engine()), [{ source, result }], [trim, upper, filled]);
		return (repairId: string) => ({ repairId, repairs, source, result });
	};

	it('show the cells that it changed, before and after, page by page', async () => {
		const step = await run();
		const cells = await changedCells(engine(), step('r1'), trim.columns, PAGE);
		expect(cells).toEqual([
			{ row: 1, column: 'City', before: ' Graz', after: 'Graz' },
			{ row: 2, column: '__proto__', before: ' b ', after: 'b' },
			{ row: 3, column: 'City', before: ' graz ', after: 'graz' }
		]);
		const page = await changedCells(engine(), step('r1'), trim.columns, { offset: 1, limit: 1 });
		expect(page).toEqual(cells.slice(1, 2));
	});

	it('show what the step before left as it was before', async () => {
		const step = await run();
		expect(await changedCells(engine(), step('r2'), upper.columns, PAGE)).toEqual([
			{ row: 1, column: 'City', before: 'Graz', after: 'GRAZ' },
			{ row: 2, column: 'City', before: 'Linz', after: 'LINZ' },
			{ row: 3, column: 'City', before: 'graz', after: 'GRAZ' }
		]);
		expect(await changedCells(engine(), step('r3'), filled.columns, PAGE)).toEqual([]);
	});

	it('show the rows that fail a rule, whole', async () => {
		const step = await run();
		expect(await failingRows(engine(), step('r3'), PAGE)).toEqual([
			{
				row: 4,
				cells: Object.fromEntries([
					['id', '4'],
					['City', ''],
					['__proto__', 'c']
				])
			}
		]);
		expect(await failingRows(engine(), step('r3'), { offset: 1, limit: 1 })).toEqual([]);
	});
});
