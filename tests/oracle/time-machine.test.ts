import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { addDays } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { day, sql } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import { HORIZONS } from '#lib/pipeline/segment/past/schema.ts';
import { goBack, groupPast, movementSince, type PastRequest } from '#lib/pipeline/segment/past/step.ts';
import { SCHEMES } from '#lib/pipeline/segment/rfm/schemes/index.ts';
import { runRfm } from '#lib/pipeline/segment/rfm/step.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanWithDetails, makeSource, stepContext } from '../support/raw-tables.ts';
import windows from './windows-online-retail.json' with { type: 'json' };

const { signal } = new AbortController();
const COLUMNS = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'.split(
	','
);
const SOURCE = makeSource(COLUMNS, {
	order_id: 'InvoiceNo',
	product: 'StockCode',
	quantity: 'Quantity',
	date: 'InvoiceDate',
	unit_price: 'UnitPrice',
	customer: 'CustomerID'
});
/** Two days of Online Retail: one after which every horizon is seen, and one with two months before the end. */
const DAYS = ['2011-04-10', '2011-06-03'];

async function cleanRetail(engine: Engine): Promise<CleanResult> {
	const dialect = { ...SOURCE.dialect, compression: 'gzip' as const };
	const source = { ...SOURCE, dialect };
	const path = new URL('../fixtures/online_retail/orders.csv.gz', import.meta.url);
	const blob = new Blob([new Uint8Array(await readFile(path))]);
	const { result } = await loadSource(stepContext(engine), source, { blob });
	return cleanWithDetails(engine, [source], {}, [result]);
}

function request(clean: CleanResult, asOf: string, scheme = 'quintiles'): PastRequest {
	return {
		day: asOf,
		params: { scheme, cutPoints: null, groups: null },
		featureParams: DEFAULT_FEATURES,
		clean,
		clustering: null,
		cutPoints: null
	};
}

/**
 * Straight from the loaded rows, apart from features, scores and outcomes: invoices of each customer before the day, the
 * fifths, the ten patterns, and who has an invoice in the days after it.
 */
function directRates(asOf: string, horizon: number) {
	const start = day(asOf);
	const end = day(addDays(asOf, horizon));
	return sql`
		WITH invoices AS (
			SELECT customer_id, order_id, min(ordered_at) AS began, sum(amount) AS amount
			FROM clean.order_lines GROUP BY customer_id, order_id
		),
		known AS (
			SELECT customer_id, date_diff('day', max(began)::DATE, ${start}) AS recency, count(*) AS frequency
			FROM invoices WHERE began < ${start} GROUP BY customer_id
		),
		lines AS (
			SELECT quantile_cont(recency, [0.2, 0.4, 0.6, 0.8]) AS r, quantile_cont(frequency, [0.2, 0.4, 0.6, 0.8]) AS f
			FROM known
		),
		scored AS (
			SELECT customer_id, 5 - len(list_filter(lines.r, cut -> cut < recency)) AS r,
				1 + len(list_filter(lines.f, cut -> cut < frequency)) AS f
			FROM known, lines
		),
		grouped AS (
			SELECT customer_id, CASE
				WHEN r <= 2 AND f <= 2 THEN 'hibernating' WHEN r <= 2 AND f <= 4 THEN 'at_risk' WHEN r <= 2 THEN 'cant_lose_them'
				WHEN r = 3 AND f <= 2 THEN 'about_to_sleep' WHEN r = 3 AND f = 3 THEN 'need_attention'
				WHEN r <= 4 AND f >= 4 THEN 'loyal' WHEN r = 4 AND f = 1 THEN 'promising' WHEN r = 5 AND f = 1 THEN 'new'
				WHEN f <= 3 THEN 'potential_loyalist' ELSE 'champion' END AS category
			FROM scored
		),
		later AS (
			SELECT customer_id, sum(amount) AS spent FROM invoices WHERE began >= ${start} AND began < ${end} GROUP BY customer_id
		)
		SELECT category::VARCHAR AS category, count(*)::INTEGER AS customers, count(spent)::INTEGER AS buyers,
			(coalesce(sum(spent), 0) / count(*))::DOUBLE AS mean
		FROM grouped LEFT JOIN later USING (customer_id) GROUP BY category ORDER BY category`;
}

