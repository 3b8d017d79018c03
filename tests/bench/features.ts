import { cpus, loadavg } from 'node:os';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { DEFAULT_CLEAN, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, featureMatrix, LIBRARY, runFeatures, runLibrary } from '#lib/pipeline/features/step.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { openBlockingEngine } from '../support/engines.ts';
import { makeSource, stepContext } from '../support/raw-tables.ts';

/*
 * The features of 100,000 customers from 2,000,000 orders and 2,000,000 events, all made in the engine from hashes of row
 * numbers: those of every run (core), and the whole library. Times are of loaded and cleaned data.
 *
 *   npx tsx tests/bench/features.ts [wasm|native] [orders] [customers]
 */

const ENGINES: Readonly<Record<string, () => Promise<Engine>>> = {
	native: () => openNativeEngine(),
	wasm: openBlockingEngine
};
const [which = '', orders = '2000000', customers = '100000'] = process.argv.slice(2);
const ORDER_COUNT = Number(orders);
const CUSTOMER_COUNT = Number(customers);
/** Rows that one statement writes. */
const PART = 250_000;

const ORDERS = makeSource(
	['order', 'day', 'customer', 'product', 'category', 'pieces', 'price', 'discount', 'channel'],
	{
		order_id: 'order',
		date: 'day',
		customer: 'customer',
		product: 'product',
		category: 'category',
		quantity: 'pieces',
		unit_price: 'price',
		discount: 'discount',
		channel: 'channel'
	}
);
const EVENTS: SourceParams = {
	...makeSource(
		['customer', 'day', 'event', 'channel', 'device', 'session'],
		{
			customer: 'customer',
			date: 'day',
			event: 'event',
			channel: 'channel',
			device: 'device',
			session_id: 'session'
		},
		{ id: 's2' }
	),
	kind: 'events'
};

/** A number from 0 to 1 of a row, and of what it is for. */
function chance(salt: number): Sql {
	return sql`((hash(i, ${salt}) % 1000003)::DOUBLE / 1000003)`;
}

/** Everybody orders once; further orders come mostly from few. */
const WHO = sql`(CASE WHEN i < ${CUSTOMER_COUNT} THEN i ELSE floor(${CUSTOMER_COUNT} * pow(${chance(1)}, 2)) END)::INTEGER`;
const WHEN = sql`strftime(TIMESTAMP '2022-01-01' + to_seconds((pow(${chance(2)}, 0.8) * 730 * 86400)::BIGINT), '%Y-%m-%d %H:%M:%S')`;

const ORDER_COLUMNS = [
	sql`i::VARCHAR`,
	WHEN,
	WHO,
	sql`'Product ' || floor(2000 * pow(${chance(3)}, 2))::INTEGER`,
	sql`'Category ' || floor(20 * pow(${chance(3)}, 2))::INTEGER`,
	sql`1 + floor(4 * ${chance(4)})::INTEGER`,
	sql`round(2 + 80 * pow(${chance(5)}, 3), 2)`,
	sql`CASE WHEN ${chance(6)} < 0.2 THEN '2.5' ELSE '' END`,
	sql`CASE WHEN ${chance(7)} < 0.6 THEN 'web' WHEN ${chance(7)} < 0.9 THEN 'store' ELSE 'phone' END`
];
/** Four events in a row are a visit. */
const VISIT = sql`(i // 4)`;
const EVENT_COLUMNS = [
	sql`floor(${CUSTOMER_COUNT} * pow((hash(${VISIT}, 1) % 1000003)::DOUBLE / 1000003, 1.5))::INTEGER`,
	sql`strftime(TIMESTAMP '2022-01-01' + to_seconds((730 * 86000 * ((hash(${VISIT}, 2) % 1000003)::DOUBLE / 1000003))::BIGINT + 60 * (i % 4)), '%Y-%m-%d %H:%M:%S')`,
	sql`['visit', 'view', 'cart', 'search'][1 + floor(4 * ${chance(8)})::INTEGER]`,
	sql`['email', 'search', 'direct'][1 + floor(3 * ${chance(9)})::INTEGER]`,
	sql`['phone', 'desktop', 'tablet'][1 + floor(3 * ${chance(10)})::INTEGER]`,
	sql`'s' || ${VISIT}`
];

async function writeRows(engine: Engine, source: SourceParams, columns: readonly Sql[]): Promise<void> {
	const table = await engine.place('packed', 'import', source.id);
	for (let start = 0; start < ORDER_COUNT; start += PART) {
		const named = columns.map((column, i) => as(sql`(${column})::VARCHAR`, `c${i}`));
		const end = Math.min(ORDER_COUNT, start + PART);
		const rows = sql`SELECT ${join(named, ', ')}, (i + 1)::INTEGER AS row FROM range(${start}, ${end}) t(i)`;
		await engine.exec(
			start === 0 ? sql`CREATE TABLE ${table} AS ${rows}` : sql`INSERT INTO ${table} ${rows}`
		);
	}
}

async function makeData(engine: Engine): Promise<CleanResult> {
	await writeRows(engine, ORDERS, ORDER_COLUMNS);
	await writeRows(engine, EVENTS, EVENT_COLUMNS);
	const results = [ORDERS, EVENTS].map(({ id, fileName }) => ({
		...{ id, fileName, sizeBytes: 0, rowsRead: ORDER_COUNT, unreadable: [], nulCells: 0, loadedColumns: null }
	}));
	return runClean(stepContext(engine), { sources: [ORDERS, EVENTS] }, DEFAULT_CLEAN, results);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	const before = process.cpuUsage();
	const answer = await work();
	const { user, system } = process.cpuUsage(before);
	const seconds = [(user + system) / 1e6, (performance.now() - start) / 1000].map((each) => each.toFixed(2));
	const load = `load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`;
	console.log(`  ${what}: ${seconds[0]} s of the processor, ${seconds[1]} s on the clock (${load})`);
	return answer;
}

for (const [name, open] of Object.entries(ENGINES)) {
	if (which !== '' && which !== name) continue;
	const engine = await open();
	const context = stepContext(engine);
	console.log(`${name}: ${CUSTOMER_COUNT} customers, ${ORDER_COUNT} orders, ${ORDER_COUNT} events`);
	const clean = await timed('making and cleaning', () => makeData(engine));
	const core = await timed('core', () => runFeatures(context, DEFAULT_FEATURES, clean));
	const library = await timed('library', () => runLibrary(context, DEFAULT_FEATURES, core));
	const ids = library.features.filter(({ available, kind }) => available && kind === 'number');
	const matrix = await timed(`matrix of ${ids.length} features`, () =>
		featureMatrix(
			engine,
			ids.map(({ id }) => id),
			context.signal,
			[CUSTOMERS, LIBRARY]
		)
	);
	console.log(
		`  ${matrix.rowCount} rows; ${library.features.filter(({ available }) => available).length} features in all`
	);
	await engine.close();
}
