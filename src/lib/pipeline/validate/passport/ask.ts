import { AppError } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import type { PerturbationOutput } from '#lib/pipeline/segment/compute.ts';
import type { CategoryColumn } from '#lib/pipeline/segment/methods/method.ts';
import type { OwnResult } from '#lib/pipeline/segment/own/schema.ts';
import { ownRef, segmentsOfToday, type RuleFacts } from '#lib/pipeline/segment/own/scope.ts';
import type { ClusteringParams, ClusteringResult } from '#lib/pipeline/segment/schema.ts';
import type { PassportRequest } from './passports.ts';

/** How often each small change is made. */
const REPEATS = 10;

/** Natural segments, with the customers that they were found among. */
interface Found {
	readonly result: ClusteringResult;
	readonly labels: Uint8Array;
	readonly data: Matrix;
	readonly categories: readonly CategoryColumn[];
}

/**
 * How well natural segments come back after small changes; null where their method refuses the changed customers, such as
 * fewer of them.
 */
export async function disturbSegments(
	compute: Pick<Compute, 'perturbation'>,
	{ result, labels, data, categories }: Found,
	options: ClusteringParams['options'],
	signal: AbortSignal
): Promise<PerturbationOutput | null> {
	const { method, scaler, projection, clusterCount, seed } = result;
	const repeats = Array.from({ length: REPEATS }, (_, repeat) => repeat);
	const input = {
		data,
		categories,
		labels,
		options,
		method,
		scaler,
		projection,
		clusterCount,
		seed,
		repeats
	};
	try {
		return await compute.perturbation(input, signal, () => undefined);
	} catch (error) {
		if (error instanceof AppError && error.code === 'segment.method-refused') return null;
		throw error;
	}
}

/** The kinds of segments, in the order in which passports are made. */
const KINDS = ['cluster', 'own', 'saved', 'group'];

/** Every segment that can be asked: natural ones first, then own and saved ones, RFM groups last. */
export function segmentsToGrade(
	facts: RuleFacts,
	own: Pick<OwnResult, 'segments'> | null
): PassportRequest['segments'] {
	const asked = own?.segments ?? [];
	const broken = new Set(asked.flatMap(({ id, problem }) => (problem === null ? [] : [ownRef(id)])));
	const placeOf = (ref: string): number => KINDS.indexOf(ref.slice(0, ref.indexOf(':')));
	return segmentsOfToday(facts)
		.flatMap(({ ref, name, members }) =>
			members === null || broken.has(ref) ? [] : [{ ref, name, members }]
		)
		.toSorted((a, b) => placeOf(a.ref) - placeOf(b.ref));
}
