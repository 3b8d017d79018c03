import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { dateReadings } from './date-order.ts';
import { rawColumn, rawTable } from './schema.ts';

/** Rows of a column that hold a text, and how many of them are a day in each order. */
export interface DateCounts {
	readonly rows: number;
	readonly dmy: number;
	readonly mdy: number;
	readonly ymd: number;
	/** Each date read by its own form; one that could be either, as most others are, if most others tell. */
	readonly own: number;
}

/** A text as it stands in the file, its time cut off, and the rows that have it. */
interface CountedText {
	readonly text: string;
	readonly rows: number;
}

const MOST_VALUES = 100_000;

/** Counts the rows that each order can read. A file with more different days than are looked at is counted by those. */
export function countDates(texts: readonly CountedText[]): DateCounts {
	const counts = { rows: 0, dmy: 0, mdy: 0, ymd: 0 };
	const sure = { dmy: 0, mdy: 0 };
	let either = 0;
	for (const { text, rows } of texts) {
		const { dmy, mdy, ymd } = dateReadings(text);
		counts.rows += rows;
		if (dmy !== null) counts.dmy += rows;
		if (mdy !== null) counts.mdy += rows;
		if (ymd !== null) counts.ymd += rows;
		if (dmy !== null && mdy === null) sure.dmy += rows;
		if (mdy !== null && dmy === null) sure.mdy += rows;
		if (dmy !== null && mdy !== null && dmy !== mdy) either += rows;
	}
	const read = counts.dmy + sure.mdy;
	return { ...counts, own: sure.dmy === sure.mdy ? read - either : read };
}

/**
 * The counts of a column of a loaded source.
 * @throws `engine.query-failed`
 */
export async function dateCounts(
	engine: Engine,
	sourceId: string,
	index: number,
	signal: AbortSignal
): Promise<DateCounts> {
	const column = id(rawColumn(index));
	const texts = await engine.rows<CountedText>(
		sql`
			SELECT regexp_replace(trim(${column}), '[T ][0-9]{1,2}:.*$', '')::VARCHAR AS text, count(*)::INTEGER AS rows
			FROM ${id(...rawTable(sourceId))}
			WHERE trim(${column}) <> ''
			GROUP BY 1 ORDER BY rows DESC, text LIMIT ${MOST_VALUES}`,
		signal
	);
	return countDates(texts);
}
