import { describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import { rowsOfListed, savedSelection } from './listed.ts';

async function makeCustomers(engine: Engine, ids: readonly string[]): Promise<void> {
	await engine.insert('features', 'customers', {
		idx: Int32Array.from(ids.keys()),
		customer_id: ids
	});
}

describeEngines('the people of a list', (engine) => {
	it('are found by id, whatever their place was, and those who are gone are left out', async () => {
		await makeCustomers(engine(), ['ann', 'ben', 'cleo', "o'neil"]);
		expect([...(await rowsOfListed(engine(), ["o'neil", 'gone', 'ben', 'ben']))]).toEqual([1, 3]);
		await makeCustomers(engine(), ['ben', 'dora', "o'neil"]);
		expect([...(await rowsOfListed(engine(), ["o'neil", 'gone', 'ben', 'ben']))]).toEqual([0, 2]);
		expect([...(await rowsOfListed(engine(), []))]).toEqual([]);
	});

	it('can be many', async () => {
		const ids = Array.from({ length: 45_000 }, (_, i) => `c${i}`);
		await makeCustomers(engine(), ids);
		const odd = ids.filter((_, i) => i % 2 === 1).reverse();
		const rows = await rowsOfListed(engine(), odd);
		expect(rows).toHaveLength(22_500);
		expect([...rows.subarray(0, 3), rows.at(-1)]).toEqual([1, 3, 5, 44_999]);
		expect(await engine().rows(sql`SELECT count(*)::INTEGER AS n FROM segment.listed ORDER BY n`)).toEqual([
			{ n: 2500 }
		]);
	});
});

describe('savedSelection', () => {
	it('keeps everything but long lists', () => {
		const listed = (count: number) =>
			({ kind: 'listed', title: 'These', ids: new Array<string>(count).fill('x') }) as const;
		expect(savedSelection(null)).toBeNull();
		expect(savedSelection({ kind: 'cluster', cluster: 1 })).toEqual({ kind: 'cluster', cluster: 1 });
		expect(savedSelection(listed(5000))).toEqual(listed(5000));
		expect(savedSelection(listed(5001))).toBeNull();
	});
});
