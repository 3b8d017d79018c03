import { openAsBlob } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '#lib/engine/engine.ts';
import { describeAudience } from '#lib/pipeline/export/audience.ts';
import { toBlob } from '#lib/pipeline/export/csv.ts';
import { preparedFileName, renderRecipeSql } from '#lib/pipeline/export/recipe-sql.ts';
import { renderSegmentsCsv } from '#lib/pipeline/export/segments-csv.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import type { LoadOptions } from '#lib/pipeline/import/load.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { emptyRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { Runner, type StageValues } from '#lib/recipe/runner.ts';
import { joinSeries } from '#lib/recipe/series.ts';

const idle = { signal: new AbortController().signal, onProgress: () => undefined };

/** What a run of a recipe gives away, and its values by stage. */
export interface ScriptedRun {
	readonly script: string;
	/** `segments.csv`. */
	readonly segments: string;
	readonly recipe: Recipe;
	readonly values: StageValues;
}

/** The files of a run: `name` is what the first one is called. */
export interface ScriptedFiles {
	readonly paths: readonly string[];
	readonly name?: string;
	readonly options?: LoadOptions;
}

/** Runs a recipe on files, and gives its script and its `segments.csv`. What was only left open is settled before. */
export async function runScripted(
	engine: Engine,
	{ paths, name = 'orders.csv', options = {} }: ScriptedFiles,
	change: (recipe: Recipe) => Recipe = (recipe) => recipe
): Promise<ScriptedRun> {
	const blobs = await Promise.all(paths.map((one) => openAsBlob(one)));
	const inspected = await Promise.all(
		blobs.map((blob, i) => inspectFile({ name: i === 0 ? name : `more${i}.csv`, blob }))
	);
	const found = joinSeries(
		inspected.map(({ source }, i) => ({ id: `s${i + 1}`, ...source })),
		[]
	);
	const fileOf = async ({ id }: { id: string }) => ({ blob: blobs[Number(id.slice(1)) - 1] as Blob });
	const runner = new Runner(engine, localCompute, options);
	await runner.reset();
	const planned = change({ ...emptyRecipe('Test'), import: { sources: found } });
	const sources: Recipe['import']['sources'] = [];
	for (const source of planned.import.sources) {
		sources.push(await runner.settle(source, fileOf, idle.signal, idle.onProgress, planned.clean.repairs));
	}
	const recipe = { ...planned, import: { sources } };
	const collected: Partial<StageValues> = {};
	await runner.run(recipe, fileOf, idle.signal, {
		onProgress: idle.onProgress,
		onStage: (event) => {
			if (event.state === 'done') Object.assign(collected, { [event.stage]: event.value });
			if (event.state === 'failed' && event.stage !== 'clustering') throw event.error;
		}
	});
	const values = collected as StageValues;
	const { import: loaded, clean, features } = values;
	const result = collected.clustering?.result ?? null;
	const folder = await mkdtemp(join(tmpdir(), 'scripted-'));
	const files = await Promise.all(
		loaded.map(async ({ prepared }, i): Promise<[string, string]> => {
			if (prepared === null) return [`s${i + 1}`, paths[i] as string];
			const copy = join(folder, `${i}-${preparedFileName('orders.csv')}`);
			await writeFile(copy, prepared.stream());
			return [`s${i + 1}`, copy];
		})
	);
	const script = await renderRecipeSql(
		{ engine, compute: localCompute, ...idle },
		{
			recipe,
			sources: loaded.map((source) => source.result),
			clean,
			features,
			clustering: result,
			facts: {
				params: recipe.segment,
				featureParams: recipe.features,
				features,
				library: values.library,
				rfm: values.rfm,
				clustering: result,
				queries: recipe.queries,
				queryResults: values.queries
			},
			fileNames: new Map(files)
		}
	);
	const audience = describeAudience(clean, features, result, recipe.segment.names);
	const segments = await toBlob(renderSegmentsCsv({ engine, signal: idle.signal }, audience));
	return { script, segments: await segments.text(), recipe, values };
}
