import type { Engine } from '#lib/engine/engine.ts';
import { naturalBreaks } from '#lib/stats/natural-breaks.ts';
import type { RfmCutPoints } from '../schema.ts';
import { countValues, scoresOf, weighedValues, type Score, type TableName } from './rfm.sql.ts';

/** Up to so many different values the lines are exact; above, customers are put into so many bins of equal size first. */
export const EXACT_VALUES = 10_000;

/**
 * The lines between natural breaks of each feature of a table. Where there are fewer different values than scores, the
 * last line stands for those that are missing, and some scores stay empty.
 */
export async function naturalLines(
	engine: Engine,
	from: TableName,
	{ levels, hasAmount }: { readonly levels: number; readonly hasAmount: boolean },
	signal: AbortSignal
): Promise<RfmCutPoints> {
	const [counts] = await engine.rows<Record<string, number>>(countValues(from, hasAmount), signal);
	const lines = new Map<Score['key'], number[]>();
	for (const score of scoresOf(hasAmount)) {
		const bins = (counts?.[score.key] ?? 0) > EXACT_VALUES ? EXACT_VALUES : null;
		const columns = await engine.columns(weighedValues(from, score, bins), signal);
		const [values, means, weights] = ['value', 'mean', 'weight'].map(
			(name) => columns.get(name) as Float64Array
		);
		if (!values || !means || !weights) throw new Error('the values are missing');
		const breaks = naturalBreaks(means, levels, weights).map((mean) => values[means.indexOf(mean)] ?? mean);
		const last = breaks.at(-1) ?? values.at(-1) ?? NaN;
		lines.set(score.key, [...breaks, ...Array<number>(levels - 1 - breaks.length).fill(last)]);
	}
	return {
		recencyDays: lines.get('recencyDays') ?? [],
		frequency: lines.get('frequency') ?? [],
		monetaryTotal: lines.get('monetaryTotal') ?? null
	};
}
