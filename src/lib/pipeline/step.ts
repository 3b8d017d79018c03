import type { OnProgress } from '#lib/core/progress.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { Compute } from './compute.ts';

/** What every step is given besides its parameters. No clock and no unseeded randomness: `asOf` and `seed` are parameters. */
export interface StepContext {
	readonly engine: Engine;
	readonly compute: Compute;
	readonly signal: AbortSignal;
	readonly onProgress: OnProgress;
}
