import type { Engine } from '#lib/engine/engine.ts';
import type { NamedBlob } from '#lib/pipeline/import/byte-source.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';

import { localCompute } from '#lib/pipeline/local-compute.ts';
import type { RuleFacts } from '#lib/pipeline/segment/own/scope.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { joinSeries } from '#lib/recipe/series.ts';
import { Runner, type StageValues } from '#lib/recipe/runner.ts';

/** Runs files through the whole pipeline as the app would, and answers what rules are asked of afterwards. */
export async function runFiles(engine: Engine, files: readonly NamedBlob[]): Promise<RuleFacts> {
	const inspected = await Promise.all(files.map((file) => inspectFile(file)));
	const sources = joinSeries(
		inspected.map(({ source }, i) => ({ id: `s${i + 1}`, ...source })),
		[]
	);
	const recipe = { ...emptyRecipe('Made'), import: { sources } };
	const values = await stageValues(engine, recipe, files);
	const { features, library, rfm, clustering } = values;
	if (!features || !library || !rfm) throw new Error('the run did not end');
	return {
		params: recipe.segment,
		featureParams: recipe.features,
		features,
		library,
		rfm,
		clustering: clustering?.result ?? null,
		queries: recipe.queries,
		queryResults: []
	};
}

async function stageValues(
	engine: Engine,
	recipe: Parameters<Runner['run']>[0],
	files: readonly NamedBlob[]
): Promise<Partial<StageValues>> {
	const values: Partial<StageValues> = {};
	const runner = new Runner(engine, localCompute);
	const fileOf = async ({ fileName }: { fileName: string }) => {
		const file = files.find(({ name }) => name === fileName);
		if (!file) throw new RangeError(`no file ${fileName}`);
		return { blob: file.blob };
	};
	await runner.reset();
	await runner.run(recipe, fileOf, new AbortController().signal, {
		onProgress: () => undefined,
		onStage: (event) => {
			if (event.state === 'failed') throw event.error;
			if (event.state !== 'running') Object.assign(values, { [event.stage]: event.value });
		}
	});
	return values;
}
