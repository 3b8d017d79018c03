import type { Format } from '#lib/core/format.ts';
import { schemeOf } from '#lib/pipeline/segment/rfm/schemes/index.ts';
import type { Translation } from '#lib/pipeline/segment/rfm/translate.ts';

/** The customers of a group of one scheme, by the groups of the other. */
export interface TranslatedRow {
	/** Index of the group in the table of its scheme. */
	readonly group: number;
	readonly name: string;
	readonly total: number;
	readonly cells: readonly TranslatedCell[];
}

export interface TranslatedCell {
	/** Index of the group in the table of the other scheme. */
	readonly group: number;
	readonly name: string;
	readonly customers: number;
	/** Of the row. */
	readonly share: number;
	/** The two groups have the same name. */
	readonly isSame: boolean;
}

/** The matrix, best groups first; groups of nobody are left out. */
export function translatedRows({ a, b, counts }: Translation): TranslatedRow[] {
	const columns = b.table
		.map((entry, group) => ({ group, name: entry.name }))
		.filter(({ group }) => counts.some((row) => (row[group] ?? 0) > 0))
		.reverse();
	return a.table
		.map((entry, group) => {
			const row = counts[group] ?? [];
			const total = row.reduce((sum, customers) => sum + customers, 0);
			const cells = columns.map((column) => {
				const customers = row[column.group] ?? 0;
				const share = customers / Math.max(1, total);
				return { ...column, customers, share, isSame: isSame(entry.name, column.name) };
			});
			return { group, name: entry.name, total, cells };
		})
		.filter(({ total }) => total > 0)
		.reverse();
}

/** The share of customers whose two groups have the same name. */
export function agreement(rows: readonly TranslatedRow[]): number {
	const customers = rows.reduce((sum, { total }) => sum + total, 0);
	const same = rows
		.flatMap(({ cells }) => cells)
		.filter((cell) => cell.isSame)
		.reduce((sum, cell) => sum + cell.customers, 0);
	return same / Math.max(1, customers);
}

/** How far the two schemes agree, and where they part most: two sentences. */
export function agreementWords(rows: readonly TranslatedRow[], format: Format): string {
	const share = agreement(rows);
	if (share === 1) return 'Everyone is in a group of the same name under both.';
	const parted = rows
		.flatMap((row) => row.cells.map((cell) => ({ from: row.name, ...cell })))
		.filter((cell) => !cell.isSame)
		.reduce((most, cell) => (cell.customers > most.customers ? cell : most), {
			customers: 0,
			from: '',
			name: ''
		});
	const same =
		share === 0
			? 'Nobody is in a group of the same name under both.'
			: `${format.percent(share)} are in a group of the same name under both.`;
	const { customers, from, name } = parted;
	return `${same} ${format.count(customers)} ${from} here ${customers === 1 ? 'is' : 'are'} ${name} there.`;
}

/** Which groups are in use: those of a scheme, or a table of the user's own. */
export function inUseWords(scheme: string, isOwn: boolean): string {
	return isOwn ? 'your own groups' : `the groups in use (${schemeOf(scheme).label})`;
}

/** Who the people of a cell are, for the chip of what is picked. */
export function cellTitle(from: string, to: string): string {
	return `${from} here, ${to} there`;
}

function isSame(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}
