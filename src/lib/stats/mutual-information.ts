/** How much two groupings of the same rows tell of each other, in nats; divide by ln 2 for bits. */
export interface MutualInformation {
	/** Σ p(a, b) · ln(p(a, b) / (p(a) · p(b))): the plug-in estimate, as scikit-learn's `mutual_info_score`. */
	readonly nats: number;
	/**
	 * The same less its bias in small samples, at least 0: each entropy is raised by (occupied cells − 1) / 2n (Miller 1955),
	 * which changes the information by (occupied a + occupied b − occupied pairs − 1) / 2n.
	 */
	readonly corrected: number;
	/** `corrected` as a share of the entropy of the second grouping (Theil's uncertainty coefficient), 0 … 1. */
	readonly share: number;
}

/**
 * The mutual information of two labelings of the same rows (Shannon 1948), labels being whole numbers from 0 to 255.
 * O(n + cells).
 *
 * @throws RangeError when the labelings differ in length
 */
export function mutualInformation(first: Uint8Array, second: Uint8Array): MutualInformation {
	if (first.length !== second.length) {
		throw new RangeError(`${first.length} and ${second.length} labels, expected as many`);
	}
	const rows = first.length;
	if (rows === 0) return { nats: 0, corrected: 0, share: 0 };
	const width = second.reduce((most, label) => Math.max(most, label), 0) + 1;
	const height = first.reduce((most, label) => Math.max(most, label), 0) + 1;
	const cells = new Float64Array(width * height);
	const ofFirst = new Float64Array(height);
	const ofSecond = new Float64Array(width);
	for (let i = 0; i < rows; i += 1) {
		const [a, b] = [first[i] as number, second[i] as number];
		cells[a * width + b]! += 1;
		ofFirst[a]! += 1;
		ofSecond[b]! += 1;
	}
	const entropies = [ofFirst, ofSecond, cells].map((counts) => entropy(counts, rows));
	const [h1, h2, joint] = entropies as [number, number, number];
	const nats = Math.max(0, h1 + h2 - joint);
	const occupied = (counts: Float64Array): number => counts.filter((count) => count > 0).length;
	const bias = (occupied(ofFirst) + occupied(ofSecond) - occupied(cells) - 1) / (2 * rows);
	const corrected = Math.min(h2, Math.max(0, nats + bias));
	return { nats, corrected, share: h2 > 0 ? corrected / h2 : 0 };
}

/** −Σ p · ln p over the occupied cells. */
function entropy(counts: Float64Array, rows: number): number {
	let sum = 0;
	for (const count of counts) if (count > 0) sum -= (count / rows) * Math.log(count / rows);
	return sum;
}
