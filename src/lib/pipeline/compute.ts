import type { OnProgress } from '#lib/core/progress.ts';
import type {
	Components,
	ComponentsInput,
	KnnImputeInput,
	KnnImputeOutput,
	Look,
	LookInput,
	PerturbationInput,
	PerturbationOutput,
	PowerFit,
	PowerInput,
	Silhouettes,
	SilhouettesInput,
	Similarities,
	StabilityInput,
	SweepInput,
	SweepOutput
} from './segment/compute.ts';
import type { ImportanceInput, ImportanceOutput } from './segment/drivers/schema.ts';
import type {
	DistinctInput,
	DistinctValue,
	Neighbours,
	NeighboursInput,
	RuleTree,
	RuleTreeInput
} from './validate/explain/compute.ts';

/** Heavy work: plain data in and out, so that it can be done in a worker. Rejects when aborted. */
export type Task<Input, Output> = (
	input: Input,
	signal: AbortSignal,
	onProgress: OnProgress
) => Promise<Output>;

/** The heavy numbers: in the page Web Workers behind Comlink, headless the same functions called directly. */
export interface Compute {
	/** The clusterings of several numbers of segments, with their indices. */
	readonly sweep: Task<SweepInput, SweepOutput>;
	/** How well each cluster comes back when the customers are drawn again. */
	readonly stability: Task<StabilityInput, Similarities>;
	/** How well each cluster comes back after changes that should not matter. */
	readonly perturbation: Task<PerturbationInput, PerturbationOutput>;
	/** How much nearer each customer is to the own cluster than to the next. */
	readonly silhouettes: Task<SilhouettesInput, Silhouettes>;
	/** What a quick look at customers tells, by which a method is advised. */
	readonly look: Task<LookInput, Look>;
	readonly components: Task<ComponentsInput, Components>;
	readonly imputeKnn: Task<KnnImputeInput, KnnImputeOutput>;
	readonly powerFit: Task<PowerInput, PowerFit>;
	/** How well columns tell an outcome, each alone and all together. */
	readonly importance: Task<ImportanceInput, ImportanceOutput>;
	/** A small tree of rules that tells clusters apart. */
	readonly ruleTree: Task<RuleTreeInput, RuleTree>;
	/** How far clusters lie from everyone else: per column, then per cluster. */
	readonly distinct: Task<DistinctInput, readonly (readonly DistinctValue[])[]>;
	/** The cluster that each customer is nearest to besides their own. */
	readonly neighbours: Task<NeighboursInput, Neighbours>;
}

/** Every task of `Compute`. */
export type TaskName = keyof Compute;
export const TASKS = [
	'sweep',
	'stability',
	'perturbation',
	'silhouettes',
	'look',
	'components',
	'imputeKnn',
	'powerFit',
	'importance',
	'ruleTree',
	'distinct',
	'neighbours'
] as const satisfies readonly TaskName[];
