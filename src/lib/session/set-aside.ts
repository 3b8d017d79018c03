import { reasonWords } from '#lib/core/messages.ts';
import { setAsideRows, type SetAsideRow } from '#lib/pipeline/clean/set-aside.ts';
import { readRecords } from '#lib/pipeline/import/raw-records.ts';
import type { Session } from './session.svelte.ts';

/** One line of the list of rows set aside. */
export interface SetAsideLine {
	readonly fileName: string;
	readonly line: string;
	readonly why: string;
	readonly raw: string;
}

/**
 * A page of rows set aside, with their line and text read from the file again. `reason` null: every reason; `sourceId`
 * null: every file.
 */
export async function setAsidePage(
	session: Session,
	{ reason, sourceId }: { readonly reason: string | null; readonly sourceId: string | null },
	offset: number,
	limit: number
): Promise<SetAsideLine[]> {
	const filter = { ...(reason === null ? {} : { reason }), ...(sourceId === null ? {} : { sourceId }) };
	const rows = await setAsideRows(session.runner.engine, { ...filter, offset, limit });
	const lines: SetAsideLine[] = [];
	for (const source of session.recipe.import.sources) {
		const own = rows.filter((row) => row.source === source.id);
		const file = session.files.get(source.id);
		if (own.length === 0 || !file) continue;
		const index = session.sources?.find(({ result }) => result.id === source.id)?.index;
		const numbers = own.map((row) => row.row);
		const raw = await readRecords(file.blob, source, numbers, index);
		const byRecord = new Map(raw.map((record) => [record.record, record]));
		for (const row of own) {
			const record = byRecord.get(row.row);
			lines.push({
				fileName: source.fileName,
				line: record ? session.format.count(record.line) : '',
				why: whyOf(row),
				raw: record?.raw ?? ''
			});
		}
	}
	return lines;
}

function whyOf({ reason, detail }: SetAsideRow): string {
	const words = reasonWords(reason);
	return detail === null || detail === '' ? words : `${words}: ${detail}`;
}
