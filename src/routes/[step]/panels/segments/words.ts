import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { Method } from '#lib/pipeline/segment/methods/method.ts';
import type { ClusterProfile, Recommendation } from '#lib/pipeline/segment/schema.ts';
import { numberWord } from '#lib/session/findings.ts';

/** What the map and its choice of axes speak of: money where there are amounts, else orders. */
export interface MapWords {
	readonly title: string;
	readonly choice: string;
	readonly label: string;
}

/** @param hasMoney whether the vertical axis is the total spend */
export function mapWords(hasMoney: boolean): MapWords {
	const [what, sentence] = hasMoney ? ['spend', 'how much they spend'] : ['orders', 'how often they order'];
	return {
		title: `Everybody, by when they last came and ${sentence}`,
		choice: `Recency and ${what}`,
		label: `Customers by recency and ${what}, coloured by segment`
	};
}

/** The title over the numbers of segments compared: which is recommended, and which the user took instead. */
export function whyTitle(
	{ k: recommended, reason }: Pick<Recommendation, 'k' | 'reason'>,
	inUse: number
): string {
	if (reason === 'no-groups') return 'Why there are no natural groups here';
	if (reason === 'nothing-holds') return 'Why no number of segments holds';
	const why = `Why ${numberWord(recommended).toLowerCase()}`;
	if (recommended === inUse) return why;
	return `${why} is recommended, and how your ${numberWord(inUse).toLowerCase()} compare`;
}

/** Beside a number that the user chose: “6 chosen by you, 4 recommended”; null where it is the recommended one. */
export function chosenWords(chosen: number, recommended: number): string | null {
	return chosen === recommended ? null : `${chosen} chosen by you, ${recommended} recommended`;
}

/** The title where the method found the number: “Three groups: the method found the number itself”. */
export function foundTitle(profiles: readonly Pick<ClusterProfile, 'isNoise'>[]): string {
	const groups = profiles.filter(({ isNoise }) => !isNoise).length;
	return `${numberWord(groups)} ${groups === 1 ? 'group' : 'groups'}: the method found the number itself`;
}

/** The place of a segment in the palette; null for the people of no group, who have a grey ring. */
export function markOf({ cluster, isNoise }: Pick<ClusterProfile, 'cluster' | 'isNoise'>): number | null {
	return isNoise ? null : cluster;
}

/** The labels as colours: people of no group have none. */
export function coloursOf(
	labels: Uint8Array,
	profiles: readonly Pick<ClusterProfile, 'cluster' | 'isNoise'>[]
): Uint8Array {
	const noise = profiles.find(({ isNoise }) => isNoise)?.cluster;
	return noise === undefined ? labels : labels.map((label) => (label === noise ? NO_COLOUR : label));
}

const NO_COLOUR = 255;

/** The title over the segments: “Four segments”, “Four segments, and 312 people of no clear group”; slices where people differ by degrees. */
export function listTitle(
	profiles: readonly Pick<ClusterProfile, 'isNoise' | 'customers'>[],
	format: Pick<Format, 'count'>,
	areSlices = false
): string {
	const groups = profiles.filter(({ isNoise }) => !isNoise).length;
	const what = areSlices ? 'slice' : 'segment';
	const many = `${numberWord(groups)} ${groups === 1 ? what : `${what}s`}`;
	const noise = profiles.find(({ isNoise }) => isNoise);
	return noise
		? `${many}, and ${counted(noise.customers, 'person', format, 'people')} of no clear group`
		: many;
}

/** The title over the choice of a method: whether the one in use is that which the facts speak for. */
export function methodTitle(
	inUse: Pick<Method, 'id' | 'label'>,
	advised: Pick<Method, 'id' | 'label'>
): string {
	return inUse.id === advised.id
		? `Found by ${inMiddle(inUse.label)}, which is what we would use here`
		: `Found by ${inMiddle(inUse.label)}; we would use ${inMiddle(advised.label)} here`;
}

/** A label inside a sentence: names of methods such as DBSCAN keep their letters. */
export function inMiddle(label: string): string {
	return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
