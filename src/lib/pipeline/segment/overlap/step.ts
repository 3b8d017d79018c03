import type { Engine, Row } from '#lib/engine/engine.ts';
import type { RuleFeature } from '../rules/scope.ts';
import {
	apart,
	featureRows,
	intersectionRows,
	numberRows,
	peopleOfMasks,
	type KnownSegment
} from './overlap.sql.ts';
import {
	LEAST_APART,
	MOST_OVERLAPPED,
	type Comparison,
	type FeatureDifference,
	type Intersection,
	type Overlap,
	type People,
	type SegmentNumbers
} from './schema.ts';

/** What the questions about segments are asked with. */
export interface OverlapContext {
	readonly engine: Pick<Engine, 'rows'>;
	readonly signal: AbortSignal;
	/** False where `features.customers` has no amounts. */
	readonly hasMoney: boolean;
}

/** The spread of all customers, on the scales of `SegmentNumbers`: standard deviations. */
export interface Spread {
	readonly recency: number;
	readonly frequency: number;
	/** 0 without amounts. */
	readonly money: number;
}

/** Size, money and typical values of every segment, in the order given, and the spread of all customers. One query. */
export async function measureSegments(
	{ engine, signal, hasMoney }: OverlapContext,
	segments: readonly KnownSegment[]
): Promise<{ readonly segments: SegmentNumbers[]; readonly spread: Spread }> {
	type Measured = Omit<SegmentNumbers, 'ref'> & {
		readonly place: number;
		readonly recencySpread: number;
		readonly frequencySpread: number;
		readonly moneySpread: number;
	};
	const rows = await engine.rows<Measured>(numberRows(segments, hasMoney), signal);
	const byPlace = new Map(rows.map((row) => [row.place, row]));
	const everyone = byPlace.get(-1);
	return {
		segments: segments.map(({ ref }, place) => {
			const { customers, revenue, recency, frequency, money } = byPlace.get(place) ?? nobody(hasMoney);
			return { ref, customers, revenue, recency, frequency, money };
		}),
		spread: {
			recency: everyone?.recencySpread ?? 0,
			frequency: everyone?.frequencySpread ?? 0,
			money: everyone?.moneySpread ?? 0
		}
	};
}

/** How segments overlap, by one query. @throws RangeError for more than `MOST_OVERLAPPED` segments. */
export async function overlapOf(
	{ engine, signal, hasMoney }: OverlapContext,
	segments: readonly KnownSegment[]
): Promise<Overlap> {
	if (segments.length > MOST_OVERLAPPED) throw new RangeError(`more than ${MOST_OVERLAPPED} segments`);
	const intersections = await engine.rows<Intersection>(intersectionRows(segments, hasMoney), signal);
	return {
		segments: segments.map(({ ref, name }, place) => ({
			ref,
			name,
			...sum(
				intersections.filter(({ mask }) => hasBit(mask, place)),
				hasMoney
			)
		})),
		intersections,
		union: sum(intersections, hasMoney)
	};
}

/** The ids of the customers who are in exactly the segments of one of these masks, in the order of the customers. */
export async function peopleInMasks(
	{ engine, signal }: Pick<OverlapContext, 'engine' | 'signal'>,
	segments: readonly KnownSegment[],
	masks: readonly number[]
): Promise<string[]> {
	const rows = await engine.rows<{ customerId: string }>(peopleOfMasks(segments, masks), signal);
	return rows.map(({ customerId }) => customerId);
}

/** Features that are looked at in one query, so that a comparison can be stopped soon. */
const FEATURES_AT_ONCE = 16;

/**
 * Two segments against each other: who is in one and in both, and which numbers of the library differ most between those in one
 * of them alone. Where these are fewer than `least` on a side, the whole segments are compared.
 */
