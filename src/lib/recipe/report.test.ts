import { NO_JOINS } from '#lib/pipeline/clean/schema.ts';
import { describe, expect, it } from 'vitest';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { ClusteringResult, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { DEFAULT_OWN, type OwnParams } from '#lib/pipeline/segment/own/schema.ts';
import { buildReport, Report } from './report.ts';

const clean: CleanResult = {
	sources: [
		{
			id: 's1',
			kind: 'orders',
			fileName: 'orders.csv',
			rowsRead: 10,
			rowsLoaded: 7,
			rowsSetAside: 3,
			reasons: [
				{ reason: 'unreadable', count: 1 },
				{ reason: 'cancelled', count: 2 }
			],
			oldest: '2023-03-01',
			newest: '2024-02-01'
		}
	],
	rowsRead: 10,
	rowsLoaded: 7,
	rowsSetAside: 3,
	reasons: [],
	repairs: [],
	operations: [],
	tables: { profiles: 0, events: 0, sends: 0, campaigns: 0, answers: 0, places: 0 },
	identity: NO_JOINS,
	customers: 4,
	orders: 7,
	revenue: 100,
	hasAmount: true,
	firstOrder: '2024-01-01',
	lastOrder: '2024-02-01',
	currencies: [],
	contactRoles: []
};

const features: FeatureResult = {
	asOf: '2024-02-02',
	customers: 4,
	orders: 7,
	revenue: 100,
	ordersAfter: 0,
	features: []
};

const rfm: RfmResult = {
	scheme: 'quintiles',
	levels: 5,
	axes: ['r', 'f'],
	table: [],
	cutPoints: { recencyDays: [1, 2, 3, 4], frequency: [1, 1, 2, 3], monetaryTotal: null },
	groups: [
		{ id: 'champion', name: 'Champions', meaning: 'Best.', advice: 'Thank.', customers: 3, revenue: 90 },
		{ id: 'loyal', name: 'Loyal', meaning: 'Good.', advice: 'Ask.', customers: 1, revenue: 10 }
	],
	cells: []
};

const stability = { jaccard: 0.9, low: 0.8, high: 1, resamples: 20 };
const profile = {
	customers: 2,
	revenue: 50,
	silhouette: 0.5,
	centroid: [0],
	values: [],
	isNoise: false,
	modes: []
};

const unknown = { dunn: null, gap: null, bic: null, chance: null, saddle: null };
const clustering: ClusteringResult = {
	method: 'kmeans',
	features: ['recency_days'],
	categories: [],
	assignment: { kind: 'nearest', gamma: 0 },
	scaler: { scaling: 'standard', centers: [0], scales: [1], lambdas: null },
	projection: null,
	seed: 1,
	candidates: [
		{
			k: 2,
			inertia: 5,
			silhouette: 0.5,
			calinskiHarabasz: 10,
			daviesBouldin: 0.4,
			...unknown,
			sizes: [2, 2]
		},
		{
			k: 3,
			inertia: 4,
			silhouette: 0.4,
			calinskiHarabasz: 9,
			daviesBouldin: 0.6,
			dunn: 0.2,
			gap: { value: 0.3, error: 0.01 },
			bic: 120,
			chance: 0.45,
			saddle: 0.3,
			sizes: [2, 1, 1]
		}
	],
	recommendation: {
		k: 2,
		reason: 'only-two-hold',
		runnerUp: null,
		refused: [{ k: 3, because: 'chance', value: 0.45 }]
	},
	clusterCount: 2,
	inertia: 5,
	silhouette: 0.5,
	silhouetteSample: 4,
	profiles: [0, 1].map((cluster) => ({
		...profile,
		cluster,
		autoName: `Auto ${cluster}`,
		stability: { ...stability, cluster }
	}))
};

const rest = {
	names: { '2:1': 'Mine', '3:0': 'Of another k' },
	ownParams: {
		...DEFAULT_OWN,
		segments: [
			{ kind: 'sql', id: 'g1', name: 'Some', sql: 'SELECT 1' },
			{ kind: 'sql', id: 'g2', name: 'Others', sql: 'SELECT 2' }
		]
	} satisfies OwnParams,
	own: {
		segments: [
			{ id: 'g1', customers: 3, revenue: 5, problem: null, notFound: 0 },
			{ id: 'g2', customers: 0, revenue: null, problem: 'No customer_id.', notFound: 0 }
		],
		assigned: [],
		yours: { customers: 3, reached: 0 },
		reach: [{ segment: 'own:g1', customers: 3, active: 2 }]
	},
	grades: new Map([
		['group:champion', 'care'],
		['cluster:2:0', 'trust'],
		['own:g1', 'stop']
	] as const),
	versions: { pomelo: '0.1.0', engine: 'v1.4.3' },
	timingsMs: { import: 12.5, total: 20 }
};

describe('buildReport', () => {
	it('says all of a run in snake case', () => {
		const report = buildReport({ clean, features, rfm, clustering, ...rest });
		expect(report).toEqual({
			sources: [
				{
					file: 'orders.csv',
					rows_read: 10,
					rows_loaded: 7,
					rows_set_aside: 3,
					reasons: { unreadable: 1, cancelled: 2 },
					newest_record: '2024-02-01'
				}
			],
			as_of: '2024-02-02',
			customers: 4,
			rfm: {
				scheme: 'quintiles',
				cut_points: { recency_days: [1, 2, 3, 4], frequency: [1, 1, 2, 3], monetary_total: null },
				groups: [
					{ id: 'champion', name: 'Champions', customers: 3, revenue: 90, share: 0.75, grade: 'care' },
					{ id: 'loyal', name: 'Loyal', customers: 1, revenue: 10, share: 0.25, grade: null }
				]
			},
			clustering: {
				method: 'kmeans',
				features: ['recency_days'],
				scaling: 'standard',
				components: null,
				k: 2,
				seed: 1,
				inertia: 5,
				silhouette: 0.5,
				recommendation: {
					k: 2,
					reason: 'only-two-hold',
					runner_up: null,
					refused: [{ k: 3, because: 'chance', value: 0.45 }]
				},
				candidates: [
					{
						k: 2,
						inertia: 5,
						silhouette: 0.5,
						calinski_harabasz: 10,
						davies_bouldin: 0.4,
						dunn: null,
						gap: null,
						gap_error: null,
						bic: null,
						chance: null,
						saddle: null
					},
					{
						k: 3,
						inertia: 4,
						silhouette: 0.4,
						calinski_harabasz: 9,
						davies_bouldin: 0.6,
						dunn: 0.2,
						gap: 0.3,
						gap_error: 0.01,
						bic: 120,
						chance: 0.45,
						saddle: 0.3
					}
				],
				stability: [
					{ cluster: 0, name: 'Auto 0', jaccard: 0.9, low: 0.8, high: 1, grade: 'trust' },
					{ cluster: 1, name: 'Mine', jaccard: 0.9, low: 0.8, high: 1, grade: null }
				]
			},
			own_segments: [
				{
					id: 'g1',
					name: 'Some',
					kind: 'sql',
					customers: 3,
					revenue: 5,
					active: 2,
					held_back: true,
					grade: 'stop',
					problem: null
				},
				{
					id: 'g2',
					name: 'Others',
					kind: 'sql',
					customers: 0,
					revenue: null,
					active: 0,
					held_back: false,
					grade: null,
					problem: 'No customer_id.'
				}
			],
			versions: { pomelo: '0.1.0', engine: 'v1.4.3' },
			timings_ms: { import: 12.5, total: 20 }
		});
		expect(Report.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
	});

	it('has no clusters when there are too few customers', () => {
		expect(buildReport({ clean, features, rfm, clustering: null, ...rest }).clustering).toBeNull();
	});
});
