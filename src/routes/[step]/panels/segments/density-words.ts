import type { Format } from '#lib/core/format.ts';
import type { DensityDetails } from '#lib/pipeline/segment/method-details.ts';

/** The finding: how many people belong to no dense place. */
export function densityTitle(
	{ noiseRows }: Pick<DensityDetails, 'noiseRows'>,
	customers: number,
	format: Format
): string {
	if (noiseRows === 0) return 'Everybody is in a dense place';
	if (noiseRows >= customers) return 'Nobody is in a dense place';
	const share = format.percent(noiseRows / Math.max(1, customers));
	return `${share} of customers are too far from others to belong to a group`;
}
