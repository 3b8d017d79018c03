import type { Format } from '#lib/core/format.ts';
import type { SourceOverlap } from '#lib/pipeline/clean/identity/overlap.ts';
import type { HeatCell, HeatLabel } from '#lib/ui/charts/heat.ts';

/** Where shares of a source's people part into seven colours. */
export const MEETING_THRESHOLDS: readonly number[] = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9];

const MOST_SHOWN = 7;
/** Letters of a name, where there are few columns and where there are many. */
const LONGEST_NAME = { few: 18, many: 11 };
const FEW = 4;

/** A cell that holds “100%” and a count such as “12.5k” beside its margins. */
const LEAST_CELL_PX = 54;
const SHORT_LABEL_PX = 60;

/** The width in pixels below which the figures of neighbours would touch; a narrower page scrolls. */
export function leastWidth({ columns }: MeetingGrid): number {
	return SHORT_LABEL_PX + columns.length * LEAST_CELL_PX;
}

/** Sources as rows and columns, with the people that two have in common, and a last column for those in one alone. */
export interface MeetingGrid {
	readonly cells: readonly HeatCell[];
	readonly rows: readonly HeatLabel[];
	readonly columns: readonly HeatLabel[];
	/** What the letters stand for, which are all that a narrow page has room for. */
	readonly legend: readonly { readonly letter: string; readonly name: string }[];
	/** Sources that have people but no room. */
	readonly left: number;
}

/** The grid of the sources with the most people. */
export function meetingGrid(
	overlaps: readonly SourceOverlap[],
	nameOf: (source: string) => string,
	format: Format
): MeetingGrid {
	const withPeople = overlaps.filter(({ people }) => people > 0);
	const most = new Set(withPeople.toSorted((a, b) => b.people - a.people).slice(0, MOST_SHOWN));
	const shown = withPeople.filter((each) => most.has(each));
	const letters = shown.map((_, i) => String.fromCharCode(65 + i));
	const longest = shown.length > FEW ? LONGEST_NAME.many : LONGEST_NAME.few;
	const names = shown.map(({ source }, i) => `${letters[i]} ${shortName(nameOf(source), longest)}`);
	const cells = shown.flatMap(({ source, people, only, shared }, row) => {
		const counts = [
			...shown.map((other) => (other.source === source ? null : shared.get(other.source))),
			only
		];
		return counts.flatMap((count, col) =>
			count === null || count === undefined ? [] : [{ row, col, share: count / people, customers: count }]
		);
	});
	return {
		cells,
		rows: shown.map(({ people }, i) => ({
			title: names[i] ?? '',
			note: `${format.count(people)} people`,
			short: { title: letters[i] ?? '', note: format.compact(people) }
		})),
		columns: [
			...names.map((title, i) => ({ title, short: { title: letters[i] ?? '' } })),
			{ title: 'In no other', short: { title: 'None' } }
		],
		legend: shown.map(({ source }, i) => ({ letter: letters[i] ?? '', name: nameOf(source) })),
		left: withPeople.length - shown.length
	};
}

/** The two sources that have the most people in common, as a sentence. */
export function meetingFinding(
	overlaps: readonly SourceOverlap[],
	nameOf: (source: string) => string,
	format: Format
): string {
	let best = { people: 0, words: 'No two sources have a person in common' };
	overlaps.forEach(({ source, shared }, i) => {
		for (const other of overlaps.slice(i + 1)) {
			const people = shared.get(other.source) ?? 0;
			if (people <= best.people) continue;
			const whom = `${format.count(people)} ${people === 1 ? 'person' : 'people'}`;
			best = { people, words: `${nameOf(source)} and ${nameOf(other.source)} have ${whom} in common` };
		}
	});
	return best.words;
}

/** The name of a list without the ending of its file, cut where it is long. */
function shortName(listName: string, longest: number): string {
	const name = listName.replace(/(\.(csv|tsv|txt|xlsx|gz|parquet|ndjson|jsonl))+(?= and \d+ more$|$)/i, '');
	return name.length <= longest ? name : `${name.slice(0, longest - 1)}…`;
}
