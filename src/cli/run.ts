import { resolve } from 'node:path';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { assertNotBlocked } from '#lib/pipeline/clean/repairs/blocking.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';
import { Runner, type FileOf } from '#lib/recipe/runner.ts';
import { changesFiles, readEarlierRun } from './changes.ts';
import { openFiles, type OrderFile } from './open-files.ts';
import { makeOutFolder } from './out-folder.ts';
import { openTables } from './open-tables.ts';
import type { Options } from './options.ts';
import { writeOutputs } from './outputs.ts';
import { makePassports } from './passports.ts';
import { runPipeline } from './pipeline.ts';
import { planRecipe } from './plan.ts';
import { summarize } from './summary.ts';

/**
 * Runs the pipeline on the files of the options and writes its results into the folder `out`.
 * Relative paths start at `folder`. The answer is a summary for people. No file is written before all stages are done.
 * @throws `export.blocked` when a rule holds files of customers back; what tells of the run is written all the same
 */
export async function runSegment(
	options: Options,
	folder: string,
	onProgress: (what: string) => void
): Promise<string> {
	const startedMs = performance.now();
	const paths = [...options.files, ...options.newer];
	const opened = await openFiles(paths, folder);
	const tables = [
		...(await openTables(opened.slice(0, options.files.length))),
		...(await openTables(opened.slice(options.files.length), true))
	];
	const files = tables.map(({ file }) => file);
	const recipe = await planRecipe(options, tables, folder);
	// Read first: the results may go to the same folder.
	const earlier = options.since === null ? null : await readEarlierRun(options.since, folder);
	const out = await makeOutFolder(resolve(folder, options.out));
	const engine = await openNativeEngine();
	try {
		const runner = new Runner(engine, localCompute);
		const outcome = await runPipeline(runner, recipe, fileFinder(recipe, files), onProgress);
		onProgress('Testing the segments');
		const made = await makePassports(runner, outcome);
		onProgress('Writing');
		const compared = earlier && (await changesFiles(engine, outcome, earlier));
		const further = compared?.files ?? [];
		const written = await writeOutputs({ engine, files, out, startedMs, further, made }, outcome);
		assertNotBlocked(outcome.recipe.clean.repairs, outcome.clean.repairs);
		return summarize(
			{ ...outcome, changes: compared?.changes ?? null, passports: made.passports },
			out,
			written
		);
	} finally {
		await engine.close();
	}
}

function fileFinder(recipe: Recipe, files: readonly OrderFile[]): FileOf {
	return async ({ id }) => {
		const file = files[recipe.import.sources.findIndex((source) => source.id === id)];
		if (!file) throw new RangeError(`unknown source: ${id}`);
		return file.file;
	};
}
