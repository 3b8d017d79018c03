import type { Format } from '#lib/core/format.ts';
import { plural } from '#lib/core/words.ts';
import { GAP_BELOW, STABLE_AT } from '#lib/pipeline/segment/choose-count.ts';
import { shownOverlap } from '#lib/pipeline/segment/describe.ts';
import type { Candidate, ClusteringResult } from '#lib/pipeline/segment/schema.ts';
import { kneeIndex } from '#lib/stats/knee.ts';
import type { KPoint } from '#lib/ui/charts/k-line.ts';

/** One way of judging the numbers of segments. */
export interface CountIndex {
	readonly id: string;
	readonly title: string;
	/** The field's term, which way is better, and what else is drawn. */
	readonly note: string;
	readonly points: readonly KPoint[];
	/** The number it speaks for; null where it speaks for none. */
	readonly liked: number | null;
	readonly write: (value: number) => string;
}

type Compared = Pick<
	ClusteringResult,
	'candidates' | 'recommendation' | 'profiles' | 'clusterCount' | 'silhouetteSample'
>;

/**
 * The indices of the numbers that were tried, in the order they are shown; those that were not worked out are left out.
 * @param customers of the whole shop
 */
export function countIndices(result: Compared, customers: number, format: Format): CountIndex[] {
	const { candidates, silhouetteSample } = result;
	const two = (value: number): string => format.decimal(value, 2);
	const compact = (value: number): string => format.compact(value);
	const of = (id: string, value: (candidate: Candidate) => number | null, better: Better) =>
		indexOf(candidates, value, better, id);
	const sample = silhouetteSample < customers ? `a sample of ${format.count(silhouetteSample)}` : 'all';
	const all: CountIndex[] = [
		{
			...of('inertia', ({ inertia }) => inertia, elbow),
			title: 'Spread left inside segments',
			note: 'Inertia, lower is tighter; the elbow is where it bends',
			write: compact
		},
		{
			...silhouettes(candidates),
			title: 'How clearly they separate',
			note: `Silhouette of ${sample} customers; dashed: what chance reaches`,
			write: two
		},
		{
			...saddles(candidates),
			title: 'How empty it is between them',
			note: 'Saddle: people half-way between segments, of those inside; a gap is under the dashed half',
			write: two
		},
		{
			...gaps(candidates),
			title: 'Tighter than without groups',
			note: 'Gap statistic with its error; the first that the next does not beat',
			write: two
		},
		{ ...stabilities(result), title: 'Whether they come back', note: STABILITY_NOTE, write: two },
		{
			...of('dunn', ({ dunn }) => dunn, most),
			title: 'Gaps against widths',
			note: 'Dunn, higher is better; one person between two segments lowers it',
			write: (value) => format.decimal(value, 3)
		},
		{
			...of('calinski-harabasz', ({ calinskiHarabasz }) => calinskiHarabasz, most),
			title: 'Between against within',
			note: 'Calinski-Harabasz, higher is better',
			write: compact
		},
		{
			...of('davies-bouldin', ({ daviesBouldin }) => daviesBouldin, least),
			title: 'How much neighbours overlap',
			note: 'Davies-Bouldin, lower is better',
			write: two
		},
		{
			...of('bic', ({ bic }) => bic, least),
			title: 'Fit against complexity',
			note: 'BIC, lower is better',
			write: compact
		}
	];
	return all.filter(({ points }) => points.some(({ value }) => Number.isFinite(value)));
}

const STABILITY_NOTE = `Overlap of the weakest segment, resampled; dashed: the ${STABLE_AT.toFixed(1)} line. Looked at only until one holds`;

type Better = (points: readonly KPoint[]) => number | null;

function indexOf(
	candidates: readonly Candidate[],
	value: (candidate: Candidate) => number | null,
	better: Better,
	id: string
): Pick<CountIndex, 'id' | 'points' | 'liked'> {
	const points = candidates.map((candidate) => ({ k: candidate.k, value: value(candidate) ?? NaN }));
	return { id, points, liked: better(points) };
}

/** The number with the largest value; with fewer segments where two are alike. */
const most: Better = (points) => extreme(points, (a, b) => a > b);
const least: Better = (points) => extreme(points, (a, b) => a < b);

