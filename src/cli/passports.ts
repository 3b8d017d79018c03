import { createFormat } from '#lib/core/format.ts';
import type { Runner } from '#lib/recipe/runner.ts';
import { disturbSegments, segmentsToGrade } from '#lib/pipeline/validate/passport/ask.ts';
import { gradePassport } from '#lib/pipeline/validate/passport/grade.ts';
import { collectPassports, type OverTime } from '#lib/pipeline/validate/passport/passports.ts';
import { monthStarts } from '#lib/pipeline/validate/windows/days.ts';
import { compareDays } from '#lib/pipeline/validate/windows/step.ts';
import { pastOfSegments, STABILITY_WINDOWS } from '#lib/pipeline/validate/windows/time-stability.ts';
import type { MadePassports } from '#lib/recipe/passports-report.ts';
import { factsOf } from './own-segments.ts';
import { RUNNING, type Outcome } from './pipeline.ts';

const format = createFormat('en-GB');

/** The passports of every segment of a run, after small changes and against the last month starts, and the time they took. */
export async function makePassports(
	{ engine, compute }: Pick<Runner, 'engine' | 'compute'>,
	outcome: Outcome
): Promise<MadePassports & { readonly ms: number }> {
	const startedMs = performance.now();
	const { recipe, features, library, clustering, own } = outcome;
	const { options } = recipe.segment.clustering;
	const { facts, fairness } = await collectPassports(
		engine,
		{
			params: recipe.validate,
			features,
			library: library.features,
			segments: segmentsToGrade(factsOf(outcome), own),
			clustering: clustering?.result ?? null,
			data: clustering?.data ?? null,
			perturbation: clustering && (await disturbSegments(compute, clustering, options, RUNNING)),
			overTime: await pastOf(engine, outcome),
			hasPeople: true
		},
		RUNNING
	);
	const passports = facts.map((each) => gradePassport(each, format));
	return { passports, fairness, ms: performance.now() - startedMs };
}

/** What the last month starts say of each natural segment; null without any, and where the history is too short. */
async function pastOf(
	engine: Runner['engine'],
	{ recipe, clean, features, rfm, clustering }: Outcome
): Promise<ReadonlyMap<number, OverTime> | null> {
	if (clustering === null || clean.firstOrder === null) return null;
	const days = monthStarts(features.asOf, clean.firstOrder).slice(-STABILITY_WINDOWS);
	if (days.length === 0) return null;
	const request = {
		asOf: features.asOf,
		params: recipe.segment.rfm,
		rfm,
		featureParams: recipe.features,
		ownFeatures: features.features.filter(({ isOwn }) => isOwn).map(({ id }) => id),
		clean,
		clustering: clustering.result
	};
	const { days: compared } = await compareDays(engine, request, days, RUNNING);
	return new Map(pastOfSegments(compared, clustering.result.profiles.length).entries());
}
