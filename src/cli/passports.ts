import type { Day } from '#lib/core/days.ts';
import { createFormat } from '#lib/core/format.ts';
import type { Runner } from '#lib/recipe/runner.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { disturbSegments, segmentsToGrade } from '#lib/pipeline/validate/passport/ask.ts';
import { gradePassport } from '#lib/pipeline/validate/passport/grade.ts';
import { collectPassports, type PastOfPeople } from '#lib/pipeline/validate/passport/passports.ts';
import { monthStarts } from '#lib/pipeline/validate/windows/days.ts';
import { compareDays } from '#lib/pipeline/validate/windows/step.ts';
import { compareOwnDays, pastOfOwn, rulesToAsk } from '#lib/pipeline/validate/windows/own.ts';
import type { OwnWindows } from '#lib/pipeline/validate/windows/schema.ts';
import { pastOfNatural, STABILITY_WINDOWS } from '#lib/pipeline/validate/windows/time-stability.ts';
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
			past: await pastOf(engine, outcome),
			hasPeople: true
		},
		RUNNING
	);
	const passports = facts.map((each) => gradePassport(each, format));
	return { passports, fairness, ms: performance.now() - startedMs };
}

/** What the last month starts say of natural segments and of those that the user made. */
async function pastOf(
	engine: Runner['engine'],
	outcome: Outcome
): Promise<ReadonlyMap<SegmentRef, PastOfPeople>> {
	const { clean, features, recipe } = outcome;
	const days =
		clean.firstOrder === null ? [] : monthStarts(features.asOf, clean.firstOrder).slice(-STABILITY_WINDOWS);
	const saved = recipe.queries.flatMap(({ use, name }) => (use === 'segment' ? [name] : []));
	const own = await pastOfRules(engine, outcome, days);
	return new Map([
		...(await pastOfClusters(engine, outcome, days)),
		...pastOfOwn(recipe.segment.own.segments, saved, own)
	]);
}

async function pastOfRules(
	engine: Runner['engine'],
	outcome: Outcome,
	days: readonly Day[]
): Promise<OwnWindows | null> {
	const { recipe, clean, rfm, clustering, own } = outcome;
	const rules = rulesToAsk(recipe.segment.own, own);
	if (rules.length === 0 || days.length === 0) return null;
	const request = {
		...{ facts: factsOf(outcome), clean, clustering: clustering?.result ?? null },
		cutPoints: rfm.cutPoints
	};
	return compareOwnDays(engine, request, rules, days, RUNNING);
}

async function pastOfClusters(
	engine: Runner['engine'],
	{ recipe, clean, features, rfm, clustering }: Outcome,
	days: readonly Day[]
): Promise<ReadonlyMap<SegmentRef, PastOfPeople>> {
	if (clustering === null) return new Map();
	const request = {
		asOf: features.asOf,
		params: recipe.segment.rfm,
		rfm,
		featureParams: recipe.features,
		ownFeatures: features.features.filter(({ isOwn }) => isOwn).map(({ id }) => id),
		clean,
		clustering: clustering.result
	};
	const { days: compared } =
		days.length === 0 ? { days: [] } : await compareDays(engine, request, days, RUNNING);
	return pastOfNatural(compared, clustering.result);
}
