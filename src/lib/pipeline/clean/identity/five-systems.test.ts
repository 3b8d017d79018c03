import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import { NO_NOTES, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { DEFAULT_CLEAN, type CleanResult } from '../schema.ts';
import { runClean } from '../step.ts';
import { personLinks, sharedKeys } from './explain.ts';

const FIXTURES = join(import.meta.dirname, '../../../../../tests/fixtures');

/** Exports of the same sixty made people from five systems. */
const EXPORTS = [
	'shopify/orders.csv',
	'shopify/customers.csv',
	'stripe/payments.csv',
	'klaviyo/profiles.csv',
	'mailchimp/subscribed_members.csv'
];

/** Reads the exports as the app would, and cleans them together. */
async function cleanExports(engine: Engine): Promise<CleanResult> {
	const context = stepContext(engine);
	const sources: SourceParams[] = [];
	const results: SourceResult[] = [];
	for (const [i, name] of EXPORTS.entries()) {
		const blob = await openAsBlob(join(FIXTURES, name));
		const { source: found } = await inspectFile({ name, blob });
		const source = { ...found, id: `s${i + 1}`, series: `s${i + 1}`, version: 1, notes: NO_NOTES };
		sources.push(source);
		results.push((await loadSource(context, source, { blob })).result);
	}
	return runClean(context, { sources }, DEFAULT_CLEAN, results);
}

describeEngines('exports of five systems', (engine) => {
	it('become one row for each person', async () => {
		const result = await cleanExports(engine());
		expect(result.rowsRead).toBe(344 + 60 + 190 + 60 + 60);
		expect(result.identity).toEqual({
			// 60 emails, which Mailchimp names and the orders of Shopify; 60 ids of Shopify, 60 of Klaviyo, 43 of Stripe; the
			// phone of the counter.
			accounts: 60 + 60 + 60 + 43 + 1,
			// The sixty, and an id of Stripe that never has an email: cus_7200000011047. The counter phone is nobody.
			people: 61,
			joinedPeople: 60,
			acrossSources: 60,
			heldBack: 0,
			keys: [
				{ key: 'id', values: 60 + 60 + 43, joining: 0, shared: 0 },
				{ key: 'email', values: 60, joining: 60, shared: 0 },
				// +1 555 0100 is in the orders of 42 emails and of the counter, and in all sixty profiles of Klaviyo.
				{ key: 'phone', values: 1, joining: 0, shared: 1 }
			],
			revenueByAccount: result.revenue,
			revenueByPerson: result.revenue
		});
		expect(await sharedKeys(engine(), 5)).toMatchObject([
			{ value: '+15550100', accountCount: 42 + 60 + 1, state: 'shared' }
		]);
	});

	it('lose no order: what the counter sold is set aside, all else belongs to somebody', async () => {
		const result = await cleanExports(engine());
		// As in each file alone: 179 orders of Shopify and 187 payments of Stripe. Eight orders of Shopify, on 16 rows, have
		// no email, and a phone that is nobody's.
		expect(result).toMatchObject({ orders: 179 + 187, revenue: 79_068.69 + 83_748.78 });
		expect(result.reasons).toEqual([
			{ reason: 'missing_customer', count: 16 },
			{ reason: 'cancelled', count: 6 }
		]);
		// The 42 buyers of Shopify are those of Stripe; the forty-third paid without an email.
		expect(result.customers).toBe(43);
		expect(result.tables).toMatchObject({ profiles: 180 });
		const profiles = await engine().rows(sql`
			SELECT count(DISTINCT customer_id)::INTEGER AS people, count(*)::INTEGER AS rows
			FROM clean.profiles ORDER BY rows`);
		expect(profiles).toEqual([{ people: 60, rows: 180 }]);
	});

	it('says of a person where they are known from', async () => {
		await cleanExports(engine());
		const accounts = await personLinks(engine(), 'cus_7200000011003');
		expect(accounts.map(({ account, sources }) => [account, sources])).toEqual([
			['id:klaviyo:01FAKE7200000011003', ['s4']],
			['id:shopify:7200000011003', ['s2']],
			['id:stripe:cus_7200000011003', ['s3']],
			['email:buyer11003@example.org', ['s1', 's5']]
		]);
		// Who never bought goes by an id of Klaviyo or Shopify: numbers come before other texts.
		const [quiet] = await personLinks(engine(), '7200000011000');
		expect(quiet?.account).toBe('id:klaviyo:01FAKE7200000011000');
		expect(quiet?.links.map(({ kind, state, sharedWith }) => [kind, state, sharedWith])).toEqual([
			['email', 'joins', ['id:shopify:7200000011000', 'email:buyer11000@example.org']],
			['phone', 'shared', []]
		]);
	});
});
