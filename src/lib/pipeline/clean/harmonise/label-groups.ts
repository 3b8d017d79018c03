import { pause } from '#lib/core/pause.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import { groupLabels, type LabelGroup } from './group-labels.ts';
import type { Spelling } from './label-classes.ts';

/** Different texts that are compared at most; of more, the most frequent. */
export const MOST_TEXTS = 50_000;
/** Longer texts are notes, not labels. */
const LONGEST_LABEL = 200;

/** A column of labels. */
export interface LabelColumn {
	readonly table: Sql;
	readonly column: Sql;
}

/** What was found in some columns. */
export interface FoundLabels {
	readonly groups: readonly LabelGroup[];
	/** Different texts compared. */
	readonly texts: number;
	/** Different texts that were left out: the rarest, and those that are too long. */
	readonly leftOut: number;
}

/**
 * Groups of spellings in one or several columns that hold the same labels. Reads the different texts from the engine and
 * compares them here, in slices of a few milliseconds.
 */
export async function labelGroups(
	engine: Engine,
	columns: readonly LabelColumn[],
	signal: AbortSignal
): Promise<FoundLabels> {
	if (columns.length === 0) return { groups: [], texts: 0, leftOut: 0 };
	const texts = columns.map(({ table, column }) => sql`SELECT ${as(column, 'text')} FROM ${table}`);
	const distinct = sql`
		SELECT text, count(*) AS rows FROM (${join(texts, ' UNION ALL ')}) WHERE trim(text) <> '' GROUP BY text`;
	const found = await engine.columns(
		sql`
			SELECT text::VARCHAR AS text, rows::INTEGER AS count FROM (${distinct})
			WHERE length(text) <= ${LONGEST_LABEL} ORDER BY rows DESC, text LIMIT ${MOST_TEXTS}`,
		signal
	);
	const [all] = await engine.rows<{ texts: number }>(
		sql`SELECT count(*)::INTEGER AS texts FROM (${distinct}) ORDER BY texts`,
		signal
	);
	const spellings = spellingsOf(found.get('text') ?? [], found.get('count') ?? []);
	const groups = await groupLabels(spellings, async () => {
		await pause();
		throwIfAborted(signal);
	});
	return { groups, texts: spellings.length, leftOut: Math.max(0, (all?.texts ?? 0) - spellings.length) };
}

function spellingsOf(texts: ArrayLike<unknown>, counts: ArrayLike<unknown>): Spelling[] {
	return Array.from({ length: texts.length }, (_, i) => ({
		text: String(texts[i] ?? ''),
		count: Number(counts[i] ?? 0)
	}));
}
