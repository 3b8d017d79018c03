import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import type { RfmParams } from '../schema.ts';
import { groupOfCell } from './group-table.ts';
import { SCHEMES, schemeOf } from './schemes/index.ts';
import { scoreTable, type Scored } from './score.ts';
import { translatedIds, translateSchemes } from './translate.ts';

interface Customer {
	readonly days: number;
	readonly orders: number;
	readonly money: number;
}

interface Row {
	readonly r: number;
	readonly f: number;
	readonly m: number;
	readonly fm: number;
	readonly group: string;
}

const { signal } = new AbortController();
const FROM = ['features', 'customers'] as const;
const INTO = ['segment', 'scored'] as const;
const params = (scheme: string, change: Partial<RfmParams> = {}): RfmParams => ({
	scheme,
	cutPoints: null,
	groups: null,
	...change
});

async function write(engine: Engine, customers: readonly Customer[]): Promise<void> {
	const of = (value: (customer: Customer) => number) => Float64Array.from(customers, value);
	await engine.insert('features', 'customers', {
		idx: Int32Array.from(customers, (_, i) => i),
		customer_id: customers.map((_, i) => `c${i}`),
		recency_days: of(({ days }) => days),
		frequency: of(({ orders }) => orders),
		monetary_total: of(({ money }) => money)
	});
}

async function score(
	engine: Engine,
	customers: readonly Customer[],
	by: RfmParams,
	{ hasAmount = true, cutPoints }: { hasAmount?: boolean; cutPoints?: Scored['cutPoints'] } = {}
): Promise<{ scored: Scored; rows: Row[] }> {
	await write(engine, customers);
	const order = { from: FROM, into: INTO, params: by, hasAmount, ...(cutPoints ? { cutPoints } : {}) };
	const scored = await scoreTable(engine, order, signal);
	const rows = await engine.rows<Row>(sql`
		SELECT r_score::INTEGER AS r, f_score::INTEGER AS f, m_score::INTEGER AS m, fm_score::INTEGER AS fm,
			rfm_group::VARCHAR AS "group"
		FROM segment.scored ORDER BY idx`);
	return { scored, rows };
}

const customer = fc.record({
	days: fc.integer({ min: 1, max: 500 }),
	orders: fc.integer({ min: 1, max: 9 }),
	money: fc.integer({ min: 0, max: 90_000 }).map((cents) => cents / 100)
});
const customers = fc.array(customer, { minLength: 1, maxLength: 40 });

