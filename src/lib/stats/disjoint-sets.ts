/** Sets of whole numbers that grow together (Galler and Fischer 1964): each is named by its least member. */
export class DisjointSets {
	readonly #parents: Int32Array;

	constructor(count: number) {
		this.#parents = Int32Array.from({ length: count }, (_, i) => i);
	}

	/** The least member of the set that a number is in. */
	find(member: number): number {
		const parents = this.#parents;
		let at = member;
		for (;;) {
			const parent = parents[at] as number;
			if (parent === at) return at;
			const grandparent = parents[parent] as number;
			parents[at] = grandparent;
			at = grandparent;
		}
	}

	/** Makes one set of the sets of two numbers; false when they were one. */
	join(first: number, second: number): boolean {
		const [a, b] = [this.find(first), this.find(second)];
		if (a === b) return false;
		if (a < b) this.#parents[b] = a;
		else this.#parents[a] = b;
		return true;
	}
}
