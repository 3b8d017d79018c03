import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';

/** The ids of the customers with these `idx`, in the order of `idx`. */
export async function idsOfRows(
	engine: Engine,
	rows: Int32Array,
	signal: AbortSignal
): Promise<readonly string[]> {
	await engine.insert('segment', 'rows_to_list', { idx: rows });
	const columns = await engine.columns(
		sql`
			SELECT customer_id::VARCHAR AS customer_id FROM features.customers
			WHERE idx IN (SELECT idx FROM segment.rows_to_list) ORDER BY idx`,
		signal
	);
	return columns.get('customerId') as readonly string[];
}
