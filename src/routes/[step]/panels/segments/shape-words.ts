import type { MixtureDetails } from '#lib/pipeline/segment/method-details.ts';

type Shape = MixtureDetails['covariance'];

/** The kinds of covariance in plain words, with the field's term. */
export const SHAPE_WORDS: Readonly<Record<Shape, string>> = {
	full: 'Each its own size, stretch and tilt (full)',
	tied: 'One size, stretch and tilt for all (tied)',
	diag: 'Each its own stretch along the features (diagonal)',
	spherical: 'Round, each its own size (spherical)'
};

/** The kind with the least BIC. */
export function bestShape({ bic }: Pick<MixtureDetails, 'bic'>): MixtureDetails['bic'][number] | undefined {
	return bic.toSorted((a, b) => a.bic - b.bic)[0];
}

/** The finding: whether the shape in use is the one that pays. */
export function shapesTitle(details: Pick<MixtureDetails, 'bic' | 'covariance'>): string {
	const best = bestShape(details);
	if (best === undefined) return 'Only one shape was tried';
	return best.covariance === details.covariance
		? 'The shape in use describes these customers best'
		: `Another shape describes these customers better: ${SHAPE_WORDS[best.covariance].toLowerCase()}`;
}
