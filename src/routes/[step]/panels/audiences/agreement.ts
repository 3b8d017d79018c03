import type { Selection } from '#lib/pipeline/export/audience.ts';

/** Whom of a segment may be written to. */
export interface Agreement {
	/** How many agreed to e-mail; null while they are counted. */
	readonly people: number | null;
	/** The files have only those. */
	readonly only: boolean;
}

/** Whom of a selection may be written to; null where the files do not tell. */
export type AgreementOf = (selection: Selection) => Agreement | null;
