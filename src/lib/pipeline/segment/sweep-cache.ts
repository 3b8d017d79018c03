import type { SegmentStability } from './schema.ts';
import type { SweepOutput } from './compute.ts';

/** A sweep, and the stabilities that have been computed on it. */
export interface KeptSweep {
	readonly output: SweepOutput;
	/** By number of segments. */
	readonly stabilities: Map<number, readonly SegmentStability[]>;
}

/** Sweeps kept: what is on screen, and a few to come back to by undo. Each holds nine labelings. */
const CAPACITY = 4;

/** The last sweeps by what they depend on, so that another number of segments needs no new one. */
export class SweepCache {
	readonly #kept = new Map<string, KeptSweep>();

	get(key: string): KeptSweep | undefined {
		const kept = this.#kept.get(key);
		if (kept !== undefined) this.#touch(key, kept);
		return kept;
	}

	/** Keeps a sweep; the one unused for longest goes when there are too many. */
	keep(key: string, output: SweepOutput): KeptSweep {
		const kept: KeptSweep = { output, stabilities: new Map() };
		this.#touch(key, kept);
		const oldest = this.#kept.keys().next().value;
		if (this.#kept.size > CAPACITY && oldest !== undefined) this.#kept.delete(oldest);
		return kept;
	}

	clear(): void {
		this.#kept.clear();
	}

	#touch(key: string, kept: KeptSweep): void {
		this.#kept.delete(key);
		this.#kept.set(key, kept);
	}
}
