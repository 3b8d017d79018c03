import type { Matrix } from '#lib/core/matrix.ts';
import type { Centre } from '#lib/pipeline/segment/assign.ts';
import type { Assignment, Projection } from '#lib/pipeline/segment/schema.ts';

/** What segments are told by. */
export interface Borders {
	readonly profiles: readonly Centre[];
	readonly assignment: Assignment;
	readonly projection: Projection | null;
}

/**
 * How much each feature, and each category, brought one person from a segment to another: parts of the change of D(from) − D(to),
 * with D the squared distance to the centre, or minus twice the log of weight times density for a mixture. D is at most
 * quadratic, so that its slope in the middle of the way times the way is exact, and the parts add up to the whole change
 * (Aumann and Shapley 1974).
 *
 * @param columnCount compared features
 */
export function contributions(borders: Borders, columnCount: number): Contributions {
	const { projection, profiles, assignment } = borders;
	const centreOf = new Map(profiles.map((profile) => [profile.cluster, profile]));
	const slopeOf = assignment.kind === 'mixture' ? mixtureSlope(assignment) : centreSlope(centreOf);
	const middle = new Float64Array(columnCount);
	return (then, now, from, to) => {
		for (let c = 0; c < columnCount; c += 1) middle[c] = ((then[c] as number) + (now[c] as number)) / 2;
		const place = projection === null ? middle : projected(middle, projection);
		const [away, towards] = [slopeOf(place, from), slopeOf(place, to)];
		const slope = away.map((value, c) => value - (towards[c] as number));
		const own = projection === null ? slope : unprojected(slope, projection, columnCount);
		return own.map((value, c) => value * ((now[c] as number) - (then[c] as number)));
	};
}

/** The parts of a move, one per feature, for the scaled features of a person on two days. */
export type Contributions = (then: Float64Array, now: Float64Array, from: number, to: number) => Float64Array;

type Slope = (place: Float64Array, cluster: number) => Float64Array;

function centreSlope(centres: ReadonlyMap<number, Centre>): Slope {
	return (place, cluster) => {
		const centroid = centres.get(cluster)?.centroid ?? [];
		return place.map((value, c) => 2 * (value - (centroid[c] as number)));
	};
}

/** 2 Σ⁻¹(x − μ), by the lower Cholesky factor of Σ. */
function mixtureSlope({ means, choleskys }: Extract<Assignment, { kind: 'mixture' }>): Slope {
	return (place, cluster) => {
		const [mean, factor] = [means[cluster] as number[], choleskys[cluster] as number[]];
		const size = mean.length;
		const at = (row: number, column: number): number => factor[row * size + column] as number;
		const solved = place.map((value, c) => 2 * (value - (mean[c] as number)));
		for (let row = 0; row < size; row += 1) {
			for (let c = 0; c < row; c += 1) solved[row]! -= at(row, c) * (solved[c] as number);
			solved[row]! /= at(row, row);
		}
		for (let row = size - 1; row >= 0; row -= 1) {
			for (let c = row + 1; c < size; c += 1) solved[row]! -= at(c, row) * (solved[c] as number);
			solved[row]! /= at(row, row);
		}
		return solved;
	};
}

function projected(place: Float64Array, { means, loadings }: Projection): Float64Array {
	return Float64Array.from(loadings, (loading) =>
		loading.reduce((sum, weight, c) => sum + weight * ((place[c] as number) - (means[c] as number)), 0)
	);
}

function unprojected(slope: Float64Array, { loadings }: Projection, columnCount: number): Float64Array {
	const own = new Float64Array(columnCount);
	loadings.forEach((loading, component) =>
		loading.forEach((weight, c) => (own[c]! += weight * (slope[component] as number)))
	);
	return own;
}

/** The row of a matrix, as a view. */
export function rowOf({ values, columnCount }: Matrix, row: number): Float64Array {
	return values.subarray(row * columnCount, (row + 1) * columnCount);
}

/** The place of the largest of some numbers; the first of equal ones. */
export function largest(values: ArrayLike<number>): number {
	let best = 0;
	for (let at = 1; at < values.length; at += 1)
		if ((values[at] as number) > (values[best] as number)) best = at;
	return best;
}
