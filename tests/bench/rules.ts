import { cpus, loadavg } from 'node:os';
import type { Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { as, day, join, sql, type Sql } from '#lib/engine/sql.ts';
import { BROWSER_SIZES } from '#lib/pipeline/clean/parts.sql.ts';
import { DEFAULT_CLEAN } from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { DEFAULT_FEATURES, type FeatureResult } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, runFeatures } from '#lib/pipeline/features/step.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import { DEFAULT_JOURNEYS } from '#lib/pipeline/segment/journeys/schema.ts';
import { problemOf } from '#lib/pipeline/segment/own/step.ts';
import { membersSql } from '#lib/pipeline/segment/rules/compile.ts';
import { fieldValues } from '#lib/pipeline/segment/rules/field-values.ts';
import type { ActivityCondition, Condition, Rule, SequenceStep } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { openBlockingEngine } from '../support/engines.ts';
import { makeSource, stepContext } from '../support/raw-tables.ts';

/*
 * How long each kind of condition takes of 100,000 customers with 400,000 orders, 2,000,000 events and 200,000 messages,
 * the median of three. Everything is made in the engine from hashes of row numbers, loaded and cleaned as files are.
 *
 *   npx tsx tests/bench/rules.ts [wasm|native]
 */

const ENGINES: Readonly<Record<string, () => Promise<Engine>>> = {
	wasm: openBlockingEngine,
	native: () => openNativeEngine()
};
const CUSTOMER_COUNT = 100_000;
/** Rows that one statement writes. */
const PART = 250_000;
const RUNS = 3;

/** A file that is made: the columns are called like their roles. */
interface MadeFile {
	readonly source: SourceParams;
	readonly rowCount: number;
	readonly columns: readonly Sql[];
}

/** A number from 0 to 1 of a row, and of what it is for. */
function chance(salt: number, row = sql`i`): Sql {
	return sql`((hash(${row}, ${salt}) % 1000003)::DOUBLE / 1000003)`;
}

function moment(seconds: Sql): Sql {
	return sql`strftime(TIMESTAMP '2022-01-01' + to_seconds((${seconds})::BIGINT), '%Y-%m-%d %H:%M:%S')`;
}

function pick(words: readonly string[], salt: number): Sql {
	const list = join(
		words.map((word) => sql`${word}`),
		', '
	);
	return sql`[${list}][1 + floor(${words.length} * ${chance(salt)})::INTEGER]`;
}

function madeFile(
	id: string,
	kind: SourceParams['kind'],
	rowCount: number,
	columns: Readonly<Record<string, Sql>>
): MadeFile {
	const roles = Object.keys(columns);
	const mapping = Object.fromEntries(roles.map((role) => [role, role]));
	return {
		source: { ...makeSource(roles, mapping, { id }), kind },
		rowCount,
		columns: Object.values(columns)
	};
}

/** Two years in seconds. */
const SPAN = 730 * 86_400;
/** Four events in a row are a visit. */
const VISIT = sql`(i // 4)`;

const FILES = [
	madeFile('s1', 'orders', 400_000, {
		order_id: sql`i`,
		date: moment(sql`pow(${chance(2)}, 0.8) * ${SPAN}`),
		customer: sql`(CASE WHEN i < ${CUSTOMER_COUNT} THEN i ELSE floor(${CUSTOMER_COUNT} * pow(${chance(1)}, 2)) END)::INTEGER`,
		product: sql`'Product ' || floor(2000 * pow(${chance(3)}, 2))::INTEGER`,
		category: sql`'Category ' || floor(20 * pow(${chance(3)}, 2))::INTEGER`,
		quantity: sql`1 + floor(4 * ${chance(4)})::INTEGER`,
		unit_price: sql`round(2 + 80 * pow(${chance(5)}, 3), 2)`,
		coupon: sql`CASE WHEN ${chance(6)} < 0.2 THEN 'SPRING' ELSE '' END`,
		channel: pick(['web', 'store', 'phone'], 7)
	}),
	madeFile('s2', 'events', 2_000_000, {
		customer: sql`floor(${CUSTOMER_COUNT} * pow(${chance(1, VISIT)}, 1.5))::INTEGER`,
		date: moment(sql`${SPAN - 1000} * ${chance(2, VISIT)} + 60 * (i % 4)`),
		event: pick(['page_view', 'product_view', 'add_to_cart', 'search'], 8),
		product: sql`'Product ' || floor(2000 * pow(${chance(3)}, 2))::INTEGER`,
		category: sql`'Category ' || floor(20 * pow(${chance(3)}, 2))::INTEGER`,
		amount: sql`round(2 + 80 * pow(${chance(5)}, 3), 2)`,
		channel: pick(['email', 'search', 'direct'], 9),
		device: pick(['phone', 'desktop', 'tablet'], 10),
		session_id: sql`'s' || ${VISIT}`
	}),
	madeFile('s3', 'sends', 200_000, {
		customer: sql`floor(${CUSTOMER_COUNT} * ${chance(1)})::INTEGER`,
		date: moment(sql`${SPAN - 1000} * ${chance(2)}`),
		campaign: sql`'Campaign ' || floor(20 * ${chance(3)})::INTEGER`,
		channel: pick(['email', 'sms'], 4),
		action: pick(['sent', 'opened', 'clicked'], 5)
	}),
	madeFile('s4', 'survey', 50_000, {
		customer: sql`floor(${CUSTOMER_COUNT} * ${chance(1)})::INTEGER`,
		date: moment(sql`${SPAN - 1000} * ${chance(2)}`),
		question: pick(['recommend', 'stars'], 3),
		score: sql`floor(11 * ${chance(4)})::INTEGER`
	}),
	madeFile('s5', 'customers', CUSTOMER_COUNT, {
		customer: sql`i`,
		country: pick(['Austria', 'France', 'Norway'], 1),
		language: pick(['de', 'fr', 'no'], 2),
		created_at: moment(sql`${SPAN} * ${chance(3)}`)
	})
];