export async function compareSegments(
	context: OverlapContext,
	pair: readonly [KnownSegment, KnownSegment],
	features: Iterable<RuleFeature>,
	least = LEAST_APART
): Promise<Comparison> {
	const { intersections } = await overlapOf(context, pair);
	const of = (mask: number): People =>
		intersections.find((each) => each.mask === mask) ?? zero(context.hasMoney);
	const [onlyA, onlyB, both] = [peopleOf(of(1)), peopleOf(of(2)), peopleOf(of(3))];
	const union = onlyA.customers + onlyB.customers + both.customers;
	const isWhole = Math.min(onlyA.customers, onlyB.customers) < least;
	const compared = isWhole ? pair : apart(pair);
	const differences: FeatureDifference[] = [];
	for (const { table, ids } of inParts(features)) {
		const rows = await context.engine.rows<Row>(featureRows(compared, table, ids), context.signal);
		differences.push(...ids.flatMap((feature, i) => differenceOf(feature, i, rows)));
	}
	return {
		a: pair[0].ref,
		b: pair[1].ref,
		onlyA,
		both,
		onlyB,
		jaccard: union === 0 ? null : both.customers / union,
		isWhole,
		differences: differences.sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference))
	};
}

/** Numbers of one table at a time, not too many in one query. */
function inParts(features: Iterable<RuleFeature>): FeaturePart[] {
	const tables = new Map<string, FeaturePart>();
	for (const { id, kind, table } of features) {
		if (kind !== 'number' || table === null) continue;
		const key = table.join('.');
		tables.set(key, { table, ids: [...(tables.get(key)?.ids ?? []), id] });
	}
	return [...tables.values()].flatMap(({ table, ids }) => {
		const count = Math.ceil(ids.length / FEATURES_AT_ONCE);
		const starts = Array.from({ length: count }, (_, i) => i * FEATURES_AT_ONCE);
		return starts.map((from) => ({ table, ids: ids.slice(from, from + FEATURES_AT_ONCE) }));
	});
}

interface FeaturePart {
	readonly table: NonNullable<RuleFeature['table']>;
	readonly ids: readonly string[];
}

function differenceOf(feature: string, i: number, rows: readonly Row[]): FeatureDifference[] {
	const [a, b, everyone] = [0, 1, 2].map((place) => rows.find((row) => row['place'] === place));
	if (!a || !b || !everyone) return [];
	const at = (row: Row, name: string): number => Number(row[`${name}${i}`] ?? NaN);
	if (at(a, 'n') === 0 || at(b, 'n') === 0) return [];
	const [mean, spread] = at(everyone, 'low') < 0 ? ['mean', 'spread'] : ['logMean', 'logSpread'];
	const deviation = at(everyone, spread);
	const distance = at(a, mean) - at(b, mean);
	return [
		{
			feature,
			difference: deviation === 0 ? 0 : distance / deviation,
			medianA: at(a, 'median'),
			medianB: at(b, 'median'),
			knownA: at(a, 'n'),
			knownB: at(b, 'n')
		}
	];
}

/** Two places of an overlap, and the share of the first's people who are also in the second. */
export interface SharedPair {
	readonly a: number;
	readonly b: number;
	readonly share: number;
}

/** Every pair of which anybody is in both, in both directions, the largest share of the first first. */
export function sharedPairs({ segments, intersections }: Overlap): SharedPair[] {
	const shared = (a: number, b: number): number =>
		intersections
			.filter(({ mask }) => hasBit(mask, a) && hasBit(mask, b))
			.reduce((total, { customers }) => total + customers, 0);
	return segments
		.flatMap(({ customers }, a) =>
			segments.map((_, b) => ({ a, b, share: a === b ? 0 : shared(a, b) / Math.max(1, customers) }))
		)
		.filter(({ share }) => share > 0)
		.sort((first, second) => second.share - first.share);
}

/** True where a mask has the segment at this place. */
export function hasBit(mask: number, place: number): boolean {
	return (mask & (1 << place)) !== 0;
}

function sum(parts: readonly People[], hasMoney: boolean): People {
	return parts.reduce(
		(total, { customers, revenue }) => ({
			customers: total.customers + customers,
			revenue: total.revenue === null ? null : total.revenue + (revenue ?? 0)
		}),
		zero(hasMoney)
	);
}

function peopleOf({ customers, revenue }: People): People {
	return { customers, revenue };
}

function zero(hasMoney: boolean): People {
	return { customers: 0, revenue: hasMoney ? 0 : null };
}

function nobody(hasMoney: boolean): Omit<SegmentNumbers, 'ref'> {
	return { ...zero(hasMoney), recency: null, frequency: null, money: null };
}
