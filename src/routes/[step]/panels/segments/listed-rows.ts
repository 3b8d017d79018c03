import { idsOfRows } from '#lib/session/segments/draft-people.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** Selects these customers (by `idx`, ascending) under a title. */
export async function selectRows(
	session: Pick<Session, 'runner' | 'select'>,
	title: string,
	rows: Int32Array
): Promise<void> {
	session.select({ kind: 'listed', title, ids: await idsOfRows(session.runner.engine, rows) });
}
