import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { scoreTable } from '#lib/pipeline/segment/rfm/score.ts';
import { translatedIds, translateSchemes } from '#lib/pipeline/segment/rfm/translate.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../support/raw-tables.ts';
import { readCsv } from '../support/read-csv.ts';
import cdnow from './rfm-cdnow.json' with { type: 'json' };
import answer from './rfm-schemes.json' with { type: 'json' };

const { signal } = new AbortController();
const paramsOf = (scheme: string) => ({ scheme, cutPoints: null, groups: null });
const FEATURES = ['features', 'customers'] as const;
const SCORED = ['segment', 'scored'] as const;

/** Writes the customers of Online Retail with their recency, frequency and money. */
async function writeCustomers(engine: Engine): Promise<void> {
	const file = await readFile(new URL('./rfm-online-retail.csv.gz', import.meta.url));
	const [header = [], ...records] = readCsv(gunzipSync(file).toString('utf8'));
	const column = (name: string) =>
		Float64Array.from(records, (record) => Number(record[header.indexOf(name)]));
	await engine.insert('features', 'customers', {
		idx: Int32Array.from(records, (_, i) => i),
		customer_id: records.map(([id = '']) => id),
		recency_days: column('recency'),
		frequency: column('frequency'),
		monetary_total: column('monetary')
	});
}

describeEngines('Online Retail by other schemes', (engine) => {
	beforeAll(() => writeCustomers(engine()));

	it.each(answer.schemes)('$scheme scores and groups everyone as the reference', async (reference) => {
		const order = { from: FEATURES, into: SCORED, params: paramsOf(reference.scheme), hasAmount: true };
		const { cutPoints } = await scoreTable(engine(), order, signal);
		const rows = await engine().rows<{ line: string; group: string }>(sql`
			SELECT (customer_id || ',' || r_score || f_score || m_score || ',' || rfm_group)::VARCHAR AS line,
				rfm_group::VARCHAR AS "group"
			FROM segment.scored JOIN features.customers USING (idx) ORDER BY idx`);
		const groups = Object.entries(reference.groups).map(([group]) => [
			group,
			rows.filter((row) => row.group === group).length
		]);
		expect(Object.fromEntries(groups)).toEqual(reference.groups);
		const text = rows.map(({ line }) => `${line}\n`).join('');
		expect(createHash('sha256').update(text).digest('hex')).toBe(reference.sha256);
		const lines = { r: cutPoints.recencyDays, f: cutPoints.frequency, m: cutPoints.monetaryTotal };
		for (const [axis, found] of Object.entries(reference.lines)) {
			expect(lines[axis as keyof typeof lines]).toEqual(found.map((line) => expect.closeTo(line, 9)));
		}
	});

	it('cuts frequency and recency at the natural breaks of the reference', async () => {
		const order = { from: FEATURES, into: SCORED, params: paramsOf('natural'), hasAmount: true };
		const { cutPoints } = await scoreTable(engine(), order, signal);
		expect(cutPoints.frequency).toEqual(answer.naturalBreaks[0]?.breaks);
		expect(cutPoints.recencyDays).toEqual(answer.naturalBreaks[2]?.breaks);
	});

	it('tells who two schemes disagree on', async () => {
		const [a, b] = [paramsOf('three_level'), paramsOf('averaged_fm')];
		const found = await translateSchemes(engine(), { a, b, hasAmount: true }, signal);
		const [first, second] = answer.schemes.map(({ groups }) => groups as Record<string, number>);
		const rows = found.a.table.map(({ id }, i) => [id, sum(found.counts[i] ?? [])]);
		const columns = found.b.table.map(({ id }, j) => [id, sum(found.counts.map((row) => row[j] ?? 0))]);
		expect(Object.fromEntries(rows)).toMatchObject(first ?? {});
		expect(Object.fromEntries(columns)).toMatchObject(second ?? {});
		expect(found.customers).toBe(3317);
		const same = found.a.table.flatMap(({ id }, i) => {
			const j = found.b.table.findIndex((group) => group.id === id);
			return j === -1 ? [] : [found.counts[i]?.[j] ?? 0];
		});
		expect(found.others).toBe(3317 - sum(same));
		const others = await translatedIds(engine(), found, { a: null, b: null, onlyOthers: true }, signal);
		expect(others).toHaveLength(found.others);
	});
});

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

describe('the reference of CDNOW', () => {
	it('puts everyone into one group', () => {
		for (const groups of Object.values(cdnow.groups)) expect(sum(Object.values(groups))).toBe(23_570);
	});
});

describeEngines('the first customers of CDNOW', (engine) => {
	it('are scored by the lines of all of them as in the reference', async () => {
		const text = await readFile(new URL('../fixtures/cdnow/master.txt', import.meta.url), 'utf8');
		const records = text.trim().split('\n').slice(1);
		const rows = records.map((line) => {
			const [customer = '', date = '', , money = ''] = line.trim().split(/\s+/);
			return [String(Number(customer)), date.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'), money];
		});
		const columns = { customer: 'customer', date: 'date', amount: 'money' } as const;
		const source = makeSource(['customer', 'date', 'money'], columns);
		// An order of nothing counts as one, as in the reference.
		const cleaned = await cleanRows(engine(), [{ source, rows }], { price_not_positive: false });
		await runFeatures(stepContext(engine()), { ...DEFAULT_FEATURES, asOf: cdnow.asOf }, cleaned);
		const cutPoints = cdnow.thresholds;
		const order = { from: FEATURES, into: SCORED, params: paramsOf('quintiles'), hasAmount: true, cutPoints };
		await scoreTable(engine(), order, signal);
		const scored = await engine().rows<Record<string, string | number>>(sql`
			SELECT customer_id::INTEGER AS id, recency_days::INTEGER AS recency, frequency::INTEGER AS frequency,
				round(monetary_total, 2)::DOUBLE AS money, r_score::INTEGER AS r, f_score::INTEGER AS f,
				m_score::INTEGER AS m, rfm_group::VARCHAR AS "group"
			FROM features.customers JOIN segment.scored USING (idx) ORDER BY idx LIMIT ${cdnow.customers.length}`);
		expect(scored.map((row) => Object.values(row))).toEqual(cdnow.customers);
	});
});
