import type { Format } from '#lib/core/format.ts';
import type { Correlation, ExploredColumn } from '#lib/pipeline/clean/profile/explore.ts';

/** The pair that goes together most, as a finding. */
export function correlationTitle(
	pairs: readonly Correlation[],
	columns: readonly ExploredColumn[],
	format: Format
): string {
	const strongest = pairs.reduce<Correlation | null>(
		(best, pair) => (Math.abs(pair.value ?? 0) > Math.abs(best?.value ?? 0) ? pair : best),
		null
	);
	if (strongest?.value == null || Math.abs(strongest.value) < 0.1) return 'No two columns go together';
	const [x, y] = [columns[strongest.x]?.name ?? '', columns[strongest.y]?.name ?? ''];
	const how = strongest.value > 0 ? 'rise together' : 'go against each other';
	return `“${x}” and “${y}” ${how} most: ${format.decimal(strongest.value, 2)}`;
}

/** How many rows are brushed. */
export function brushedWords(brushed: number, rows: number, format: Format): string {
	return `${format.count(brushed)} of ${format.count(rows)} rows brushed`;
}

/** The class of a correlation: seven colours from −1 to 1, the fourth for none. */
export function correlationClass(value: number): number {
	const steps = [-0.6, -0.3, -0.1, 0.1, 0.3, 0.6];
	return 1 + steps.filter((step) => value > step).length;
}
