import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/** Exports of one list: two sources or more. */
export interface Series {
	readonly id: string;
	readonly kind: TableKind;
	/** In the order of the recipe. */
	readonly sources: readonly SourceParams[];
	/** The highest and the lowest version; equal when the sources are files of one export. */
	readonly newest: number;
	readonly oldest: number;
}

/** The series of two sources or more, in the order of the recipe. A report is a list of nothing. */
export function seriesOf(sources: readonly SourceParams[]): Series[] {
	const groups = new Map<string, SourceParams[]>();
	for (const source of sources) {
		if (source.kind === 'report') continue;
		const key = `${source.series} ${source.kind}`;
		groups.set(key, [...(groups.get(key) ?? []), source]);
	}
	return [...groups.values()].flatMap((group): Series[] => {
		const [first] = group;
		if (first === undefined || group.length < 2) return [];
		const versions = group.map(({ version }) => version);
		const [newest, oldest] = [Math.max(...versions), Math.min(...versions)];
		return [{ id: first.series, kind: first.kind, sources: group, newest, oldest }];
	});
}
