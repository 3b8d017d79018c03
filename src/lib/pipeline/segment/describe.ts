import type { Format } from '#lib/core/format.ts';
import { DEFINITIONS, featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { SIZE_FLOOR, sizeFloor, STABLE_AT } from './choose-count.ts';
import { valueOf } from './profile.ts';
import type { Candidate, ClusterProfile, Recommendation, SegmentStability } from './schema.ts';

/** An effect from here on is worth a sentence; from `STRONG` on it is far from typical. */
const NOTABLE = 0.5;
const STRONG = 1.2;

/** What is known of a feature: a summary or a definition. */
type KnownFeature = Pick<FeatureSummary, 'id' | 'label' | 'unit'>;

/** The medians of a segment in one line: “8 orders, the last 15 days ago, typically £2,996 in all”. */
export function describeProfile(
	profile: ClusterProfile,
	format: Format,
	known: readonly KnownFeature[] = DEFINITIONS
): string {
	const orders = valueOf(profile, 'frequency');
	const days = valueOf(profile, 'recency_days');
	const spend = valueOf(profile, 'monetary_total');
	if (orders === undefined || days === undefined)
		return describeDifferences(profile, format, known)[0] ?? CLOSE_TO_TYPICAL;
	const many = orders.median === 1 ? 'One order' : `${halves(orders.median, format)} orders`;
	const ago = `${format.days(Math.round(days.median))} ago`;
	const parts = [many, orders.median === 1 ? ago : `the last ${ago}`];
	if (spend !== undefined) parts.push(`typically ${format.money(spend.median)} in all`);
	return parts.join(', ');
}

const CLOSE_TO_TYPICAL = 'Close to the typical customer in everything that was compared.';

/** What is unusually high or low in a segment, strongest first; one sentence says so when nothing is. */
export function describeDifferences(
	{ values }: Pick<ClusterProfile, 'values'>,
	format: Format,
	known: readonly KnownFeature[] = DEFINITIONS
): string[] {
	const sentences = values
		.filter(
			({ effect, median, medianAll }) => Math.abs(effect) >= NOTABLE && differs(effect, median, medianAll)
		)
		.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
		.map((value) => {
			const far = Math.abs(value.effect) >= STRONG ? 'far ' : '';
			const side = value.effect > 0 ? 'above' : 'below';
			const unit = known.find(({ id }) => id === value.feature)?.unit;
			const [own, typical] = [write(unit, value.median, format), write(unit, value.medianAll, format)];
			return `${featureLabel(value.feature, known)}: ${own}, ${far}${side} the typical ${typical}.`;
		});
	return sentences.length > 0 ? sentences : [CLOSE_TO_TYPICAL];
}

/** True when the medians, which are shown, differ in the direction of the effect, which is not. */
function differs(effect: number, median: number, medianAll: number): boolean {
	return effect > 0 ? median > medianAll : median < medianAll;
}

function write(unit: FeatureSummary['unit'] | undefined, value: number, format: Format): string {
	if (unit === 'money') return format.money(value);
	if (unit === 'days') return format.days(Math.round(value));
	if (unit === 'share') return format.percent(value);
	return unit === 'ratio' || unit === 'index' ? format.decimal(value, 2) : halves(value, format);
}

/** Medians of whole numbers are whole or end in a half. */
function halves(value: number, format: Format): string {
	return Number.isInteger(value) ? format.count(value) : format.decimal(value, 1);
}

/** A silhouette so little above chance is worth a word. */
const BARELY = 0.02;

/** Why this number of segments: the choice, what was refused although it separates better, the runner-up. */
export function describeRecommendation(
	{ k, reason, runnerUp, refused }: Recommendation,
	candidates: readonly Candidate[]
): string {
	const silhouetteOf = (count: number): number =>
		candidates.find((candidate) => candidate.k === count)?.silhouette ?? NaN;
	const own = silhouetteOf(k);
	const better = refused
		.filter((refusal) => refusal.k > 2 && silhouetteOf(refusal.k) >= own)
		.map(refusalWords);
	const chance = candidates.find((candidate) => candidate.k === k)?.chance ?? null;
	const isChosen = reason === 'clearest' || reason === 'only-two-hold';
	const barely =
		isChosen && chance !== null && own - chance < BARELY
			? `That is only just clearer than people without groups would be (up to ${chance.toFixed(2)}): use it with care.`
			: '';
	const next = runnerUp === null || !isChosen ? '' : `Runner-up: ${runnerUp}.`;
	const advice = isChosen ? `We recommend ${k}.` : '';
	return [advice, ...reasonSentences(reason, k, own, silhouetteOf(2)), barely, ...better, next]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function reasonSentences(reason: Recommendation['reason'], k: number, own: number, two: number): string[] {
	const score = own.toFixed(2);
	switch (reason) {
		case 'clearest':
			return [
				two > own ? `Two separates best (${two.toFixed(2)}), but is too coarse to act on.` : '',
				`Of the finer splits that hold, ${k} is the clearest (${score}), and every segment comes back when the data is resampled.`
			];
		case 'only-two-hold':
			return [`Two is coarse, but it separates clearly (${score}) and no finer split holds better.`];
		case 'found':
			return ['The method found the number of groups itself.'];
		case 'no-groups':
			return [
				`There are no natural groups here: at no number do customers stand apart more than people without groups would, with a gap between them. ${k} slices are shown; where they begin is a matter of choice.`
			];
		case 'nothing-holds':
			return [
				`No split holds: people differ by degrees here, not by groups. ${k} segments (${score}) are shown to look at, not to act on.`
			];
	}
}

function refusalWords({ k, because, value }: Recommendation['refused'][number]): string {
	if (because === 'chance') {
		return `With ${k}, people stand apart no more than people without groups do (up to ${value.toFixed(2)}).`;
	}
	if (because === 'no-gap') {
		return `With ${k}, nothing parts the segments: half-way between them stand ${value.toFixed(2)} of the people that stand inside.`;
	}
	return because === 'too-small'
		? `${k} would leave a segment of only ${value} people.`
		: `With ${k}, a segment does not come back when the data is resampled (${shownOverlap(value).toFixed(2)}).`;
}

/** How far a segment can be trusted, with the reason in words. */
export interface SegmentGrade {
	readonly grade: 'trust' | 'care' | 'stop' | 'few';
	readonly reason: string;
}

/** Bands of the mean bootstrap Jaccard (Hennig 2007): below the first a segment dissolves, from the last on it is highly stable. */
const DISSOLVED = 0.6;
const STABLE = 0.75;
const HIGHLY_STABLE = 0.85;
/** Mean silhouettes below this mean that a segment overlaps its neighbour about as much as it stands apart. */
const OVERLAPPING = 0.1;

/** Whether a segment comes back when the data is resampled: its mean Jaccard is 0.7 or more. What is below is at best `care`. */
export function comesBack({ jaccard }: Pick<SegmentStability, 'jaccard'>): boolean {
	return jaccard >= STABLE_AT;
}

const LINES: readonly number[] = [DISSOLVED, STABLE_AT, STABLE, HIGHLY_STABLE];

/** An overlap in two digits, as it is shown: rounded, but never up to a line that it does not reach. */
export function shownOverlap(jaccard: number): number {
	const rounded = Math.round(jaccard * 100);
	const isRaised = LINES.some((line) => jaccard < line && rounded >= Math.round(line * 100));
	return (isRaised ? rounded - 1 : rounded) / 100;
}

/**
 * The trust grade of a segment, first match: `few` under the size floor; `stop` under a Jaccard of 0.6; `care` when it does
 * not come back (under 0.7), has fewer than 100 people, is under 0.75, has resamples under 0.6, or a silhouette under 0.1;
 * else `trust`.
 *
 * @param customers of the whole shop, which sets the size floor
 */
export function gradeSegment(
	{ customers: own, silhouette, stability }: Pick<ClusterProfile, 'customers' | 'silhouette' | 'stability'>,
	customers: number
): SegmentGrade {
	const floor = sizeFloor(customers);
	const { jaccard, low } = stability;
	const mean = `${shownOverlap(jaccard).toFixed(2)} on average`;
	if (own < floor) return { grade: 'few', reason: `Too few to say: ${own} people, ${floor} needed.` };
	if (jaccard < DISSOLVED) {
		return {
			grade: 'stop',
			reason: `It falls apart when the data is resampled: it overlaps ${mean}, needed 0.60.`
		};
	}
	if (!comesBack(stability)) {
		return care(`Who belongs to it is doubtful: resampled, it overlaps ${mean}, under the 0.70 line.`);
	}
	if (own < SIZE_FLOOR) return care(`Only ${own} people: under ${SIZE_FLOOR} a result can be chance.`);
	if (jaccard < STABLE)
		return care(`It comes back when the data is resampled, but just: it overlaps ${mean}.`);
	if (low < DISSOLVED) {
		return care(
			`Resampled, it overlaps ${mean}, but in the worst resamples only ${shownOverlap(low).toFixed(2)} overlap.`
		);
	}
	if (silhouette < OVERLAPPING) {
		return care(
			`It comes back (it overlaps ${mean}), but its edge runs into its neighbour (silhouette ${silhouette.toFixed(2)}).`
		);
	}
	const how = jaccard >= HIGHLY_STABLE && low >= STABLE_AT ? 'nearly unchanged' : 'reliably';
	return { grade: 'trust', reason: `It comes back ${how} when the data is resampled: it overlaps ${mean}.` };
}

function care(reason: string): SegmentGrade {
	return { grade: 'care', reason };
}
