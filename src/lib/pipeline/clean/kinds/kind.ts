import type { Role, TableKind } from '#lib/pipeline/import/roles.ts';
import type { CleanResult } from '../schema.ts';
import type { ValueType } from './values.sql.ts';

/** One column of a canonical table: its name, the role whose texts it holds, and how they are read. */
export interface CanonicalColumn {
	readonly name: string;
	readonly role: Role;
	readonly type: ValueType;
	/** The value where the file has no such role; else NULL. */
	readonly otherwise?: string;
}

/**
 * A kind of file that becomes one canonical table, a row each. Before its columns stand `source` VARCHAR and `row`
 * INTEGER, the record number in the file, and `customer_id` VARCHAR where it is about people.
 */
export interface CanonicalKind {
	readonly kind: TableKind;
	/** The table in the schema `clean`. */
	readonly table: keyof CleanResult['tables'];
	/** Roles that name the person of a row, the best first; none when rows are not about people. */
	readonly people: readonly Role[];
	/** True when rows without any of these roles in the file are people all the same, one each. */
	readonly everyRowIsPerson?: true;
	readonly columns: readonly CanonicalColumn[];
	/** Columns without which a row says nothing: of each list, one must have a value. */
	readonly needs: readonly (readonly string[])[];
}
