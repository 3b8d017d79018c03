/** How many marks there are: `SEGMENT_COLOURS` of the palette. */
export const MARK_COUNT = 12;

/** A segment that is given a mark. */
export interface Marked {
	/** The mark that was chosen for it, from 0; null: none was. */
	readonly color: number | null;
	/** What it is of: the user's own work, a group by recency and frequency, or found by itself. */
	readonly family: 'own' | 'group' | 'found';
	/** Its place among those of its family: of groups the best has 0. */
	readonly place: number;
}

/**
 * The mark of every segment, from 0, none of them twice unless it was chosen; null: the mark of all others, once every mark is
 * given. Chosen marks stand. Own segments count from the last mark back, so that none of them looks like a group and all keep
 * their mark when another is added; groups have the marks of their own screen as far as those are free; all others take what
 * is left, own segments first.
 */
export function marksOf(segments: readonly Marked[]): (number | null)[] {
	const marks = segments.map(({ color }) => color);
	const free = new Set(Array.from({ length: MARK_COUNT }, (_, mark) => mark));
	for (const mark of marks) if (mark !== null) free.delete(mark);
	const give = (at: number, mark: number | undefined): void => {
		if (mark === undefined || marks[at] !== null || !free.delete(mark)) return;
		marks[at] = mark;
	};
	const each = (family: Marked['family'], markOf: (place: number) => number | undefined): void => {
		for (const [at, segment] of segments.entries())
			if (segment.family === family) give(at, markOf(segment.place));
	};
	each('own', (place) => MARK_COUNT - 1 - place);
	each('own', () => [...free].at(-1));
	each('group', (place) => place);
	each('found', () => [...free][0]);
	each('group', () => [...free][0]);
	return marks;
}