async function writeRows(engine: Engine, { source, rowCount, columns }: MadeFile): Promise<void> {
	const table = await engine.place('packed', 'import', source.id);
	const named = columns.map((column, i) => as(sql`(${column})::VARCHAR`, `c${i}`));
	for (let start = 0; start < rowCount; start += PART) {
		const end = Math.min(rowCount, start + PART);
		const rows = sql`SELECT ${join(named, ', ')}, (i + 1)::INTEGER AS row FROM range(${start}, ${end}) t(i)`;
		await engine.exec(
			start === 0 ? sql`CREATE TABLE ${table} AS ${rows}` : sql`INSERT INTO ${table} ${rows}`
		);
	}
}

async function makeData(engine: Engine): Promise<FeatureResult> {
	for (const file of FILES) await writeRows(engine, file);
	const results = FILES.map(({ source: { id, fileName }, rowCount }) => ({
		...{ id, fileName, sizeBytes: 0, rowsRead: rowCount, unreadable: [], nulCells: 0, loadedColumns: null }
	}));
	const context = stepContext(engine);
	const sources = FILES.map(({ source }) => source);
	const clean = await runClean(context, { sources }, DEFAULT_CLEAN, results, BROWSER_SIZES);
	return runFeatures(context, DEFAULT_FEATURES, clean);
}

const PLAIN: ActivityCondition = {
	kind: 'activity',
	subject: 'events',
	among: 'all',
	where: [],
	window: null,
	measure: { kind: 'count' },
	per: null,
	test: { op: 'ge', value: 5 }
};
const LAST_MONTH = { kind: 'last', length: { count: 30, unit: 'day' } } as const;

function is(field: string, ...values: string[]): ActivityCondition['where'][number] {
	return { field, test: { type: 'text', test: { op: 'is', values } } };
}

const STEP: SequenceStep = { did: true, subject: 'events', where: [], which: 'any', times: 1, within: null };

const CONDITIONS: Readonly<Record<string, Condition>> = {
	'a feature': {
		kind: 'feature',
		feature: 'monetary_total',
		test: { type: 'number', test: { op: 'gt', value: 500 } }
	},
	'a segment': { kind: 'segment', segment: 'group:champion', isIn: true },
	'a customers file: country': { kind: 'profile', ...is('country', 'austria') },
	'orders counted': { ...PLAIN, subject: 'orders' },
	'orders a month': { ...PLAIN, subject: 'orders', per: 'month', test: { op: 'gt', value: 0.5 } },
	'value of orders, last year': {
		...PLAIN,
		subject: 'orders',
		measure: { kind: 'sum', field: 'amount' },
		window: { kind: 'last', length: { count: 1, unit: 'year' } },
		test: { op: 'gt', value: 500 }
	},
	'orders with a coupon': { ...PLAIN, subject: 'orders', where: [is('coupon', 'spring')] },
	'first order in a channel': {
		...PLAIN,
		subject: 'orders',
		among: 'first',
		where: [is('channel', 'store')],
		test: { op: 'ge', value: 1 }
	},
	'products of a category': { ...PLAIN, subject: 'lines', where: [is('category', 'category 3')] },
	'different categories bought': {
		...PLAIN,
		subject: 'lines',
		measure: { kind: 'distinct', field: 'category' }
	},
	'events counted': PLAIN,
	'events of the last 30 days': { ...PLAIN, window: LAST_MONTH },
	'fewer than 5 events': { ...PLAIN, test: { op: 'lt', value: 5 } },
	'events a week': { ...PLAIN, per: 'week', test: { op: 'gt', value: 0.2 } },
	'events of a kind': { ...PLAIN, where: [is('kind', 'cart')] },
	'events with a name': { ...PLAIN, where: [is('event', 'add_to_cart')] },
	'events of a category that contains': {
		...PLAIN,
		where: [{ field: 'category', test: { type: 'text', test: { op: 'contains', value: 'gory 3' } } }]
	},
	'events with a product': { ...PLAIN, where: [is('product', 'product 17')], test: { op: 'ge', value: 1 } },
	'value of events': { ...PLAIN, measure: { kind: 'sum', field: 'value' }, test: { op: 'gt', value: 200 } },
	'mean value of events': {
		...PLAIN,
		measure: { kind: 'mean', field: 'value' },
		test: { op: 'gt', value: 20 }
	},
	'different products seen': { ...PLAIN, measure: { kind: 'distinct', field: 'product' } },
	'last event on a device': {
		...PLAIN,
		among: 'last',
		where: [is('device', 'phone')],
		test: { op: 'ge', value: 1 }
	},
	'messages sent': { ...PLAIN, subject: 'sends', test: { op: 'ge', value: 2 } },
	'messages clicked': {
		...PLAIN,
		subject: 'sends',
		where: [is('action', 'clicked')],
		test: { op: 'ge', value: 2 }
	},
	'mean score of answers': {
		...PLAIN,
		subject: 'answers',
		measure: { kind: 'mean', field: 'score' },
		test: { op: 'ge', value: 9 }
	},
	'seen, then bought within 7 days': {
		kind: 'sequence',
		ordered: true,
		steps: [
			{ ...STEP, where: [is('kind', 'view')] },
			{ ...STEP, subject: 'orders' }
		],
		within: { count: 7, unit: 'day' },
		window: null
	},
	'a cart that was left': { kind: 'cart', stages: ['cold', 'reminder'], value: null, category: null },
	'a path of channels': { kind: 'journey', path: ['email', 'search'] },
	'several channels': { kind: 'channels', engagement: 'omni' }
};

