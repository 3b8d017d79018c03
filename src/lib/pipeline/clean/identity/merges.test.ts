import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanFiles, madeFile, tableOf } from '../../../../../tests/support/people-files.ts';
import type { AccountPair } from '../schema.ts';
import { mergedPair, personLinks } from './explain.ts';

function pairOf(first: string, second: string): AccountPair {
	const print = (account: string) => createHash('sha256').update(account).digest('hex').slice(0, 24);
	const [a = '', b = ''] = [print(first), print(second)].sort();
	return { a, b };
}

const ORDERS = madeFile(
	's1',
	'orders',
	['customer', 'date', 'amount'],
	[
		['1', '2024-01-02', '10'],
		['2', '2024-01-03', '20'],
		['3', '2024-01-04', '5'],
		['4', '2024-01-05', '1']
	]
);
const TABLES = [
	['customers', ['customer_id', 'idx']],
	['orders', ['customer_id', 'order_id', 'amount']],
	['accounts', ['account', 'customer_id', 'has_orders', 'record_count']],
	['rows', ['source', 'row', 'customer_id', 'amount']]
] as const;

describeEngines('merges by hand', (engine) => {
	const all = () => Promise.all(TABLES.map(([table, columns]) => tableOf(engine(), table, columns)));
	const [oneTwo, twoThree] = [pairOf('id:own:1', 'id:own:2'), pairOf('id:own:2', 'id:own:3')];

	it('make people one, without a cent more or less, in whatever order, and are taken back wholly', async () => {
		const before = await cleanFiles(engine(), [ORDERS]);
		const tables = await all();
		const merged = await cleanFiles(engine(), [ORDERS], { merges: [oneTwo, twoThree] });
		expect(merged.identity).toMatchObject({ accounts: 4, people: 2, joinedPeople: 1, revenueByPerson: 36 });
		expect(merged).toMatchObject({ customers: 2, orders: before.orders, revenue: before.revenue });
		const after = await all();
		expect(after).not.toEqual(tables);
		await cleanFiles(engine(), [ORDERS], { merges: [twoThree, oneTwo] });
		expect(await all()).toEqual(after);
		await cleanFiles(engine(), [ORDERS], { merges: [] });
		expect(await all()).toEqual(tables);
	});

	it('stand among the links of the person', async () => {
		const merges = [oneTwo];
		await cleanFiles(engine(), [ORDERS], { merges });
		const [first] = await personLinks(engine(), '1', undefined, merges);
		expect(first?.links).toMatchObject([{ kind: 'merge', state: 'joins', sharedWith: ['id:own:2'] }]);
		expect(mergedPair(first?.links[0]?.fingerprint ?? '')).toEqual(oneTwo);
		expect(mergedPair('0123456789abcdef01234567')).toBeNull();
	});

	it('say nothing of accounts that are not in the files', async () => {
		await cleanFiles(engine(), [ORDERS]);
		const tables = await all();
		await cleanFiles(engine(), [ORDERS], { merges: [pairOf('id:own:1', 'id:own:99')] });
		expect(await all()).toEqual(tables);
	});

	it('join whole people, and are not held back by the limit; a group left apart stays apart', async () => {
		const list = madeFile(
			's2',
			'customers',
			['customer', 'email'],
			[
				['1', 'a@example.org'],
				['11', 'a@example.org'],
				['2', 'b@example.org'],
				['12', 'b@example.org'],
				...['21', '22', '23'].map((id) => [id, 'many@example.org'])
			]
		);
		const merges = [pairOf('id:own:11', 'id:own:12'), pairOf('id:own:3', 'id:own:21')];
		const result = await cleanFiles(engine(), [ORDERS, list], { merges, mostPerPerson: 2 });
		const accounts = Object.fromEntries(await tableOf(engine(), 'accounts', ['account', 'customer_id']));
		expect(accounts).toMatchObject({
			...{ 'id:own:1': '1', 'id:own:11': '1', 'id:own:2': '1', 'id:own:12': '1' },
			...{ 'id:own:3': '3', 'id:own:21': '3', 'id:own:22': '22', 'id:own:23': '23', 'id:own:4': '4' }
		});
		expect(result.identity.revenueByPerson).toBe(36);
		expect(result.identity.heldBack).toBe(1);
	});
});
