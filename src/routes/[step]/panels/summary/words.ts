import { addDays } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';

/**
 * The rows of the files, which cover all orders: where the page shows an earlier day and leaves later orders
 * out, the sentence says so.
 */
export function accountWords(
	clean: Pick<CleanResult, 'sources' | 'rowsRead' | 'rowsLoaded' | 'rowsSetAside'>,
	{ asOf, ordersAfter }: Pick<FeatureResult, 'asOf' | 'ordersAfter'>,
	format: Format
): string {
	const { rowsRead, rowsLoaded, rowsSetAside } = clean;
	const parts = `${format.count(rowsLoaded)} loaded + ${format.count(rowsSetAside)} set aside`;
	const rows = `${format.count(rowsRead)} rows read = ${parts}.`;
	if (ordersAfter === 0) return rows;
	const whole = clean.sources.length === 1 ? 'the whole file' : 'all files';
	return `Of ${whole}, with the orders after ${format.day(addDays(asOf, -1))}: ${rows}`;
}
