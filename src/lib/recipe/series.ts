import type { FoundSource, SourceParams } from '#lib/pipeline/import/schema.ts';
import { NO_NOTES } from '#lib/pipeline/import/schema.ts';

/** True when two files are lists of the same: the same columns, or exports of one platform, with the same constants. */
export function isSameList(a: FoundSource, b: FoundSource): boolean {
	const isAlike =
		a.columns.join('\n') === b.columns.join('\n') || (a.platform !== null && a.platform === b.platform);
	return a.kind === b.kind && isAlike && constantsOf(a) === constantsOf(b);
}

/**
 * Sources for a recipe: each joins the series of the list it is an export of, or starts one. Those that come together are
 * files of one export, and newer than what is there.
 * @param found with their new ids, in order
 * @param present the sources that the recipe has
 */
export function joinSeries(
	found: readonly (FoundSource & { readonly id: string })[],
	present: readonly SourceParams[]
): SourceParams[] {
	const joined: SourceParams[] = [];
	for (const source of found) {
		const like = [...present, ...joined].find((other) => isSameList(other, source));
		const older = present.filter(({ series }) => series === like?.series);
		const version = Math.max(0, ...older.map((other) => other.version)) + 1;
		joined.push({
			...source,
			series: like?.series ?? source.id,
			version,
			notes: like?.notes ?? NO_NOTES
		});
	}
	return joined;
}

/** A source that is an export of no list that there is. */
export function startSeries(found: FoundSource & { readonly id: string }): SourceParams {
	return { ...found, series: found.id, version: 1, notes: NO_NOTES };
}

function constantsOf({ constants }: FoundSource): string {
	return JSON.stringify(Object.entries(constants).sort());
}
