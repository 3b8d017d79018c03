import { describe, expect, it, vi } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { DEFAULT_VALIDATE } from '#lib/pipeline/validate/schema.ts';
import { Turns } from '../segments/background-answer.svelte.ts';
import { Passports } from './passports.svelte.ts';

type Parts = ConstructorParameters<typeof Passports>;

const profile = (cluster: number, isNoise = false) => ({
	...{ cluster, autoName: `Auto ${cluster}`, customers: 300, silhouette: 0.5, isNoise },
	stability: { cluster, jaccard: 0.95, low: 0.9, high: 1, resamples: 20 }
});

/** A session of two natural segments, one of them of people of no group, whose engine answers like this. */
function setUp(rows: () => Promise<unknown[]>) {
	const result = {
		...{ method: 'dbscan', clusterCount: 2, seed: 1, features: [], scaler: {}, projection: null },
		recommendation: { k: 2, reason: 'found', runnerUp: null, refused: [] },
		profiles: [profile(0), profile(1, true)]
	};
	const kind = { similarities: [[0.9], [0.9]], agreement: [1] };
	const disturb = vi.fn(() => Promise.resolve({ noise: kind, subsample: kind, seed: kind, rows: 600 }));
	const onFailure = vi.fn();
	const session = {
		...{ busy: false, isRunning: false, finish: vi.fn(), events: { onFailure } },
		features: { asOf: '2024-03-01', customers: 600, revenue: null, features: [] },
		library: { features: [] },
		rfm: { table: [] },
		clustering: { result, labels: new Uint8Array(600), data: fromColumns([new Float64Array(600)]) },
		own: { segments: [] },
		queries: [],
		recipe: {
			validate: DEFAULT_VALIDATE,
			features: {},
			segment: { names: {}, own: { segments: [] }, clustering: { options: {} } },
			queries: []
		},
		runner: { engine: { rows }, compute: { perturbation: disturb } },
		format: createFormat('en-GB')
	};
	const overTime = {
		...{ past: new Map(), naturalWanted: null, pastWanted: null },
		lookBack: () => Promise.resolve()
	};
	const passports = new Passports(
		session as unknown as Parts[0],
		new Turns(new Set()),
		overTime as unknown as Parts[2]
	);
	return { passports, disturb, onFailure };
}

const { signal } = new AbortController();

describe('the grades for a file', () => {
	it('are those of passports, which are made first', async () => {
		// Of all questions, only that of people has rows with a place: the first segment has ten people.
		const { passports, disturb, onFailure } = setUp(() =>
			Promise.resolve([{ place: 0, customers: 10, revenue: 0, withContact: 0, agreed: 0, buyers: 5 }])
		);
		// Until every test is done nothing is told to be one to trust; what is bad is told at once.
		expect(['cluster:2:0', 'cluster:2:1'].map((ref) => passports.gradeOf(ref)?.grade)).toEqual([
			'testing',
			'stop'
		]);
		expect([passports.all, passports.isTested]).toEqual([null, false]);
		const grades = await passports.grades(signal);
		expect(onFailure.mock.calls).toEqual([]);
		expect(grades.get('cluster:2:0')).toBe('few');
		expect(passports.all?.map(({ natural }) => natural?.disturbed?.noise)).toEqual([0.9, 0.9]);
		expect([passports.wanted, passports.isTested]).toEqual([null, true]);
		expect(passports.gradeOf('cluster:2:0')?.grade).toBe('few');
		await passports.grades(signal);
		expect(disturb).toHaveBeenCalledTimes(1);
	});
	it('are what the search told where passports cannot be made, which is said once', async () => {
		const { passports, onFailure } = setUp(() => Promise.reject(new Error('no engine')));
		for (let i = 0; i < 2; i += 1) {
			const grades = await passports.grades(signal);
			expect([...grades]).toEqual([
				['cluster:2:0', 'trust'],
				['cluster:2:1', 'stop']
			]);
		}
		expect(onFailure).toHaveBeenCalledTimes(1);
		expect([passports.all, passports.wanted]).toEqual([null, null]);
		expect(passports.gradeOf('cluster:2:0')?.grade).toBe('trust');
	});
	it('are not told to who has stopped waiting', async () => {
		const { passports } = setUp(() => Promise.resolve([]));
		await expect(passports.grades(AbortSignal.abort())).rejects.toThrow();
	});
});
