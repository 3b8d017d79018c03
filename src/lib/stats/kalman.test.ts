import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '#lib/core/random.ts';
import oracle from '../../../tests/oracle/kalman.json' with { type: 'json' };
import { fitLocalLevel, movesOf } from './kalman.ts';

/** Numbers of the standard normal distribution (Box and Muller 1958). */
function normals(seed: number): () => number {
	const random = seeded(seed);
	return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

describe('fitLocalLevel', () => {
	it.each(oracle)('agrees with the textbook recursions on $name', (series) => {
		const values = series.values.map((value) => value ?? NaN);
		const fit = fitLocalLevel(values)!;
		expect(fit.logLikelihood).toBeCloseTo(series.logLikelihood, 6);
		expect(Math.abs(fit.noiseVariance / series.noiseVariance - 1)).toBeLessThan(1e-4);
		expect(Math.abs(fit.stepVariance / series.stepVariance - 1)).toBeLessThan(1e-4);
		series.levels.forEach((level, at) => {
			if (level === null) expect(fit.levels[at]).toBeNaN();
			else expect(Math.abs(fit.levels[at]! / level - 1)).toBeLessThan(1e-5);
		});
		series.errors.forEach((error, at) => {
			if (error !== null) expect(Math.abs(fit.errors[at]! / error - 1)).toBeLessThan(1e-4);
		});
	});

	it('finds the printed variances of the Nile', () => {
		const fit = fitLocalLevel(oracle[0]!.values as number[])!;
		expect(Math.round(fit.noiseVariance)).toBe(15099);
		expect(fit.stepVariance).toBeCloseTo(1469.1, 0);
	});

	it('needs three known values', () => {
		expect(fitLocalLevel([1, 2])).toBeNull();
		expect(fitLocalLevel([1, NaN, 2, NaN])).toBeNull();
		expect(fitLocalLevel([1, NaN, 2, 4])).not.toBeNull();
	});

	it('is exact for a constant series', () => {
		const fit = fitLocalLevel([5, 5, 5, 5])!;
		expect([fit.noiseVariance, fit.stepVariance, fit.logLikelihood]).toEqual([0, 0, Infinity]);
		expect([...fit.levels, ...fit.errors]).toEqual([5, 5, 5, 5, 0, 0, 0, 0]);
	});

	it('moves and stretches with the values', () => {
		const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 20 });
		fc.assert(
			fc.property(series, fc.integer({ min: -500, max: 500 }), (values, shift) => {
				const fit = fitLocalLevel(values)!;
				const moved = fitLocalLevel(values.map((value) => 4 * value + shift))!;
				const size = 1 + Math.max(...values.map(Math.abs));
				fit.levels.forEach((level, at) =>
					expect(Math.abs(moved.levels[at]! - 4 * level - shift)).toBeLessThan(1e-3 * size)
				);
			}),
			{ seed: 8, numRuns: 60 }
		);
	});
});

describe('movesOf', () => {
	it('marks a planted step within two values, and which way it went', () => {
		for (const [step, way] of [
			[5, 'up'],
			[-5, 'down']
		] as const) {
			let found = 0;
			for (let seed = 1; seed <= 100; seed += 1) {
				const noise = normals(seed);
				const values = Array.from({ length: 12 }, (_, at) => 100 + noise() + (at >= 8 ? step : 0));
				if (movesOf(values).slice(8, 10).includes(way)) found += 1;
			}
			expect(found).toBeGreaterThanOrEqual(95);
		}
	});

	it('marks few values of a level that is steady, and of one that wanders', () => {
		for (const wander of [0, 0.5]) {
			let [marked, all] = [0, 0];
			for (let seed = 1; seed <= 100; seed += 1) {
				const noise = normals(1000 + seed);
				let level = 50;
				const values = Array.from({ length: 12 }, () => (level += wander * noise()) + noise());
				const moves = movesOf(values).slice(3);
				marked += moves.filter((move) => move !== null).length;
				all += moves.length;
			}
			expect(marked / all).toBeLessThan(0.05);
		}
	});

	it('says nothing before the fourth known value', () => {
		expect(movesOf([1, 1, 1])).toEqual([null, null, null]);
		expect(movesOf([1, 1, 900, 1]).slice(0, 3)).toEqual([null, null, null]);
		expect(movesOf([1, NaN, 1, 1, 9])).toEqual([null, null, null, null, 'up']);
	});
});
