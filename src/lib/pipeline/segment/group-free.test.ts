import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded, type Random } from '#lib/core/random.ts';
import { chooseClusterCount } from './choose-count.ts';
import type { Recommendation } from './schema.ts';
import { stability, summarizeStability } from './stability.ts';
import { sweep } from './sweep.ts';

const ROWS = 500;
const SEEDS = [1, 2, 3, 4];
const LONG_MS = 300_000;

/** The number that is recommended, as the app does it. */
async function recommend(data: Matrix, seed: number): Promise<Recommendation> {
	const { signal } = new AbortController();
	const shared = { data, categories: [], method: 'kmeans', options: {}, seed };
	const scale = { scaling: 'standard', scaler: null, componentShare: null } as const;
	const counts = { clusterCounts: [2, 3, 4, 5, 6, 7, 8], initCount: 10 };
	const { fits, scaler } = await sweep({ ...shared, ...scale, ...counts }, signal, () => undefined);
	const resamples = Array.from({ length: 20 }, (_, i) => i);
	return chooseClusterCount(
		fits.map(({ candidate }) => candidate),
		async (k) => {
			const labels = fits.find(({ candidate }) => candidate.k === k)?.labels ?? new Uint8Array(0);
			const input = { ...shared, scaler, projection: null, labels, clusterCount: k, resamples };
			return summarizeStability(await stability(input, signal, () => undefined), resamples.length);
		},
		{ customers: data.rowCount }
	);
}

function normal(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function table(rowOf: () => readonly number[]): Matrix {
	const rows = Array.from({ length: ROWS }, rowOf);
	return fromColumns((rows[0] ?? []).map((_, c) => rows.map((row) => row[c] ?? 0)));
}

/** Round clouds whose middles are five deviations apart at least. */
function planted(clusterCount: number, seed: number): Matrix {
	const random = seeded(100 * seed + clusterCount);
	const middles: (readonly [number, number])[] = [];
	while (middles.length < clusterCount) {
		const [x, y] = [random() * 20, random() * 20];
		if (middles.every(([a, b]) => Math.hypot(a - x, b - y) >= 5)) middles.push([x, y]);
	}
	return table(() => {
		const [x, y] = middles[Math.floor(random() * clusterCount)] ?? [0, 0];
		return [x + normal(random), y + normal(random)];
	});
}

const STRUCTURELESS: Readonly<Record<string, (random: Random) => readonly number[]>> = {
	'a uniform cube': (random) => [random(), random(), random()],
	'one normal cloud': (random) => {
		const x = normal(random);
		return [x, 0.7 * x + 0.7 * normal(random), normal(random)];
	},
	'one ridge': (random) => {
		const x = normal(random);
		return [x, x + 0.1 * normal(random), 0.1 * normal(random) - x];
	},
	'heavy tails': (random) => [Math.exp(normal(random)), Math.exp(normal(random)), Math.exp(normal(random))],
	'tails that come together': (random) => {
		const spread = Math.hypot(normal(random), normal(random), normal(random));
		return [normal(random) / spread, normal(random) / spread, normal(random) / spread];
	},
	'a disc': (random) => onCircle(2 * Math.PI * random(), Math.sqrt(random())),
	'half a circle': (random) => onCircle(Math.PI * random(), 1 + 0.05 * normal(random)),
	'orders that grow fewer with the days': (random) => {
		const days = Math.floor(365 * random());
		const orders = 1 + Math.floor(-8 * Math.exp(-days / 100) * Math.log(1 - random()));
		return [days, Math.log(orders), Math.log(orders) + 0.5 * normal(random)];
	}
};

function onCircle(angle: number, radius: number): readonly number[] {
	return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

describe('the recommended number', () => {
	it(
		'is the planted one for 2 to 6 groups, in at least nine of ten',
		async () => {
			const wrong: string[] = [];
			for (const clusterCount of [2, 3, 4, 5, 6]) {
				for (const seed of SEEDS) {
					const { k, reason } = await recommend(planted(clusterCount, seed), seed);
					if (k !== clusterCount) wrong.push(`${clusterCount}, seed ${seed}: ${k} (${reason})`);
				}
			}
			expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(2);
		},
		LONG_MS
	);
	it(
		'is of no groups where there are none, in at least nine of ten',
		async () => {
			const wrong: string[] = [];
			for (const [name, rowOf] of Object.entries(STRUCTURELESS)) {
				for (const seed of SEEDS) {
					const random = seeded(seed);
					const { k, reason } = await recommend(
						table(() => rowOf(random)),
						seed
					);
					if (reason !== 'no-groups') wrong.push(`${name}, seed ${seed}: ${k} (${reason})`);
				}
			}
			expect(wrong.length, wrong.join('; ')).toBeLessThanOrEqual(1);
		},
		LONG_MS
	);
});