function extreme(points: readonly KPoint[], beats: (a: number, b: number) => boolean): number | null {
	const known = points.filter(({ value }) => Number.isFinite(value));
	const [first, ...others] = known;
	if (first === undefined || others.length === 0) return null;
	return others.reduce((best, point) => (beats(point.value, best.value) ? point : best), first).k;
}

const elbow: Better = (points) => {
	const knee = kneeIndex(
		points.map(({ k }) => k),
		points.map(({ value }) => value)
	);
	return knee === null ? null : (points[knee]?.k ?? null);
};

/** Speaks for the largest that is above what chance reaches. */
function silhouettes(candidates: readonly Candidate[]): Pick<CountIndex, 'id' | 'points' | 'liked'> {
	const points = candidates.map(({ k, silhouette: value, chance }) =>
		chance === null ? { k, value } : { k, value, reference: chance }
	);
	const above = points.filter(({ value, reference }) => reference === undefined || value > reference);
	return { id: 'silhouette', points, liked: most(above) ?? above[0]?.k ?? null };
}

/** Speaks for the lowest that is a gap. */
function saddles(candidates: readonly Candidate[]): Pick<CountIndex, 'id' | 'points' | 'liked'> {
	const points = candidates.map(({ k, saddle }) => ({ k, value: saddle ?? NaN, reference: GAP_BELOW }));
	const parted = points.filter(({ value }) => value < GAP_BELOW);
	return { id: 'saddle', points, liked: least(parted) ?? parted[0]?.k ?? null };
}

/** Speaks for the first whose gap is at least the next one less the error of that (Tibshirani, Walther & Hastie 2001). */
function gaps(candidates: readonly Candidate[]): Pick<CountIndex, 'id' | 'points' | 'liked'> {
	const points = candidates.map(({ k, gap }) =>
		gap === null ? { k, value: NaN } : { k, value: gap.value, error: gap.error }
	);
	const first = points.find(({ value }, i) => {
		const next = points[i + 1];
		return next !== undefined && value >= next.value - (next.error ?? NaN);
	});
	return { id: 'gap', points, liked: first?.k ?? null };
}

/** Stability is known of the number in use and of those that were refused for it. */
function stabilities({
	candidates,
	recommendation,
	profiles,
	clusterCount
}: Compared): Pick<CountIndex, 'id' | 'points' | 'liked'> {
	const weakest = Math.min(
		...profiles.filter(({ isNoise }) => !isNoise).map(({ stability }) => stability.jaccard)
	);
	const points = candidates.map(({ k }) => {
		const refused = recommendation.refused.find((entry) => entry.k === k && entry.because === 'unstable');
		const value = k === clusterCount ? weakest : (refused?.value ?? NaN);
		return { k, value: Number.isFinite(value) ? shownOverlap(value) : NaN, reference: STABLE_AT };
	});
	const stable = points.filter(({ value }) => value >= STABLE_AT);
	return { id: 'stability', points, liked: stable[0]?.k ?? null };
}

/** “Four speak for 3, two for 2, one for 5.”: how often each number is liked, most often first. */
export function votes(indices: readonly CountIndex[]): { k: number; by: readonly string[] }[] {
	const liked = indices.flatMap(({ liked: k, title }) => (k === null ? [] : [{ k, title }]));
	const ks = [...new Set(liked.map(({ k }) => k))];
	return ks
		.map((k) => ({ k, by: liked.filter((vote) => vote.k === k).map(({ title }) => title) }))
		.sort((a, b) => b.by.length - a.by.length || a.k - b.k);
}

/** The votes in a sentence; empty where nothing speaks for a number. */
export function votesWords(indices: readonly CountIndex[]): string {
	const [first, ...others] = votes(indices);
	if (first === undefined) return '';
	const rest = others.map(({ k, by }) => `${by.length} for ${k}`);
	const many = plural(first.by.length, 'index', 'indices');
	const speak = first.by.length === 1 ? 'speaks' : 'speak';
	return `${[`${many} ${speak} for ${first.k}`, ...rest].join(', ')}.`;
}
