/** A seeded source of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * mulberry32: a 32-bit generator with period 2^32, ample for choosing starts and resamples.
 * The same seed gives the same numbers on every machine.
 */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** A seed derived from another and a number, so that independent jobs have independent streams. */
export function deriveSeed(seed: number, stream: number): number {
	return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35)) >>> 0;
}

/** A whole number from 0 to `bound` − 1. */
export function below(random: Random, bound: number): number {
	return Math.floor(random() * bound);
}

/** `count` different whole numbers below `bound`, ascending (partial Fisher–Yates). */
export function sampleWithoutReplacement(random: Random, count: number, bound: number): Int32Array {
	const pool = Int32Array.from({ length: bound }, (_, i) => i);
	const size = Math.min(count, bound);
	for (let i = 0; i < size; i += 1) {
		const j = i + below(random, bound - i);
		const picked = pool[j] as number;
		pool[j] = pool[i] as number;
		pool[i] = picked;
	}
	return pool.slice(0, size).sort();
}
