import { isSameRow } from './row-kinds.ts';
import { columnKind, isNumeric, valueKind, type ValueKind } from './value-kind.ts';

/** Rows that are looked at below a header: more would not tell more. */
const LOOKED_AT = 100;

type Cells = readonly string[];

/**
 * Above zero when the first row holds names, below when it holds values, zero when nothing tells. A name over a column
 * of numbers or dates speaks for names, a value of the column's own kind against; among texts, a cell that is empty,
 * or that comes back further down, speaks against.
 */
export function headerEvidence(
	first: Cells,
	below: readonly Cells[],
	isKnownName: (name: string) => boolean
): number {
	const known = first.filter((cell) => valueKind(cell) === 'text' && isKnownName(cell)).length;
	// One alone may be a value: "email" is a name and a channel.
	if (known >= Math.min(2, first.length)) return first.length;
	if (below.length === 0) return first.every((cell) => valueKind(cell) === 'text') ? 0 : -1;
	const looked = below.slice(0, LOOKED_AT);
	// A whole row that comes back is a header that does.
	const body = first.length > 1 ? looked.filter((fields) => !isSameRow(fields, first)) : looked;
	const kinds = columnKinds(body, first.length);
	return first.reduce((sum, cell, i) => sum + cellEvidence(cell, i, kinds[i] ?? 'empty', body), 0);
}

/** The kind of each column. */
export function columnKinds(body: readonly Cells[], columnCount: number): ValueKind[] {
	return Array.from({ length: columnCount }, (_, i) => columnKind(body.map((fields) => fields[i] ?? '')));
}

function cellEvidence(cell: string, index: number, below: ValueKind, body: readonly Cells[]): number {
	const own = valueKind(cell);
	if (below === 'text' || below === 'empty') {
		return own !== 'empty' && body.some((fields) => fields[index] === cell) ? -1 : 0;
	}
	if (own === 'text') return 1;
	const isAlike = own === below || (isNumeric(own) && isNumeric(below)) || columnKind([cell]) === below;
	return isAlike ? -1 : 0;
}
