import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { id, sql } from '#lib/engine/sql.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { detectableRate } from '#lib/stats/detectable-rate.ts';
import { wilson } from '#lib/stats/wilson.ts';
import type { ClusteringResult } from '../../segment/schema.ts';
import { DEFAULT_VALIDATE } from '../schema.ts';
import { collectPassports, type PassportRequest } from './passports.ts';

const { signal } = new AbortController();
const COUNT = 200;
const rows = Array.from({ length: COUNT }, (_, i) => i);

const features = {
	asOf: '2024-03-01',
	customers: COUNT,
	orders: COUNT,
	revenue: COUNT * 10,
	ordersAfter: 0,
	features: ['monetary_total'].map((id) => ({ id, available: true, isSensitive: false }))
} as unknown as FeatureResult;

const clustering = {
	clusterCount: 2,
	seed: 3,
	features: ['monetary_total'],
	recommendation: { k: 2, reason: 'clearest', runnerUp: null, refused: [] },
	profiles: [0, 1].map((cluster) => ({
		cluster,
		silhouette: 0.5,
		isNoise: false,
		stability: { cluster, jaccard: 0.9, low: 0.8, high: 1, resamples: 20 }
	}))
} as unknown as ClusteringResult;

describeEngines('passports', (engine) => {
	beforeAll(async () => {
		for (const schema of ['features', 'clean', 'segment'])
			await engine().exec(sql`CREATE SCHEMA IF NOT EXISTS ${id(schema)}`);
		const customerId = rows.map((i) => `c${i}`);
		await engine().insert('features', 'customers', {
			idx: Int32Array.from(rows),
			customer_id: customerId,
			monetary_total: new Float64Array(COUNT).fill(10)
		});
		await engine().insert('segment', 'members', {
			idx: Int32Array.from(rows),
			cluster: Int32Array.from(rows, (i) => (i < 150 ? 0 : 1))
		});
		// Everybody has an email but every tenth; every second agreed; the last ten agreed to text messages.
		await engine().insert('clean', 'raw_people', {
			customer_id: customerId,
			email: rows.map((i) => (i % 10 === 0 ? '' : `c${i}@example.org`)),
			phone: rows.map((i) => (i >= 190 ? '+44' : '')),
			email_consent: rows.map((i) => (i % 2 === 0 ? 'subscribed' : 'unsubscribed')),
			sms_consent: rows.map((i) => (i >= 190 ? 'subscribed' : ''))
		});
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.people AS
			SELECT customer_id, nullif(email, '') AS email, nullif(phone, '') AS phone,
				email_consent, nullif(sms_consent, '') AS sms_consent
			FROM clean.raw_people`);
		// All ordered in January; those below 60 again in February; two came new in February.
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.orders AS
			SELECT customer_id, TIMESTAMP '2024-01-15 10:00:00' AS ordered_at, FALSE AS is_return FROM clean.raw_people
			UNION ALL SELECT customer_id, TIMESTAMP '2024-02-20 10:00:00', FALSE
			FROM features.customers WHERE idx < 60
			UNION ALL SELECT 'new' || idx, TIMESTAMP '2024-02-21 10:00:00', FALSE
			FROM features.customers WHERE idx < 2
			UNION ALL SELECT customer_id, TIMESTAMP '2024-02-22 10:00:00', TRUE FROM features.customers`);
	});

	const request = (change: Partial<PassportRequest> = {}): PassportRequest => ({
		params: DEFAULT_VALIDATE,
		features,
		library: [],
		segments: [
			{ ref: 'cluster:2:0', name: 'Many', members: sql`SELECT idx FROM segment.members WHERE cluster = 0` },
			{ ref: 'cluster:2:1', name: 'Few', members: sql`SELECT idx FROM segment.members WHERE cluster = 1` },
			{ ref: 'own:g1', name: 'Nobody', members: sql`SELECT idx FROM segment.members WHERE cluster = 9` }
		],
		clustering,
		data: fromColumns([new Float64Array(COUNT).fill(10)]),
		perturbation: null,
		past: new Map(),
		hasPeople: true,
		...change
	});

	it('count who is in a segment, their money, and who can be written to', async () => {
		const { facts, fairness } = await collectPassports(engine(), request(), signal);
		expect(facts.map(({ customers, shareOfRevenue }) => [customers, shareOfRevenue])).toEqual([
			[150, 0.75],
			[50, 0.25],
			[0, 0]
		]);
		expect(facts.map(({ reach }) => reach)).toEqual([
			// Of 150, 15 have no email; of the others with an even number 60 agreed.
			{ withContact: 135, agreed: 60, hasContacts: true },
			// Of 50, 5 have no email, one of them has a phone; 20 agreed by email, 6 more by text message.
			{ withContact: 46, agreed: 26, hasContacts: true },
			{ withContact: 0, agreed: 0, hasContacts: true }
		]);
		expect(facts.map(({ natural }) => natural?.silhouette)).toEqual([0.5, 0.5, undefined]);
		expect(fairness).toEqual([]);
	});
	it('take the baseline of the shop, of an earlier day, or what the user says', async () => {
		const shop = await collectPassports(engine(), request(), signal);
		expect(shop.facts[0]?.baseline).toEqual({ rate: wilson(60, 200), from: 'shop' });
		expect(shop.facts[0]?.arms).toEqual([75, 75]);
		expect(shop.facts[0]?.detectable).toBe(
			detectableRate({ baseline: 0.3, control: 75, treated: 75, alpha: 0.05, power: 0.8 })
		);
		const told = { jaccard: 0.8, distance: 0.1, days: ['2024-02-01'], problem: null };
		const past = new Map([['cluster:2:0', { ...told, buyers: wilson(10, 100) }]]);
		const own = await collectPassports(engine(), request({ past }), signal);
		expect(own.facts.map(({ baseline }) => baseline?.from)).toEqual(['own', 'shop', 'shop']);
		expect(own.facts.map(({ overTime }) => overTime)).toEqual([told, null, null]);
		const testing = { ...DEFAULT_VALIDATE.testing, baselineRate: 0.05, holdoutShare: 0.1 };
		const given = await collectPassports(
			engine(),
			request({ params: { ...DEFAULT_VALIDATE, testing } }),
			signal
		);
		expect(given.facts[0]).toMatchObject({ baseline: { from: 'given' }, arms: [15, 135] });
	});
	it('say what small changes did, and what is planned', async () => {
		const kind = { similarities: [[0.8, 1], [0.5]], agreement: [1] };
		const perturbation = { noise: kind, subsample: kind, seed: kind, rows: 200 };
		const params = { ...DEFAULT_VALIDATE, plans: { 'cluster:2:0': 'Thank them' } };
		const { facts } = await collectPassports(engine(), request({ perturbation, params }), signal);
		expect(facts[0]?.natural?.disturbed).toEqual({ noise: 0.9, subsample: 0.9, seed: 0.9 });
		expect(facts[1]?.natural?.disturbed?.noise).toBe(0.5);
		expect(facts.map(({ plan }) => plan)).toEqual(['Thank them', null, null]);
	});
	it('are made before people are collected, and of no segments', async () => {
		const { facts } = await collectPassports(engine(), request({ hasPeople: false }), signal);
		expect(facts.map(({ customers, reach }) => [customers, reach])).toEqual([
			[150, null],
			[50, null],
			[0, null]
		]);
		expect(await collectPassports(engine(), request({ segments: [] }), signal)).toEqual({
			facts: [],
			fairness: []
		});
	});
});
