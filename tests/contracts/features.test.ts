import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id as name, join, sql } from '#lib/engine/sql.ts';
import { BASES } from '#lib/pipeline/features/bases/index.ts';
import { CORE_FEATURES, DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { needWords } from '#lib/pipeline/features/needs.ts';
import { DEFAULT_FEATURES, type FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, LIBRARY, runFeatures, runLibrary } from '#lib/pipeline/features/step.ts';
import { fileOf, type MadeFile } from '../support/behaviour-files.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanRows, stepContext } from '../support/raw-tables.ts';

const START = '2023-09-01';
const AS_OF = '2024-03-01';
const PARAMS = { ...DEFAULT_FEATURES, asOf: AS_OF, margin: 0.4, affinityCount: 3 };
const LONG_MS = 120_000;

/** Rows of made files, and whether they are of before the as-of day. */
interface Made {
	readonly cells: readonly string[];
	readonly isKnown: boolean;
}

const day = fc.integer({ min: 0, max: 300 });
const who = fc.integer({ min: 1, max: 15 }).map(String);
const clock = fc.constantFrom('', ' 00:30:00', ' 09:15:00', ' 18:00:00', ' 23:59:59');
const isKnown = (days: number): boolean => addDays(START, days) < AS_OF;

function sample(
	seed: number,
	count: number,
	cells: (days: number, moment: string) => fc.Arbitrary<string[]>
): Made[] {
	const row = fc
		.tuple(day, clock)
		.chain(([days, time]) =>
			cells(days, `${addDays(START, days)}${time}`).map((made) => ({ cells: made, isKnown: isKnown(days) }))
		);
	return fc.sample(row, { seed, numRuns: count });
}

/** Later rows bring categories, products, channels, coupons, devices and questions of their own. */
function word(days: number, ...known: string[]): fc.Arbitrary<string> {
	return fc.constantFrom(...known, ...(isKnown(days) ? [] : ['later', 'later still']));
}

const money = fc.integer({ min: 1, max: 9999 }).map((cents) => `${cents / 100}`);

const ORDERS = sample(3, 400, (days, moment) =>
	fc.tuple(
		// The day is part of the id, so that no order stretches over the as-of day.
		fc.integer({ min: 1, max: 60 }).map((order) => `${order}-${days}`),
		fc.constant(moment.slice(0, 10)),
		fc.constant(moment.slice(11)),
		fc.integer({ min: -2, max: 9 }).map(String),
		money,
		who,
		word(days, 'Cup', 'Pen', 'Lamp', '', `"'; --`),
		word(days, 'Kitchen', 'Office', 'Home & Décor', ''),
		fc.constantFrom('', '', '1.5'),
		word(days, '', '', 'SPRING'),
		word(days, 'web', 'web', 'shop', ''),
		word(days, 'Main Street', '', '')
	)
);
const EVENTS = sample(4, 600, (days, moment) =>
	fc.tuple(
		who,
		fc.constant(moment),
		word(days, 'visit', 'product view', 'add to cart', 'checkout started', 'purchase'),
		fc.constantFrom('', '1', '2').map((session) => (session === '' ? '' : `${session}-${days}`)),
		word(days, 'web', 'app', ''),
		word(days, 'North', '', ''),
		word(days, 'iPhone', 'Desktop', 'iPad', '')
	)
);
const SENDS = sample(5, 400, (days, moment) =>
	fc.tuple(
		who,
		fc.constant(moment),
		fc.constantFrom('spring', 'autumn', 'news').map((campaign) => `${campaign} ${days}`),
		word(days, 'email', 'sms'),
		fc.constantFrom('sent', 'sent', 'delivered', 'opened', 'clicked', 'bounced')
	)
);
const ANSWERS = sample(6, 80, (days, moment) =>
	fc.tuple(
		who,
		fc.constant(moment),
		word(days, 'How likely', 'How satisfied'),
		fc.integer({ min: 0, max: 10 }).map(String)
	)
);
const PROFILES = sample(7, 60, (days, moment) =>
	fc.tuple(
		who,
		fc.constant(moment),
		fc.constant(moment),
		fc.constantFrom('1970-02-28', '1988-03-01', ''),
		word(days, 'f', 'm', ''),
		word(days, 'de', 'en'),
		word(days, 'Tyrol', ''),
		fc.constantFrom('yes', 'no', 'pending', ''),
		fc.constantFrom('yes', 'no', '')
	)
);

/** The files with the rows that pass, in the order that `order` gives them. */
function files(keep: (row: Made) => boolean, order: (rows: Made[]) => Made[] = (rows) => rows): MadeFile[] {
	const cellsOf = (rows: readonly Made[]) => order(rows.filter(keep)).map(({ cells }) => cells);
	return [
		fileOf(
			's1',
			'orders',
			[
				...([
					'order_id',
					'date',
					'time',
					'quantity',
					'unit_price',
					'customer',
					'product',
					'category'
				] as const),
				...(['discount', 'coupon', 'channel', 'store'] as const)
			],
			cellsOf(ORDERS)
		),
		fileOf(
			's2',
			'events',
			['customer', 'date', 'event', 'session_id', 'channel', 'store', 'device'],
			cellsOf(EVENTS)
		),
		fileOf('s3', 'sends', ['customer', 'date', 'campaign', 'channel', 'action'], cellsOf(SENDS)),
		fileOf('s4', 'survey', ['customer', 'date', 'question', 'score'], cellsOf(ANSWERS)),
		fileOf(
			's5',
			'customers',
			[
				...(['customer', 'created_at', 'consented_at', 'birth_date', 'gender', 'language'] as const),
				...(['region', 'email_consent', 'sms_consent'] as const)
			],
			cellsOf(PROFILES)
		)
	];
}

/** Every feature of every customer, and what is said of each. */
interface Library {
	readonly summaries: readonly FeatureSummary[];
	readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function libraryOf(engine: Engine, made: readonly MadeFile[]): Promise<Library> {
	const context = stepContext(engine);
	const clean = await cleanRows(engine, made, { net_returns: true });
	const core = await runFeatures(context, PARAMS, clean);
	const { features: summaries } = await runLibrary(context, PARAMS, core);
	const columns = summaries
		.filter(({ available }) => available)
		.map(({ id, kind }) => as(kind === 'text' ? sql`${name(id)}::VARCHAR` : sql`${name(id)}::DOUBLE`, id));
	const rows = await engine.rows<Record<string, unknown>>(
		sql`SELECT c.customer_id::VARCHAR AS customer_id, ${join(columns, ', ')}
			FROM ${name(...CUSTOMERS)} c JOIN ${name(...LIBRARY)} l USING (idx) ORDER BY idx`
	);
	return { summaries, rows };
}

describe('the features', () => {
	it('have different ids and labels, and say what they are', () => {
		expect(new Set(DEFINITIONS.map(({ id }) => id)).size).toBe(DEFINITIONS.length);
		expect(new Set(DEFINITIONS.map(({ label }) => label)).size).toBe(DEFINITIONS.length);
		for (const { id, label, meaning, formula, caution, needs } of DEFINITIONS) {
			expect(id).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
			expect(label).toMatch(/^[A-Z][^!.]*$/);
			expect(meaning).toMatch(/^[A-Z][^!]*\.$/);
			expect(typeof formula === 'string' ? formula : formula(PARAMS)).toMatch(/^[^!]+[^.!]$/);
			if (caution !== undefined) expect(caution).toMatch(/^[A-Z][^!]*\.$/);
			for (const need of needs) expect(needWords(need)).toMatch(/^[a-z]+ .*[^.!]$/);
		}
	});

	it('are made of a base, or of features and parts that are', () => {
		const hasBase = new Map(DEFINITIONS.map(({ id, base }) => [id, base !== null]));
		for (const { base, uses = [], parts = [] } of DEFINITIONS) {
			if (base === null) expect(uses.length + parts.length).toBeGreaterThan(0);
			else expect([...uses, ...parts]).toEqual([]);
			for (const used of uses) expect(hasBase.get(used)).toBe(true);
			for (const part of parts) expect(part.base).not.toBeNull();
		}
	});

	it('have names of parts that mean one thing, and are no features', () => {
		const parts = new Map(DEFINITIONS.flatMap((each) => each.parts ?? []).map((part) => [part.id, part]));
		for (const { id, parts: own = [] } of DEFINITIONS) {
			expect(parts.has(id)).toBe(false);
			for (const part of own) expect(parts.get(part.id)).toBe(part);
		}
	});

	it('have bases that are listed once, each behind the one that it is over', () => {
		expect(new Set(BASES.map(({ id }) => id)).size).toBe(BASES.length);
		BASES.forEach(({ over }, i) => {
			if (over) expect(BASES.slice(0, i)).toContain(over);
		});
		for (const { base } of DEFINITIONS) if (base) expect(BASES).toContain(base);
		for (const core of CORE_FEATURES) expect(DEFINITIONS.map(({ id }) => id)).toContain(core);
	});
});

describeEngines('the features', (engine) => {
	let known: Library;

	beforeAll(async () => {
		known = await libraryOf(
			engine(),
			files((row) => row.isKnown)
		);
	}, LONG_MS);

	it(
		'do not move when rows from the as-of day on are added: numbers, texts, families and what is available',
		async () => {
			const all = await libraryOf(
				engine(),
				files(() => true)
			);
			expect(all.summaries).toEqual(known.summaries);
			expect(all.rows).toEqual(known.rows);
		},
		LONG_MS
	);

	it(
		'do not depend on the order of the rows',
		async () => {
			const reversed = await libraryOf(
				engine(),
				files(
					(row) => row.isKnown,
					(rows) => rows.toReversed()
				)
			);
			expect(reversed).toEqual(known);
		},
		LONG_MS
	);

	it('are known to all customers where they say so, and to some in any case', () => {
		expect(known.rows.length).toBeGreaterThan(5);
		const camel = (id: string) => id.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
		const told = known.summaries.filter(({ available }) => available);
		expect(told.length).toBeGreaterThan(60);
		for (const { id, kind, complete } of told) {
			const values = known.rows.map((row) => row[camel(id)]);
			expect([id, values.some((value) => value !== null)]).toEqual([id, true]);
			expect([id, values.every((value) => value !== null)]).toEqual([id, complete]);
			const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
			expect([id, ...types]).toEqual([id, kind === 'text' ? 'string' : 'number']);
		}
	});
});
