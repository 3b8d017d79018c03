import type { Engine } from '#lib/engine/engine.ts';
import { list, sql } from '#lib/engine/sql.ts';
import { findCustomer, type CustomerRow, type ListRequest } from '#lib/pipeline/segment/customer-list.ts';
import type { Session } from '../session.svelte.ts';

/** What a session shows of its customers. */
type Shown = Pick<Session, 'runner' | 'details' | 'clean' | 'features' | 'clustering' | 'customers'>;

/** A few of these customers (by `idx`), those who spent most first; without amounts the first ones. */
export async function examplesOf(
	session: Shown,
	rows: Int32Array,
	most: number,
	signal: AbortSignal
): Promise<CustomerRow[]> {
	const { engine } = session.runner;
	const chosen = mostOf(rows, session.customers?.features.get('monetary_total'), most);
	if (chosen.length === 0) return [];
	const columns = await engine.columns(
		sql`SELECT customer_id::VARCHAR AS customer_id FROM features.customers WHERE idx IN ${list(chosen)} ORDER BY idx`,
		signal
	);
	const request = listRequest(session);
	const ids = columns.get('customerId') as readonly string[];
	const people = await Promise.all(ids.map((id) => findCustomer(engine, request, id)));
	return people
		.filter((person) => person !== null)
		.sort((a, b) => chosen.indexOf(a.idx) - chosen.indexOf(b.idx));
}

/** The ids of these customers (by `idx`), by rising `idx`. */
export async function idsOfRows(
	engine: Engine,
	rows: Int32Array,
	signal?: AbortSignal
): Promise<readonly string[]> {
	// Both are asked at once, so that the rows of another list cannot come in between.
	const [, columns] = await Promise.all([
		engine.insert('segment', 'rows_to_list', { idx: rows }),
		engine.columns(
			sql`
				SELECT customer_id::VARCHAR AS customer_id FROM features.customers
				WHERE idx IN (SELECT idx FROM segment.rows_to_list) ORDER BY idx`,
			signal
		)
	]);
	return columns.get('customerId') as readonly string[];
}

/** Selects these customers (by `idx`) under a title. */
export async function selectRows(
	session: Pick<Session, 'runner' | 'select'>,
	title: string,
	rows: Int32Array
): Promise<void> {
	session.select({ kind: 'listed', title, ids: await idsOfRows(session.runner.engine, rows) });
}

/** All rows of so many customers that are not among these, ascending. */
export function othersOf(rows: Int32Array, everyone: number): Int32Array {
	const isIn = new Uint8Array(everyone);
	for (const row of rows) isIn[row] = 1;
	return Int32Array.from({ length: everyone }, (_, row) => row).filter((row) => isIn[row] === 0);
}

/** The rows with the largest values, largest first; ties and rows without values in their order. */
export function mostOf(rows: Int32Array, values: Float64Array | undefined, most: number): number[] {
	if (values === undefined) return [...rows.subarray(0, most)];
	const best: number[] = [];
	for (const row of rows) {
		const value = values[row] ?? 0;
		let place = best.length;
		while (place > 0 && (values[best[place - 1] as number] ?? 0) < value) place -= 1;
		if (place >= most) continue;
		best.splice(place, 0, row);
		if (best.length > most) best.pop();
	}
	return best;
}

/** What is read of customers that are shown. */
export function listRequest({ details, clean, features, clustering }: Shown): ListRequest {
	return {
		contactRoles: details ? (clean?.contactRoles ?? []) : [],
		features: (features?.features ?? [])
			.filter(({ available, kind }) => available && kind === 'number')
			.map(({ id }) => id),
		hasClusters: clustering !== null,
		selected: false,
		search: ''
	};
}
