import type { AppError } from '#lib/core/errors.ts';
import { readAfterSteps } from '#lib/pipeline/clean/repairs/columns.ts';
import { readingFailure, undecided } from '#lib/pipeline/import/mapping.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';
import type { FileOf, Runner, Stage, StageValues } from '#lib/recipe/runner.ts';

/** Nothing stops a headless run but the end of its process. */
export const RUNNING = new AbortController().signal;

/** What a run of the pipeline gave. `clustering` is null when there are too few different customers for clusters. */
export interface Outcome extends Omit<StageValues, 'clustering'> {
	readonly recipe: Recipe;
	readonly clustering: StageValues['clustering'] | null;
	/** Milliseconds per stage. */
	readonly timingsMs: Record<string, number>;
}

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
	import: 'Reading the files',
	clean: 'Checking every row',
	queries: 'Running saved queries',
	features: 'Describing customers',
	rfm: 'Scoring recency, frequency and spend',
	details: 'Collecting contacts',
	clustering: 'Looking for natural segments',
	library: 'Describing customers further',
	own: 'Asking who is in your segments'
};

/**
 * Runs every stage of a recipe, and says each stage as it starts.
 * @throws what the first stage that fails throws, and `import.date-order-unknown`
 */
export async function runPipeline(
	runner: Runner,
	planned: Recipe,
	fileOf: FileOf,
	onProgress: (what: string) => void
): Promise<Outcome> {
	const timingsMs: Record<string, number> = {};
	const values: Partial<StageValues> = {};
	const failures: { stage: Stage; error: AppError }[] = [];
	let since = performance.now();
	const recipe = await settleReadings(runner, planned, fileOf);
	await runner.run(recipe, fileOf, RUNNING, {
		onProgress: () => undefined,
		onStage: (event) => {
			if (event.state === 'running') onProgress(STAGE_WORDS[event.stage]);
			else if (event.state === 'failed') failures.push(event);
			else {
				Object.assign(values, { [event.stage]: event.value });
				timingsMs[event.stage] = performance.now() - since;
				since = performance.now();
			}
		}
	});
	const [failure] = failures;
	if (failure && !isTooFewForAuto(failure.error, recipe)) throw failure.error;
	const { clustering = null, ...others } = values as StageValues;
	return { ...others, clustering, recipe, timingsMs };
}

/** Scores and groups need no clusters: too few customers stop the run only when a number of clusters was asked for. */
function isTooFewForAuto(error: AppError, recipe: Recipe): boolean {
	return error.code === 'segment.too-few-customers' && recipe.segment.clustering.clusterCount === 'auto';
}

/**
 * The recipe with every date order and decimal mark settled by all values of the files.
 * @throws `import.date-order-unknown` and `import.decimal-mark-unknown` when they cannot tell,
 * `import.date-format-unknown` when none is a date
 */
async function settleReadings(runner: Runner, recipe: Recipe, fileOf: FileOf): Promise<Recipe> {
	const sources: SourceParams[] = [];
	for (const source of recipe.import.sources) {
		const { repairs } = recipe.clean;
		const settled = await runner.settle(source, fileOf, RUNNING, () => undefined, repairs);
		const read = readAfterSteps(settled, repairs);
		if (undecided(read).length > 0) throw await readingFailure(runner.engine, read, RUNNING);
		sources.push(settled);
	}
	return { ...recipe, import: { sources } };
}
