/** Packages of npm without types, as far as they are compared with. */

declare module 'skmeans' {
	/** Lloyd’s algorithm from given centroids, for at most so many passes. */
	export default function skmeans(
		rows: number[][],
		clusterCount: number,
		centroids: number[][],
		iterations: number
	): { it: number; idxs: number[]; centroids: number[][] };
}

declare module 'density-clustering' {
	interface Dbscan {
		/** The rows of each cluster. */
		run(rows: number[][], eps: number, minPoints: number): number[][];
	}
	const clustering: { readonly DBSCAN: new () => Dbscan };
	export default clustering;
}
