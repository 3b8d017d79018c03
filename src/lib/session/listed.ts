import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import type { Selection } from './customers.ts';

/** Longer lists are not saved with the session: they would be written again with every change. */
const MOST_SAVED = 5000;

/** Ids written at a time, so that writing them is no long task. */
const PART_IDS = 20_000;

/** The customers of today with these ids: their `idx`, ascending. Ids that nobody has today are left out. */
export async function rowsOfListed(
	engine: Engine,
	ids: readonly string[],
	signal?: AbortSignal
): Promise<Int32Array> {
	const found: Int32Array[] = [];
	for (let from = 0; from < ids.length; from += PART_IDS) {
		await engine.insert('segment', 'listed', { customer_id: ids.slice(from, from + PART_IDS) });
		const columns = await engine.columns(
			sql`
				SELECT idx::INTEGER AS idx FROM features.customers
				WHERE customer_id IN (SELECT customer_id FROM segment.listed) ORDER BY idx`,
			signal
		);
		found.push(columns.get('idx') as Int32Array);
		await pause();
	}
	return Int32Array.from(found.flatMap((rows) => [...rows])).sort();
}

/** What of a selection is saved with the session: all but long lists. */
export function savedSelection(selection: Selection | null): Selection | null {
	return selection?.kind === 'listed' && selection.ids.length > MOST_SAVED ? null : selection;
}
