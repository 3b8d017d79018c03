import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { decideDateOrder } from './reading.ts';
import { rawColumn, rawTable, type SourceParams } from './schema.ts';

/**
 * Why the date order of a loaded source is not settled: `import.date-order-unknown` with dates that can be read both
 * ways, or `import.date-format-unknown` with values that are no dates at all.
 */
export async function dateFailure(
	engine: Engine,
	source: SourceParams,
	signal: AbortSignal
): Promise<AppError> {
	const column = source.mapping.date ?? '';
	const words = { fileName: source.fileName, column };
	const { examples } = await decideDateOrder(engine, source, signal);
	if (examples.length > 0) return new AppError('import.date-order-unknown', { ...words, examples });
	const values = id(rawColumn(source.columns.indexOf(column)));
	const texts = await engine.rows<{ text: string }>(
		sql`
			SELECT DISTINCT ${values}::VARCHAR AS text
			FROM ${id(...rawTable(source.id))}
			WHERE trim(${values}) <> ''
			ORDER BY text LIMIT 3`,
		signal
	);
	return new AppError('import.date-format-unknown', { ...words, examples: texts.map(({ text }) => text) });
}
