// @ts-check
/** What k-means does with rows in 64 bits besides a pass: first sums, the inertia, leaves of a summary, distances for seeding. */

/**
 * The text of all of these. With so many columns as listed the inertia has no loop over columns.
 *
 * @param {readonly number[]} unrolled
 */
export function rows(unrolled) {
	const given = 'columnCount, rowCount, rows, weights, labels, centroids';
	return `
${unrolled.map((columns) => inertia(`inertia${columns}`, unrolledDistance(columns))).join('\n')}
${inertia('inertiaAny', 'squaredDistance(row, centroid, step)')}
/**
 * Σ weight · |row − the centroid of its label|²; without weights where their address is 0. Row i counts in the (i mod 4)-th
 * of four sums, which are then added in pairs, so that one does not wait for the other.
 */
export function inertia(
	columnCount: i32, rowCount: usize, rows: usize, weights: usize, labels: usize, centroids: usize
): f64 {
	switch (columnCount) {
		${unrolled.map((columns) => `case ${columns}: return inertia${columns}(${given});`).join('\n\t\t')}
		default: return inertiaAny(${given});
	}
}
${SUMS_AND_SEEDS}`;
}

/** @param {number} columns */
function unrolledDistance(columns) {
	const terms = Array.from(
		{ length: columns },
		(_, c) => `square(load<f64>(row, ${c * 8}) - load<f64>(centroid, ${c * 8}))`
	);
	return terms.join(' + ');
}

/**
 * @param {string} name
 * @param {string} distance between the addresses `row` and `centroid`
 */
function inertia(name, distance) {
	return `
// @ts-ignore
@inline
function ${name}Of(i: usize, rows: usize, step: usize, weights: usize, labels: usize, centroids: usize): f64 {
	const row = rows + i * step;
	const centroid = centroids + <usize>load<u8>(labels + i) * step;
	const distance = ${distance};
	return weights ? distance * load<f64>(weights + (i << 3)) : distance;
}

function ${name}(
	columnCount: i32, rowCount: usize, rows: usize, weights: usize, labels: usize, centroids: usize
): f64 {
	const step = <usize>columnCount << 3;
	let sum0: f64 = 0, sum1: f64 = 0, sum2: f64 = 0, sum3: f64 = 0;
	for (let i: usize = 0; i < rowCount; i += 4) {
		const left = rowCount - i;
		sum0 += ${name}Of(i, rows, step, weights, labels, centroids);
		if (left > 1) sum1 += ${name}Of(i + 1, rows, step, weights, labels, centroids);
		if (left > 2) sum2 += ${name}Of(i + 2, rows, step, weights, labels, centroids);
		if (left > 3) sum3 += ${name}Of(i + 3, rows, step, weights, labels, centroids);
	}
	return sum0 + sum1 + (sum2 + sum3);
}`;
}

