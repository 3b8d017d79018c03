import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/** All exports of one list, which count as one source: every month's orders of a shop, say. */
export interface SourceList {
	/** Id of the series. */
	readonly id: string;
	readonly kind: TableKind;
	/** The newest export first; files of one export in the order of the recipe. */
	readonly sources: readonly [SourceParams, ...SourceParams[]];
}

/** The lists of a recipe, in the order in which their first files came. */
export function listsOf(sources: readonly SourceParams[]): SourceList[] {
	const lists = new Map<string, SourceParams[]>();
	for (const source of sources) {
		const alike = lists.get(source.series);
		if (alike) alike.push(source);
		else lists.set(source.series, [source]);
	}
	return [...lists].flatMap(([id, files]) => {
		const [first, ...others] = [...files].sort((a, b) => b.version - a.version);
		return first ? [{ id, kind: first.kind, sources: [first, ...others] as const }] : [];
	});
}
