import type { TableKind } from '#lib/pipeline/import/roles.ts';

/** What can be done about what a feature needs: set it, add a file, or say which column of a file it is. */
export type Remedy =
	| { readonly kind: 'setting' }
	| { readonly kind: 'files' }
	/** `source`: the file whose columns to look at. */
	| { readonly kind: 'column'; readonly source: string };

/** A button: what it is called, and what it does. */
export interface Action {
	readonly label: string;
	readonly onclick: () => void;
}

/** What the button is called. */
export const REMEDY_LABELS: Readonly<Record<Remedy['kind'], string>> = {
	setting: 'Set it',
	files: 'Add files',
	column: 'Choose the column'
};

/** Which kind of file a need speaks of. */
const FILES: readonly (readonly [RegExp, TableKind])[] = [
	[/in an orders file$/, 'orders'],
	[/in a customers file$/, 'customers'],
	[/file of events/, 'events'],
	[/^events that /, 'events'],
	[/file of sends/, 'sends'],
	[/file of answers/, 'survey']
];
/** No column of a file that is there would tell it. */
const WHOLE_FILE = /^(a file of|events that) /;

/**
 * What to do about what is missing. A column can only be chosen in a file of its kind; where there is none, files are to be
 * added. Null where nothing of this would help, as for what a saved query lacks.
 */
export function remedyOf(
	needs: readonly string[],
	sources: readonly { readonly id: string; readonly kind: TableKind }[]
): Remedy | null {
	const remedies = needs.map((need) => remedyOfOne(need, sources));
	return (
		remedies.find((remedy) => remedy?.kind === 'files') ?? remedies.find((remedy) => remedy !== null) ?? null
	);
}

function remedyOfOne(
	need: string,
	sources: readonly { readonly id: string; readonly kind: TableKind }[]
): Remedy | null {
	if (/\bmargin\b/.test(need)) return { kind: 'setting' };
	const kind = FILES.find(([words]) => words.test(need))?.[1];
	if (kind === undefined) return null;
	const source = sources.find((each) => each.kind === kind);
	return source === undefined || WHOLE_FILE.test(need)
		? { kind: 'files' }
		: { kind: 'column', source: source.id };
}
