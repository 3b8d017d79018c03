import type { Engine } from '#lib/engine/engine.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures, runLibrary } from '#lib/pipeline/features/step.ts';
import type { RuleFacts } from '#lib/pipeline/segment/own/scope.ts';
import { DEFAULT_OWN, type OwnParams } from '#lib/pipeline/segment/own/schema.ts';
import { runRfm } from '#lib/pipeline/segment/rfm/step.ts';
import type { SegmentParams } from '#lib/pipeline/segment/schema.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { FIVE_AS_OF, FIVE_PEOPLE, type MadeFile } from './behaviour-files.ts';
import { cleanRows, stepContext } from './raw-tables.ts';

/** Parameters of the segment step with these own segments, and without RFM schemes or clusters of their own. */
export function segmentParams(own: Partial<OwnParams> = {}): SegmentParams {
	return { ...emptyRecipe('Test').segment, own: { ...DEFAULT_OWN, ...own } };
}

/** Runs every step that rules ask of on these files, without clusters, and gives what the steps found. */
export async function factsOfFiles(
	engine: Engine,
	files: readonly MadeFile[] = FIVE_PEOPLE,
	asOf: string | null = FIVE_AS_OF
): Promise<RuleFacts> {
	const clean = await cleanRows(engine, files);
	const context = stepContext(engine);
	const featureParams = { ...DEFAULT_FEATURES, asOf };
	const features = await runFeatures(context, featureParams, clean);
	const library = await runLibrary(context, featureParams, features);
	const params = segmentParams();
	const rfm = await runRfm(context, params.rfm, features);
	return {
		params,
		featureParams,
		features,
		library,
		rfm,
		clustering: null,
		queries: [],
		queryResults: []
	};
}

/** The same facts with other own segments. */
export function withOwn(facts: RuleFacts, own: Partial<OwnParams>): RuleFacts {
	return { ...facts, params: segmentParams(own) };
}