function scopeOf({ asOf, features }: FeatureResult): RuleScope {
	const known = features.map(({ id, label, kind, needs }) => ({ id, label, kind, needs, table: CUSTOMERS }));
	const members = sql`SELECT idx FROM features.customers WHERE idx % 5 = 0`;
	return {
		asOf: day(asOf as Day),
		customers: CUSTOMERS,
		features: new Map(known.map((feature) => [feature.id, feature])),
		segments: new Map([
			['group:champion', { ref: 'group:champion', name: 'Champions', members, problem: null }]
		]),
		featureParams: DEFAULT_FEATURES,
		carts: DEFAULT_CARTS,
		journeys: DEFAULT_JOURNEYS
	};
}

/** Medians of three, in ms. */
interface Times {
	readonly clock: number;
	/** Of the processor, which other work on the machine does not lengthen. */
	readonly processor: number;
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [times: Times, answer: T]> {
	const clock: number[] = [];
	const processor: number[] = [];
	let answer: T | undefined;
	for (let i = 0; i < RUNS; i += 1) {
		const start = performance.now();
		const before = process.cpuUsage();
		answer = await work();
		const { user, system } = process.cpuUsage(before);
		clock.push(performance.now() - start);
		processor.push((user + system) / 1000);
	}
	return [{ clock: median(clock), processor: median(processor) }, answer as T];
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function say(what: string, { clock, processor }: Times, answer: string): void {
	const [first, second] = [clock, processor].map((ms) => `${ms.toFixed(0).padStart(6)} ms`);
	console.log(`  ${what.padEnd(40)} ${first} on the clock ${second} of the processor  ${answer}`);
}

/** How long it takes until a query that is cancelled after 50 ms has ended. */
async function cancelling(engine: Engine, rule: Rule, scope: RuleScope): Promise<string> {
	const controller = new AbortController();
	const asked = engine.columns(membersSql(rule, scope), controller.signal).then(
		() => 'it was done before',
		() => 'ended'
	);
	setTimeout(() => controller.abort(), 50);
	return asked;
}

async function bench(engine: Engine): Promise<void> {
	const scope = scopeOf(await makeData(engine));
	const { signal } = new AbortController();
	for (const [name, condition] of Object.entries(CONDITIONS)) {
		const rule: Rule = { kind: 'group', match: 'all', conditions: [condition] };
		const problem = await problemOf(engine, rule, scope, signal);
		if (problem !== null) throw new Error(`${name}: ${problem}`);
		const [times, columns] = await timed(() => engine.columns(membersSql(rule, scope), signal));
		say(name, times, `${columns.get('idx')?.length} people`);
	}
	const all: Rule = { kind: 'group', match: 'any', conditions: Object.values(CONDITIONS) };
	const [times, columns] = await timed(() => engine.columns(membersSql(all, scope), signal));
	say(`all ${Object.keys(CONDITIONS).length} at once`, times, `${columns.get('idx')?.length} people`);
	const [valuesTimes, values] = await timed(() =>
		fieldValues(engine, 'events', 'product', scope.asOf, signal)
	);
	say('the products of events', valuesTimes, `${values.length} texts`);
	const start = performance.now();
	const outcome = await cancelling(engine, all, scope);
	console.log(
		`  the same, cancelled after 50 ms: ${outcome} after ${(performance.now() - start).toFixed(0)} ms`
	);
}

const [which = 'wasm'] = process.argv.slice(2);
const open = ENGINES[which];
if (!open) throw new RangeError(`no engine ${which}; there are ${Object.keys(ENGINES).join(', ')}`);
console.log(`${which}: load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
const engine = await open();
await bench(engine);
await engine.close();
