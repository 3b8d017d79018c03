import type { Day } from '#lib/core/days.ts';
import { dateOrderOf, dateReadings } from './date-order.ts';
import type { TableSample } from './drift-sample.ts';
import type { FoundSource, Reading, Role } from './schema.ts';

/** Roles whose days tell how new a record is. */
const MOMENT_ROLES: readonly Role[] = ['date', 'created_at', 'consented_at', 'updated_at'];

/**
 * The newest day among the records that were read of a table, by its own reading. Null when it has no days, when nothing
 * tells their order, and when the end of the file was not read: exports stand in order of time.
 * @param given the date order where neither the reading nor the days tell it
 */
export function newestDay(
	{ source, records, hasEnd }: TableSample<FoundSource>,
	given: Reading['dateOrder'] = null
): Day | null {
	if (!hasEnd) return null;
	let newest: Day | null = null;
	for (const role of MOMENT_ROLES) {
		const column = source.mapping[role];
		const at = column === undefined ? -1 : source.columns.indexOf(column);
		if (at < 0) continue;
		const texts = records.map((record) => (record[at] ?? '').trim()).filter((text) => text !== '');
		const values = texts.map((text, i) => ({ text, row: i + 1 }));
		const order = source.reading.dateOrder ?? dateOrderOf([{ column: '', values }]).order ?? given;
		for (const text of texts) {
			const day = dayIn(text, order);
			if (day !== null && (newest === null || day > newest)) newest = day;
		}
	}
	return newest;
}

/** The day of a text in an order; without one, the day that it is in every order. */
export function dayIn(text: string, order: Reading['dateOrder']): Day | null {
	const readings = dateReadings(text);
	if (order !== null) return readings[order] ?? readings.ymd;
	return readings.ymd;
}
