import { activeMonths } from './active-months.ts';
import type { FeatureDefinition } from './definition.ts';
import { frequency } from './frequency.ts';
import { gapDaysMean } from './gap-days-mean.ts';
import { itemsPerOrder } from './items-per-order.ts';
import { linesPerOrder } from './lines-per-order.ts';
import { monetaryMean } from './monetary-mean.ts';
import { monetaryTotal } from './monetary-total.ts';
import { recencyDays } from './recency-days.ts';
import { tenureDays } from './tenure-days.ts';

/** Every feature, in the order in which they are shown. */
export const DEFINITIONS: readonly FeatureDefinition[] = [
	recencyDays,
	frequency,
	monetaryTotal,
	monetaryMean,
	tenureDays,
	gapDaysMean,
	activeMonths,
	linesPerOrder,
	itemsPerOrder
];

/**
 * What a feature is called: as in `known`, where it is, else a number of a saved query by its id in words:
 * `average_basket` is “Average basket”.
 */
export function featureLabel(
	id: string,
	known: readonly { readonly id: string; readonly label: string }[] = DEFINITIONS
): string {
	const found = known.find((each) => each.id === id);
	if (found) return found.label;
	const words = id.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