describeEngines('scoreTable', (engine) => {
	it.each(SCHEMES)('$id puts every customer into the one group of their scores', async ({ id, levels }) => {
		await fc.assert(
			fc.asyncProperty(customers, fc.boolean(), async (people, hasAmount) => {
				const { scored, rows } = await score(engine(), people, params(id), { hasAmount });
				expect(rows).toHaveLength(people.length);
				expect(scored.cutPoints.recencyDays).toHaveLength(levels - 1);
				for (const row of rows) {
					expect(row.group).toBe(
						groupOfCell(
							scored.table,
							scored.axes.map((axis) => row[axis])
						)
					);
					expect(row.fm).toBe(hasAmount ? Math.floor((row.f + row.m + 1) / 2) : 0);
				}
				const places = people.map((person, i) => ({ ...person, ...(rows[i] as Row) }));
				for (const a of places) {
					for (const b of places) {
						if (a.days < b.days) expect(a.r).toBeGreaterThanOrEqual(b.r);
						if (a.orders < b.orders) expect(a.f).toBeLessThanOrEqual(b.f);
						if (a.money < b.money) expect(a.m).toBeLessThanOrEqual(b.m);
						if (schemeOf(id).lines !== 'ranks' && a.orders === b.orders) expect(a.f).toBe(b.f);
					}
				}
			}),
			{ seed: 28, numRuns: 12 }
		);
	});

	it.each(SCHEMES.filter(({ lines }) => lines !== 'ranks'))(
		'$id gives the same scores in any order of the customers',
		async ({ id }) => {
			await fc.assert(
				fc.asyncProperty(customers, async (people) => {
					const { rows } = await score(engine(), people, params(id));
					const turned = await score(engine(), people.toReversed(), params(id));
					expect(turned.rows.toReversed()).toEqual(rows);
				}),
				{ seed: 29, numRuns: 8 }
			);
		}
	);

	it('scores by fixed lines as by fifths where the lines are the same, and starts at them', async () => {
		await fc.assert(
			fc.asyncProperty(customers, async (people) => {
				const fifths = await score(engine(), people, params('quintiles'));
				const { cutPoints } = fifths.scored;
				expect(await score(engine(), people, params('fixed'))).toMatchObject({
					rows: fifths.rows,
					scored: { cutPoints }
				});
				const drawn = await score(engine(), people, params('fixed', { cutPoints }));
				expect(drawn.rows).toEqual(fifths.rows);
				const elsewhere = await score(engine(), people, params('ntile'), { cutPoints });
				expect(elsewhere.rows).toEqual(fifths.rows);
			}),
			{ seed: 30, numRuns: 8 }
		);
	});

	const SOME: readonly Customer[] = [
		{ days: 180, orders: 1, money: 10 },
		{ days: 181, orders: 2, money: 20 },
		{ days: 365, orders: 3, money: 30 },
		{ days: 366, orders: 3, money: 30 },
		{ days: 1, orders: 3, money: 90 }
	];

	it('takes half a year and a year for the recency of three levels', async () => {
		const { rows, scored } = await score(engine(), SOME, params('three_level'));
		expect(rows.map(({ r }) => r)).toEqual([3, 2, 2, 1, 3]);
		expect(scored.cutPoints.recencyDays).toEqual([180, 365]);
	});

	it('finds lines for money that was not there when the others were drawn', async () => {
		const cutPoints = { recencyDays: [7, 30, 90, 365], frequency: [1, 2, 3, 4], monetaryTotal: null };
		const { scored, rows } = await score(engine(), SOME, params('fixed', { cutPoints }));
		expect(scored.cutPoints).toMatchObject({ recencyDays: [7, 30, 90, 365], frequency: [1, 2, 3, 4] });
		expect(scored.cutPoints.monetaryTotal).toHaveLength(4);
		expect(rows.map(({ r, f }) => [r, f])).toEqual([
			[2, 1],
			[2, 2],
			[2, 3],
			[1, 3],
			[5, 3]
		]);
		const without = await score(engine(), SOME, params('fixed', { cutPoints }), { hasAmount: false });
		expect(without.scored.cutPoints).toEqual(cutPoints);
	});

	it('draws the natural line between few values, and leaves scores empty', async () => {
		const { scored, rows } = await score(engine(), SOME, params('natural'));
		expect(scored.cutPoints.frequency).toEqual([1, 2, 2, 2]);
		expect(rows.map(({ f }) => f)).toEqual([1, 2, 5, 5, 5]);
	});

	it('groups by a table of the user’s own', async () => {
		const words = { meaning: '', advice: '' };
		const groups = [
			{
				id: 'here',
				name: 'Here',
				...words,
				cells: [2, 3, 4, 5].flatMap((r) => [1, 2, 3, 4, 5].map((f) => [r, f]))
			},
			{ id: 'away', name: 'Away', ...words, cells: [1, 2, 3, 4, 5].map((f) => [1, f]) }
		];
		const { rows } = await score(engine(), SOME, params('quintiles', { groups }));
		expect(rows.map(({ group }) => group)).toEqual(['here', 'here', 'here', 'away', 'here']);
		const bad = params('quintiles', { groups: groups.slice(1) });
		await expect(score(engine(), SOME, bad)).rejects.toMatchObject({
			code: 'rfm.groups-invalid',
			details: { problem: 'missing', cell: 'R 2, F 1' }
		});
	});

	it('translates between schemes, and names the people of a cell', async () => {
		const [last] = SOME.slice(-1) as [Customer];
		await write(engine(), [...SOME.slice(0, -1), { ...last, orders: 9 }]);
		const [a, b] = [params('quintiles'), params('three_level')];
		const found = await translateSchemes(engine(), { a, b, hasAmount: true }, signal);
		const indexOf = (table: Scored['table'], id: string) => table.findIndex((group) => group.id === id);
		expect(found.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(5);
		const champions = {
			a: indexOf(found.a.table, 'champion'),
			b: indexOf(found.b.table, 'champion')
		};
		expect(found.counts[champions.a]?.[champions.b]).toBe(1);
		expect(await translatedIds(engine(), found, champions, signal)).toEqual(['c4']);
		const others = { a: null, b: null, onlyOthers: true };
		expect(await translatedIds(engine(), found, others, signal)).toHaveLength(found.others);
		const same = await translateSchemes(engine(), { a, b: a, hasAmount: true }, signal);
		expect(same.others).toBe(0);
	});
});

describe('schemes', () => {
	it('have ids of their own and words', () => {
		expect(new Set(SCHEMES.map(({ id }) => id)).size).toBe(SCHEMES.length);
		for (const { label, meaning } of SCHEMES) {
			expect(label).toMatch(/^[A-Z][^!.]*$/);
			expect(meaning).toMatch(/^[A-Z][^!]*\.$/);
		}
	});
});
