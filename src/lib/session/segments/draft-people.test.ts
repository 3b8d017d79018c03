import { beforeAll, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { idsOfRows } from './draft-people.ts';

describeEngines('ids of customers', (engine) => {
	beforeAll(() =>
		engine().exec(
			sql`CREATE TABLE features.customers AS SELECT i::INTEGER AS idx, 'c' || i AS customer_id FROM range(6) AS people(i)`
		)
	);

	it('come by rising row, and none of nobody', async () => {
		expect(await idsOfRows(engine(), Int32Array.of(4, 1))).toEqual(['c1', 'c4']);
		expect(await idsOfRows(engine(), new Int32Array(0))).toEqual([]);
	});

	it('are those that were asked for, also while others are asked for', async () => {
		const asked = [Int32Array.of(0), Int32Array.of(1, 2), Int32Array.of(5)];
		const found = await Promise.all(asked.map((rows) => idsOfRows(engine(), rows)));
		expect(found).toEqual([['c0'], ['c1', 'c2'], ['c5']]);
	});
});
