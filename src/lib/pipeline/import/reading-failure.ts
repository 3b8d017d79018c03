import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { dateCounts } from './date-counts.ts';
import { isDateText } from './date-order.ts';
import { decideDateOrder, decideDecimalMark, needsDate, undecided } from './reading.ts';
import { rawColumn, rawTable, type SourceParams } from './schema.ts';

/** What the failure of a reading needs of a source. */
export type FailedSource = Pick<SourceParams, 'id' | 'fileName' | 'kind' | 'columns' | 'mapping' | 'reading'>;

const FIRST_TEXTS = 1000;
const MOST_TEXTS = 100_000;
const EXAMPLES = 3;

/**
 * Why a loaded source cannot be read as it is: `import.date-format-unknown` when its dates are no dates at all,
 * `import.date-order-unknown` when they can be read in several orders or contradict each other, and else
 * `import.decimal-mark-unknown`. To be asked when something is `undecided`, or when `datesCanBeRead` says no.
 * @throws `engine.query-failed`
 */
export async function readingFailure(
	engine: Engine,
	source: FailedSource,
	signal: AbortSignal
): Promise<AppError> {
	const { fileName } = source;
	const open = undecided(source);
	if (open.includes('dateOrder')) {
		const { column, examples, rows, contradictory } = await decideDateOrder(engine, source, signal);
		if (examples.length > 0) {
			const index = source.columns.indexOf(column ?? '');
			const counts = index < 0 ? null : await dateCounts(engine, source.id, index, signal);
			const details = { fileName, column: column ?? '', examples, rows, contradictory, counts };
			return new AppError('import.date-order-unknown', details);
		}
	}
	if (open.includes('dateOrder') || !(await datesCanBeRead(engine, source, signal))) {
		return dateFormatUnknown(engine, source, signal);
	}
	const { column, examples, contradictory } = await decideDecimalMark(engine, source, signal);
	return new AppError('import.decimal-mark-unknown', {
		fileName,
		column: column ?? '',
		examples,
		contradictory
	});
}

/**
 * False when the rows of a kind of file need a day and the column that should hold it has none, such as a column of
 * emails: every row would be unreadable. A date order may be set all the same.
 * @throws `engine.query-failed`
 */
export async function datesCanBeRead(
	engine: Engine,
	source: Pick<SourceParams, 'id' | 'kind' | 'columns' | 'mapping'>,
	signal: AbortSignal
): Promise<boolean> {
	const index = source.columns.indexOf(source.mapping.date ?? '');
	if (index < 0 || !needsDate(source.kind)) return true;
	const [column, row, table] = [id(rawColumn(index)), id('row'), id(...rawTable(source.id))];
	const first = await engine.rows<{ text: string }>(
		sql`
			SELECT trim(${column})::VARCHAR AS text FROM ${table}
			WHERE trim(${column}) <> '' ORDER BY ${row} LIMIT ${FIRST_TEXTS}`,
		signal
	);
	if (first.some(({ text }) => isDateText(text))) return true;
	if (first.length < FIRST_TEXTS) return false;
	const all = await engine.rows<{ text: string }>(
		sql`
			SELECT DISTINCT trim(${column})::VARCHAR AS text FROM ${table}
			WHERE regexp_matches(${column}, '[0-9]') ORDER BY text LIMIT ${MOST_TEXTS}`,
		signal
	);
	return all.some(({ text }) => isDateText(text));
}

/** With the first different values of the most important date column. */
async function dateFormatUnknown(
	engine: Engine,
	{ id: sourceId, fileName, columns, mapping }: FailedSource,
	signal: AbortSignal
): Promise<AppError> {
	const column = mapping.date ?? mapping.created_at ?? '';
	const values = id(rawColumn(columns.indexOf(column)));
	const texts = await engine.rows<{ text: string }>(
		sql`
			SELECT DISTINCT ${values}::VARCHAR AS text
			FROM ${id(...rawTable(sourceId))}
			WHERE trim(${values}) <> ''
			ORDER BY text LIMIT ${EXAMPLES}`,
		signal
	);
	return new AppError('import.date-format-unknown', {
		fileName,
		column,
		examples: texts.map(({ text }) => text)
	});
}
