/** How the people of a rule and of a cluster overlap. */
export interface Fidelity {
	readonly members: number;
	readonly inRule: number;
	readonly both: number;
	/** Share of the members whom the rule finds; NaN without members. */
	readonly coverage: number;
	/** Share of the people of the rule who are members; NaN where the rule holds of nobody. */
	readonly precision: number;
	/** People in both, by people in either (Jaccard); NaN where both are empty. */
	readonly overlap: number;
	/** Share of everyone whom the rule rightly takes or leaves. */
	readonly accuracy: number;
}

/** The overlap of so many people of a rule with so many members, among everyone. */
export function fidelityOf(members: number, inRule: number, both: number, everyone: number): Fidelity {
	const either = members + inRule - both;
	return {
		members,
		inRule,
		both,
		coverage: both / members,
		precision: both / inRule,
		overlap: both / either,
		accuracy: (everyone - either + both) / everyone
	};
}

/** The overlap of each cluster with its own rule, which `predicted` tells of each customer. O(n). */
export function fidelities(labels: Uint8Array, predicted: Uint8Array, clusterCount: number): Fidelity[] {
	const [members, inRule, both] = [0, 1, 2].map(() => new Int32Array(clusterCount)) as [
		Int32Array,
		Int32Array,
		Int32Array
	];
	labels.forEach((label, row) => {
		const rule = predicted[row] as number;
		members[label]! += 1;
		inRule[rule]! += 1;
		if (label === rule) both[label]! += 1;
	});
	return Array.from(members, (count, cluster) =>
		fidelityOf(count, inRule[cluster] as number, both[cluster] as number, labels.length)
	);
}

/** How a rule that stood for a cluster meets the clusters of today. */
export interface Drift {
	/** With the cluster that it was made for; null where the clustering has none such any more. */
	readonly own: Fidelity | null;
	/** The cluster that it meets best today; null where it holds of nobody of a cluster. */
	readonly best: { readonly cluster: number; readonly fidelity: Fidelity } | null;
}

/**
 * Compares the people of a rule with fresh clusters. O(n).
 * @param rows `idx` of the people of the rule, each once
 * @param own the cluster it was made for; null: there is none such now
 */
export function driftOf(
	rows: Int32Array,
	labels: Uint8Array,
	clusterCount: number,
	own: number | null
): Drift {
	const members = new Int32Array(clusterCount);
	for (const label of labels) members[label]! += 1;
	const both = new Int32Array(clusterCount);
	for (const row of rows) both[labels[row] as number]! += 1;
	const all = Array.from(members, (count, cluster) => ({
		cluster,
		fidelity: fidelityOf(count, rows.length, both[cluster] as number, labels.length)
	}));
	const met = all.filter(({ fidelity }) => fidelity.both > 0);
	const best = met.toSorted((a, b) => b.fidelity.overlap - a.fidelity.overlap)[0] ?? null;
	return { own: own === null ? null : (all[own]?.fidelity ?? null), best };
}
