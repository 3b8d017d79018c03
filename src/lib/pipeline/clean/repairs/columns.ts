import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { standardiseDates } from './operations/standardise-dates.ts';
import type { Repair } from './schema.ts';

/**
 * The columns that the steps of a source name, also in their parameters: what a big file needs for them. Other texts among
 * the parameters come along; they are no columns.
 */
export function columnsOfSteps(
	repairs: readonly Repair[],
	{ series }: Pick<SourceParams, 'series'>
): string[] {
	return repairs
		.filter((repair) => repair.on && repair.series === series)
		.flatMap(({ columns, params }) => [...columns, ...Object.values(params).flat().filter(isText)]);
}

/**
 * A source without the roles of columns whose dates a step writes year first before anything reads them: what is left to
 * be decided, or asked, about how the file is to be read.
 */
export function readAfterSteps(source: SourceParams, repairs: readonly Repair[]): SourceParams {
	const rewriting = repairs.filter(({ operation }) => operation === standardiseDates.id);
	const settled = new Set(
		rewriting.filter(({ on, series }) => on && series === source.series).flatMap(({ columns }) => columns)
	);
	if (settled.size === 0) return source;
	const open = Object.entries(source.mapping).filter(([, column]) => !settled.has(column));
	return { ...source, mapping: Object.fromEntries(open) };
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}
