import type { Reading, Role } from '../schema.ts';

/** A shop system or data set whose export is recognised by its header. */
export interface PlatformPreset {
	readonly id: string;
	readonly label: string;
	/** Columns that every file of this kind has. Vendors add columns, so it is never the full list. */
	readonly requires: readonly string[];
	/** Columns that no other platform has; at least one of them is present. */
	readonly distinctive: readonly string[];
	/** Column names for each role, the best first: the first that is in the file and not empty is taken. */
	readonly mapping: Readonly<Partial<Record<Role, readonly string[]>>>;
	/** What is known of its texts; the rest is read from the values. */
	readonly reading: Partial<Reading>;
	/** What the user must know before relying on it. */
	readonly note?: string;
}