const SUMS_AND_SEEDS = `
// @ts-ignore
@inline
function square(value: f64): f64 {
	return value * value;
}

/** Adds sixteen rows that had no cluster to the sums of their labels, in order. */
// @ts-ignore
@inline
function addSixteen(
	columnCount: i32, rows: usize, weights: usize, first: usize, labels: usize, sums: usize, totals: usize, members: usize
): void {
	const step = <usize>columnCount << 3;
	let row = rows + first * step;
	for (let i: usize = 0; i < 16; i++) {
		const to = <usize>load<u8>(labels + i);
		const sum = sums + to * step;
		const weight = weights ? load<f64>(weights + ((first + i) << 3)) : 1;
		store<f64>(totals + (to << 3), load<f64>(totals + (to << 3)) + weight);
		store<i32>(members + (to << 2), load<i32>(members + (to << 2)) + 1);
		for (let c: usize = 0; c < step; c += 8) {
			store<f64>(sum + c, load<f64>(sum + c) + weight * load<f64>(row + c));
		}
		row += step;
	}
}

/**
 * Sends every row to a leaf of a kd-tree of nodes 1 … 2^depth − 1 and adds it to the sums and the count there. A row goes
 * right where its value in the column of the node is not below the split. Four rows go down together, so that one does not
 * wait for the other.
 */
export function sendToLeaves(
	columnCount: i32, rowCount: usize, rows: usize, depth: i32, column: usize, split: usize, sums: usize, counts: usize
): void {
	const step = <usize>columnCount << 3;
	const leaves = <usize>1 << depth;
	for (let first: usize = 0; first < rowCount; first += 4) {
		const row0 = rows;
		const row1 = rows + step;
		const row2 = row1 + step;
		const row3 = row2 + step;
		let node0: usize = 1;
		let node1: usize = 1;
		let node2: usize = 1;
		let node3: usize = 1;
		for (let level = 0; level < depth; level++) {
			node0 = child(row0, node0, column, split);
			node1 = child(row1, node1, column, split);
			node2 = child(row2, node2, column, split);
			node3 = child(row3, node3, column, split);
		}
		const left = rowCount - first;
		addToLeaf(row0, node0 - leaves, step, sums, counts);
		if (left > 1) addToLeaf(row1, node1 - leaves, step, sums, counts);
		if (left > 2) addToLeaf(row2, node2 - leaves, step, sums, counts);
		if (left > 3) addToLeaf(row3, node3 - leaves, step, sums, counts);
		rows += step << 2;
	}
}

// @ts-ignore
@inline
function child(row: usize, node: usize, column: usize, split: usize): usize {
	const value = load<f64>(row + (<usize>load<u8>(column + node) << 3));
	return (node << 1) + <usize>(value >= load<f64>(split + (node << 3)));
}

// @ts-ignore
@inline
function addToLeaf(row: usize, leaf: usize, step: usize, sums: usize, counts: usize): void {
	const sum = sums + leaf * step;
	store<f64>(counts + (leaf << 3), load<f64>(counts + (leaf << 3)) + 1);
	for (let c: usize = 0; c < step; c += 8) store<f64>(sum + c, load<f64>(sum + c) + load<f64>(row + c));
}

/**
 * Writes for each row the lesser of \`cap\` and its squared distance to the point; answers their sum, each times its weight.
 * \`rowCount\` is a multiple of 4: row i counts in the (i mod 4)-th of four sums, which are then added in pairs.
 */
export function capDistances(
	columnCount: i32, rowCount: usize, rows: usize, point: usize, cap: usize, weights: usize, out: usize
): f64 {
	const step = <usize>columnCount << 3;
	let sum0 = f64x2.splat(0);
	let sum1 = sum0;
	for (const end = out + (rowCount << 3); out < end; out += 32) {
		let distance0 = f64x2.splat(0);
		let distance1 = distance0;
		let at = rows;
		for (let c = point, last = point + step; c < last; c += 8) {
			const coordinate = v128.load64_splat(c);
			const next = at + step * 2;
			const difference0 = f64x2.sub(v128.load64_lane(at + step, v128.load64_zero(at), 1), coordinate);
			const difference1 = f64x2.sub(v128.load64_lane(next + step, v128.load64_zero(next), 1), coordinate);
			distance0 = f64x2.add(distance0, f64x2.mul(difference0, difference0));
			distance1 = f64x2.add(distance1, f64x2.mul(difference1, difference1));
			at += 8;
		}
		distance0 = f64x2.pmin(v128.load(cap), distance0);
		distance1 = f64x2.pmin(v128.load(cap, 16), distance1);
		v128.store(out, distance0);
		v128.store(out, distance1, 16);
		sum0 = f64x2.add(sum0, f64x2.mul(distance0, v128.load(weights)));
		sum1 = f64x2.add(sum1, f64x2.mul(distance1, v128.load(weights, 16)));
		rows += step * 4;
		cap += 32;
		weights += 32;
	}
	return (
		f64x2.extract_lane(sum0, 0) + f64x2.extract_lane(sum0, 1) +
		(f64x2.extract_lane(sum1, 0) + f64x2.extract_lane(sum1, 1))
	);
}
`;
