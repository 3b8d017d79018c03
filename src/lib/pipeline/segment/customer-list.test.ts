import { beforeEach, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { customerPage, type ListRequest } from './customer-list.ts';

describeEngines('customerPage', (engine) => {
	beforeEach(async () => {
		await engine().exec(sql`
			CREATE OR REPLACE TABLE features.customers AS
			SELECT unnest([0, 1, 2]) AS idx, unnest(['a1', 'b2', 'c3']) AS customer_id`);
		await engine().exec(sql`
			CREATE OR REPLACE TABLE segment.rfm AS
			SELECT unnest([0, 1, 2]) AS idx, 1 AS r_score, 1 AS f_score, 1 AS m_score, 'lost' AS rfm_group`);
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.contacts AS
			SELECT unnest(['a1', 'b2']) AS customer_id, unnest(['zoe@x.org', 'ben@x.org']) AS email,
				unnest(['Zoe Zar', '']) AS name`);
	});

	const request: ListRequest = {
		contactRoles: ['email', 'name'],
		features: [],
		hasClusters: false,
		selected: false,
		search: ''
	};
	const byPerson = { key: 'person', descending: false };

	it('calls customers by name, else by email, else by id, and sorts by it', async () => {
		const rows = await customerPage(engine(), request, byPerson, 0, 9);
		expect(rows.map(({ person, customerId }) => [person, customerId])).toEqual([
			['ben@x.org', 'b2'],
			['c3', 'c3'],
			['Zoe Zar', 'a1']
		]);
	});

	it('calls them by id until contacts are collected', async () => {
		const rows = await customerPage(engine(), { ...request, contactRoles: [] }, byPerson, 0, 9);
		expect(rows.map(({ person }) => person)).toEqual(['a1', 'b2', 'c3']);
	});
});