describeEngines('the time machine on Online Retail', (engine) => {
	let clean: CleanResult;
	beforeAll(async () => {
		clean = await cleanRetail(engine());
	}, 120_000);

	it.each(DAYS.flatMap((asOf) => HORIZONS.map((horizon) => ({ asOf, horizon }))))(
		'has the base rates of a direct query: $asOf, $horizon days',
		async ({ asOf, horizon }) => {
			const past = await goBack(engine(), request(clean, asOf), signal);
			const seen = past.outcomes.find((outcome) => outcome.horizon === horizon)?.seen;
			if (!seen) throw new Error('the horizon is seen');
			const found = past.table.flatMap(({ id: category }, i) => {
				const { customers = 0, buyers = 0, value } = seen.groups[i] ?? {};
				return customers === 0 ? [] : [{ category, customers, buyers, mean: value?.value ?? NaN }];
			});
			const direct = await engine().rows<(typeof found)[number]>(directRates(asOf, horizon), signal);
			const sorted = found.sort((a, b) => (a.category < b.category ? -1 : 1));
			expect(sorted).toEqual(direct.map((row) => ({ ...row, mean: expect.closeTo(row.mean, 6) })));
			expect(sorted.length).toBeGreaterThan(7);
			const total = (of: 'customers' | 'buyers') => direct.reduce((sum, row) => sum + row[of], 0);
			expect([seen.everyone.customers, seen.everyone.buyers]).toEqual([total('customers'), total('buyers')]);
		}
	);

	it.each(SCHEMES.map(({ id }) => id))(
		'groups everybody as a run on that day does (%s)',
		async (scheme) => {
			for (const asOf of DAYS) {
				const { params } = request(clean, asOf, scheme);
				const context = stepContext(engine());
				const features = await runFeatures(context, { ...DEFAULT_FEATURES, asOf }, clean);
				const rfm = await runRfm(context, params, features);
				const past = await goBack(engine(), request(clean, asOf, scheme), signal);
				expect(past.customers).toBe(features.customers);
				expect(past.cutPoints).toEqual(rfm.cutPoints);
				const [difference] = await engine().rows(sql`
					SELECT count(*)::INTEGER AS customers
					FROM (SELECT customer_id, recency_days, frequency, monetary_total, r.* FROM features.customers f JOIN segment.rfm r USING (idx)) a
					FULL JOIN (SELECT customer_id, recency_days, frequency, monetary_total, r.* FROM features.past f JOIN segment.past_rfm r USING (idx)) b
						USING (customer_id)
					WHERE a IS DISTINCT FROM b ORDER BY customers`);
				expect(difference).toEqual({ customers: 0 });
			}
		},
		60_000
	);

	it('moves everybody who is a customer by the second day, in shares that sum to 100 %', async () => {
		const [from, to] = DAYS as [string, string];
		const past = await goBack(engine(), request(clean, from), signal);
		const later = await groupPast(engine(), request(clean, to), 'to', signal);
		const { counts } = await movementSince(
			engine(),
			'to',
			'group',
			past.table.map(({ id }) => id),
			signal
		);
		const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
		expect(rows.reduce((sum, count) => sum + count, 0)).toBe(later.customers);
		expect(rows.slice(0, -1)).toEqual(past.outcomes[0]?.seen?.groups.map(({ customers }) => customers));
		expect(rows.at(-1)).toBe(later.customers - past.customers);
		for (const [i, row] of counts.entries()) {
			const shares = row.map((count) => count / Math.max(1, rows[i] ?? 0));
			if ((rows[i] ?? 0) > 0) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
		}
	});

	it('is the same when nothing after its last horizon is known', async () => {
		const [asOf = ''] = DAYS;
		const whole = await goBack(engine(), request(clean, asOf), signal);
		const until = addDays(asOf, 90);
		await engine().exec(sql`CREATE TABLE clean.kept AS SELECT * FROM clean.orders`);
		await engine().exec(sql`DELETE FROM clean.orders WHERE ordered_at >= ${day(until)}`);
		const cut = { ...clean, lastOrder: addDays(until, -1) };
		expect(await goBack(engine(), request(cut, asOf), signal)).toEqual(whole);
		await engine().exec(
			sql`INSERT INTO clean.orders SELECT * FROM clean.kept WHERE ordered_at >= ${day(until)}`
		);
		await engine().exec(sql`DROP TABLE clean.kept`);
	});

	it.each([
		{ scheme: 'ntile', answer: windows.segments.ntile },
		{ scheme: 'quintiles', answer: windows.segments.cut }
	])('has the reference overlap of groups in two windows ($scheme)', async ({ scheme, answer }) => {
		const [[, first = ''] = [], [start = '', second = ''] = []] = windows.windows;
		const past = await goBack(engine(), request(clean, first, scheme), signal);
		await engine().exec(sql`CREATE TABLE clean.kept AS SELECT * FROM clean.orders`);
		await engine().exec(sql`DELETE FROM clean.orders WHERE ordered_at < ${day(start)}`);
		const later = await groupPast(engine(), request(clean, second, scheme), 'to', signal);
		const ids = past.table.map(({ id }) => id);
		const { counts } = await movementSince(engine(), 'to', 'group', ids, signal);
		await engine().exec(sql`DELETE FROM clean.orders`);
		await engine().exec(sql`INSERT INTO clean.orders SELECT * FROM clean.kept`);
		await engine().exec(sql`DROP TABLE clean.kept`);
		expect([past.customers, later.customers]).toEqual(windows.customers);
		for (const [group, reference] of Object.entries(answer)) {
			const at = ids.indexOf(group);
			const customers = past.outcomes[0]?.seen?.groups[at]?.customers ?? 0;
			const now = counts.reduce((sum, row) => sum + (row[at] ?? 0), 0);
			const common = counts[at]?.[at] ?? 0;
			expect([group, customers, now, common]).toEqual([
				group,
				reference.first,
				reference.second,
				reference.common
			]);
			expect(common / (customers + now - common)).toBeCloseTo(reference.jaccard, 9);
		}
	});
});
