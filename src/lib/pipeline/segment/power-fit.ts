import { throwIfAborted } from '#lib/core/progress.ts';
import { boxCox, boxCoxLambda, yeoJohnson, yeoJohnsonLambda } from '#lib/stats/power-transform.ts';
import { skewness } from '#lib/stats/skewness.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import type { PowerTransform } from './compute.ts';

/** The numbers that a transform can take. */
const TAKES: Readonly<Record<PowerTransform, (value: number) => boolean>> = {
	log1p: (value) => value > -1,
	box_cox: (value) => value > 0,
	yeo_johnson: () => true
};

/** The exponent of a transform, and what it does to the skewness. */
export const powerFit: Compute['powerFit'] = async ({ values, transform }, signal) => {
	throwIfAborted(signal);
	const known = values.filter((value) => Number.isFinite(value) && TAKES[transform](value));
	const lambda = lambdaOf(known, transform);
	const after = known.map((value) => {
		if (lambda === null) return Math.log1p(value);
		return transform === 'box_cox' ? boxCox(value, lambda) : yeoJohnson(value, lambda);
	});
	return { lambda, skewBefore: skewness(known), skewAfter: skewness(after) };
};

function lambdaOf(known: Float64Array, transform: PowerTransform): number | null {
	if (transform === 'log1p') return null;
	return transform === 'box_cox' ? boxCoxLambda(known) : yeoJohnsonLambda(known);
}
