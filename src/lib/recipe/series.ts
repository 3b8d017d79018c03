import type { Day } from '#lib/core/days.ts';
import type { FoundSource, SourceParams } from '#lib/pipeline/import/schema.ts';
import { NO_NOTES } from '#lib/pipeline/import/schema.ts';

/** Leaves room for a number within the length of a system's name. */
const LONGEST_STEM = 52;

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

/** An export of a series, and the day of its newest record; null when that is not known. */
export interface DatedExport {
	readonly id: string;
	readonly version: number;
	readonly newest: Day | null;
}

/**
 * Versions of exports that come to a series, so that the order of versions is the order of their newest records: each
 * stands above all that end before it or with it, or are not known to end later. Those that come together between the
 * same two are files of one export.
 * @param arrived in order; their versions are not looked at
 * @returns the versions of `arrived`, and of those present that have to make room
 */
export function versionsByDay(
	arrived: readonly Omit<DatedExport, 'version'>[],
	present: readonly DatedExport[]
): ReadonlyMap<string, number> {
	const ends = new Map<number, Day | null>();
	for (const { version, newest } of present) {
		const end = ends.get(version) ?? null;
		ends.set(version, end === null || (newest !== null && newest > end) ? newest : end);
	}
	const order = [...ends].sort(([a], [b]) => a - b);
	const below = (newest: Day | null) =>
		order.findLast(([, end]) => end === null || newest === null || end <= newest)?.[0] ?? 0;
	const versions = new Map<string, number>();
	let last = 0;
	for (const level of [0, ...order.map(([version]) => version)]) {
		if (level > 0) last = Math.max(last + 1, level);
		for (const { id, version } of present) if (version === level && version !== last) versions.set(id, last);
		const here = arrived.filter(({ newest }) => below(newest) === level);
		if (here.length === 0) continue;
		last += 1;
		for (const { id } of here) versions.set(id, last);
	}
	return versions;
}

/** A system of ids that no source has: `shopify-2` beside `shopify`. */
export function anotherIdSystem(system: string, present: readonly Pick<SourceParams, 'idSystem'>[]): string {
	const stem = system.replace(/-\d+$/, '').slice(0, LONGEST_STEM);
	const taken = new Set([stem, ...present.map(({ idSystem }) => idSystem)]);
	let n = 2;
	while (taken.has(`${stem}-${n}`)) n += 1;
	return `${stem}-${n}`;
}

function constantsOf({ constants }: FoundSource): string {
	return JSON.stringify(Object.entries(constants).sort());
}
