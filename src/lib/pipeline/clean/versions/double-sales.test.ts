import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import { NO_NOTES, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { detailNotices } from '../details.ts';
import { DEFAULT_CLEAN } from '../schema.ts';
import { runClean } from '../step.ts';
import { findDoubleSales } from './double-sales.ts';

const FIXTURES = new URL('../../../../../tests/fixtures/', import.meta.url);

describeEngines('sales that are in two lists', (engine) => {
	const { signal } = new AbortController();
	const find = async (lists: readonly (readonly string[][])[]) => {
		const files = lists.map((rows, i) => {
			const columns = ['order_id', 'customer', 'date', 'amount'];
			const mapping = { order_id: 'order_id', customer: 'customer', date: 'date', amount: 'amount' };
			return { source: makeSource(columns, mapping, { id: `s${i + 1}` }), rows };
		});
		await cleanRows(engine(), files);
		return findDoubleSales(
			engine(),
			files.map(({ source }) => source),
			signal
		);
	};
	/** Orders of 1 on different days from the first. */
	const orders = (name: string, count: number) =>
		Array.from({ length: count }, (_, i) => [
			`${name}${i}`,
			'a',
			`2024-01-${String(i + 1).padStart(2, '0')}`,
			'1'
		]);

	it('are told from ten and 30 % of the smaller list on', async () => {
		expect(await find([orders('a', 20), orders('b', 10)])).toEqual([
			{ first: 's1.csv', second: 's2.csv', orders: 10, of: 10 }
		]);
		expect(await find([orders('a', 9), orders('b', 20)])).toEqual([]);
		expect(await find([orders('a', 10), orders('b', 20)])).toEqual([
			{ first: 's2.csv', second: 's1.csv', orders: 10, of: 10 }
		]);
		const others = Array.from({ length: 30 }, (_, i) => [`c${i}`, 'c', '2024-02-01', `${i + 2}`]);
		expect(
			await find([
				[...orders('a', 10), ...others],
				[...orders('b', 10), ...others.slice(0, 0)]
			])
		).toHaveLength(1);
		const apart = others.map(([id, , ...rest]) => [`${id}`, 'd', ...rest]);
		expect(
			await find([
				[...orders('a', 10), ...others],
				[...orders('b', 10), ...apart]
			])
		).toEqual([]);
	});

	it('match each sale once', async () => {
		const same = (name: string, count: number) =>
			Array.from({ length: count }, (_, i) => [`${name}${i}`, 'a', '2024-01-01', '1']);
		expect(await find([same('a', 12), same('b', 40)])).toMatchObject([{ orders: 12, of: 12 }]);
	});

	it('are found in the exports of a shop and of its payment service', async () => {
		const paths = ['shopify/orders.csv', 'stripe/payments.csv'];
		const blobs = paths.map((path) => new Blob([readFileSync(new URL(path, FIXTURES))]));
		const found = await Promise.all(
			blobs.map(async (blob, i) => {
				const { source } = await inspectFile({ name: paths[i]?.replace('/', '_') ?? '', blob });
				const { email, ...others } = source.mapping;
				// Both name people by email, whatever else names them.
				const mapping = { ...others, customer: email ?? 'Email' };
				const id = `s${i + 1}`;
				return { ...source, mapping, id, series: id, version: 1, notes: NO_NOTES };
			})
		);
		const sources: SourceParams[] = found;
		const context = stepContext(engine());
		const results: SourceResult[] = [];
		for (const [i, source] of sources.entries()) {
			results.push((await loadSource(context, source, { blob: blobs[i] ?? new Blob() })).result);
		}
		const settings = { ...DEFAULT_CLEAN.settings, timeZone: 'UTC', currency: 'USD' };
		const params = { ...DEFAULT_CLEAN, settings };
		await runClean(context, { sources }, params, results);
		const doubleSales = await findDoubleSales(engine(), sources, signal);
		// Of the other 30 the service has the money in another currency; fully refunded sales count in neither.
		const details = { first: 'shopify_orders.csv', second: 'stripe_payments.csv', orders: 135, of: 165 };
		expect(doubleSales).toEqual([details]);
		expect(detailNotices({ repeats: 0, doubleSales })).toEqual([{ code: 'clean.double-sales', details }]);
	});
});
