import { rowOperations } from './operations/index.ts';
import type { RowOperation } from './operations/operation.ts';

/** The bit of an operation in `clean.rows.marks`. */
export function markOf(operation: RowOperation): number {
	return 1 << rowOperations.indexOf(operation);
}
