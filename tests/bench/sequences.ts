import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { cartsSql } from '#lib/pipeline/segment/carts/carts.sql.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import type { SequenceCondition, SequenceStep } from '#lib/pipeline/segment/rules/schema.ts';
import { sequenceMembers } from '#lib/pipeline/segment/rules/sequence.sql.ts';
import { subjectOf } from '#lib/pipeline/segment/rules/subjects/index.ts';
import { openBlockingEngine } from '../support/engines.ts';

/*
 * Sequences and carts over 20 events of each of 100,000 customers, made in the engine from hashes of row numbers: half of them
 * views, a fifth into the cart, a tenth purchases, of 20 products, in a year; and an order for every second purchase. Times are of
 * the processor.
 *
 *   npx tsx tests/bench/sequences.ts [wasm|native] [customers]
 */

const ENGINES: Readonly<Record<string, () => Promise<Engine>>> = {
	native: () => openNativeEngine(),
	wasm: openBlockingEngine
};
const [which = '', count = '100000'] = process.argv.slice(2);
const CUSTOMER_COUNT = Number(count);
const EVENT_COUNT = CUSTOMER_COUNT * 20;
const RUNS = 3;
const AS_OF = sql`DATE '2024-01-01'`;
const NAMES = sql`['view', 'view', 'view', 'view', 'view', 'add_to_cart', 'add_to_cart', 'search', 'click', 'purchase']`;

async function makeData(engine: Engine): Promise<void> {
	const chance = (salt: number) => sql`(hash(i, ${salt}) % 1000003)`;
	await engine.exec(sql`
		CREATE TABLE segment.people AS
		SELECT i::INTEGER AS idx, (100000 + i)::VARCHAR AS customer_id FROM range(${CUSTOMER_COUNT}) t(i)`);
	await engine.exec(sql`
		CREATE TABLE clean.events AS
		SELECT 's2' AS source, i::INTEGER AS row, (100000 + i % ${CUSTOMER_COUNT})::VARCHAR AS customer_id,
			TIMESTAMP '2023-01-01' + to_seconds((${chance(1)} * 31)::BIGINT) AS happened_at,
			${NAMES}[1 + (${chance(2)} % 10)::INTEGER] AS event,
			'Product ' || (${chance(3)} % 20) AS product, 'Category ' || (${chance(3)} % 5) AS category,
			NULL::DECIMAL(18,4) AS quantity, (${chance(4)} % 100)::DECIMAL(18,4) AS value
		FROM range(${EVENT_COUNT}) t(i)`);
	await engine.exec(sql`
		CREATE TABLE clean.orders AS
		SELECT customer_id, row::VARCHAR AS order_id, happened_at AS ordered_at, false AS is_return
		FROM clean.events WHERE event = 'purchase' AND row % 2 = 0`);
	await engine.exec(sql`
		CREATE TABLE clean.order_lines AS
		SELECT e.customer_id, e.happened_at AS ordered_at, e.product, NULL::VARCHAR AS sku, e.category,
			e.value AS unit_price, false AS is_return
		FROM clean.events e WHERE event = 'purchase'`);
}

function is(field: string, ...values: string[]): SequenceStep['where'][number] {
	return { field, test: { type: 'text', test: { op: 'is', values } } };
}

function step(where: SequenceStep['where'], change: Partial<SequenceStep> = {}): SequenceStep {
	return { did: true, subject: 'events', where, which: 'any', times: 1, within: null, ...change };
}

const DAYS_7 = { count: 7, unit: 'day' } as const;
const VIEW = is('kind', 'view');
const BUY = is('kind', 'purchase');
const IN_ORDER = { kind: 'sequence', ordered: true, within: null, window: null } as const;

const SEQUENCES: Readonly<Record<string, SequenceCondition>> = {
	'viewed A and bought B within 7 days': {
		...IN_ORDER,
		steps: [
			step([VIEW, is('product', 'Product 1')]),
			step([BUY, is('product', 'Product 2')], { within: DAYS_7 })
		]
	},
	'viewed and bought anything within 7 days': {
		...IN_ORDER,
		steps: [step([VIEW]), step([BUY], { within: DAYS_7 })]
	},
	'viewed, did not order within 7 days': {
		...IN_ORDER,
		steps: [step([VIEW]), step([], { subject: 'orders', did: false, within: DAYS_7 })]
	},
	'viewed, did not search, bought': {
		...IN_ORDER,
		steps: [step([VIEW]), step([is('kind', 'search')], { did: false }), step([BUY])]
	},
	'viewed three times, each within 7 days': {
		...IN_ORDER,
		steps: [step([VIEW], { times: 3, within: DAYS_7 })]
	},
	'viewed and carted and bought in any order within 7 days': {
		...IN_ORDER,
		ordered: false,
		within: DAYS_7,
		steps: [step([VIEW]), step([is('kind', 'cart')]), step([BUY])]
	},
	'anything five times, each within 7 days': { ...IN_ORDER, steps: [step([], { times: 5, within: DAYS_7 })] }
};

function members(condition: SequenceCondition): Sql {
	return sequenceMembers(condition, {
		asOf: AS_OF,
		customers: id('segment', 'people'),
		recordsOf: (subject, fields) => subjectOf(subject).sql(fields, AS_OF)
	});
}

async function measure(engine: Engine, words: string, query: Sql): Promise<void> {
	const seconds: string[] = [];
	let people = 0;
	for (let run = 0; run < RUNS; run += 1) {
		const before = process.cpuUsage();
		const [row] = await engine.rows<{ people: number }>(
			sql`SELECT count(*)::INTEGER AS people FROM (${query}) ORDER BY people`
		);
		const { user, system } = process.cpuUsage(before);
		seconds.push(((user + system) / 1e6).toFixed(2));
		people = row?.people ?? 0;
	}
	console.log(`  ${words}: ${people} people, ${seconds.join(' ')} s`);
}

for (const [name, open] of Object.entries(ENGINES)) {
	if (which !== '' && which !== name) continue;
	const engine = await open();
	console.log(`${name}: ${CUSTOMER_COUNT} customers, ${EVENT_COUNT} events`);
	await makeData(engine);
	for (const [words, condition] of Object.entries(SEQUENCES)) {
		await measure(engine, words, members(condition));
	}
	await measure(engine, 'newest carts', cartsSql({ asOf: AS_OF, carts: DEFAULT_CARTS }));
	await engine.close();
}
