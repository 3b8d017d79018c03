import type { TableKind } from '../roles.ts';
import type { Reading, Role } from '../schema.ts';

/** The name of a column as a platform writes it; a pattern where the name holds a variable part, such as a currency. */
export type ColumnName = string | RegExp;

/** What a preset reads from the name of a file and the names of its columns. */
export interface NamedFile {
	readonly fileName: string;
	readonly columns: readonly string[];
}

/** A shop system, sending tool or data set whose export is recognised by its header. */
export interface PlatformPreset {
	readonly id: string;
	readonly label: string;
	/** The system of its customer ids; by default the first word of its id. */
	readonly idSystem?: string;
	readonly kind: TableKind;
	/** Columns that every file of this kind has. Vendors add columns, so it is never the full list. */
	readonly requires: readonly ColumnName[];
	/** Columns that no other platform has; at least one of them is present. */
	readonly distinctive: readonly ColumnName[];
	/** Columns that no file of this kind has: with one of them it is something else, and goes to the mapper. */
	readonly excludes?: readonly ColumnName[];
	/** Column names for each role, the best first: the first that is in the file and not empty is taken. */
	readonly mapping: Readonly<Partial<Record<Role, readonly ColumnName[]>>>;
	/** What is known of its texts; the rest is read from the values. */
	readonly reading: Partial<Reading>;
	/** Roles whose value is the same in every row: the file's name or header says it, or the platform itself. */
	readonly constants?: (file: NamedFile) => Partial<Record<Role, string>>;
	/** What the user must know before relying on it, in one or two sentences. */
	readonly note?: string;
	/** True when the note warns of numbers that may be wrong, such as an unsafe join. */
	readonly isWarning?: true;
	/** The warning that takes the place of the note when a role that the kind of file needs has no column. */
	readonly noteIfIncomplete?: string;
}
