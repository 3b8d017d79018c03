/** A count as a bar. */
export interface CountBar {
	readonly id: string;
	readonly name: string;
	/** Small, below the name; empty: none. */
	readonly note: string;
	readonly count: number;
	/** At the right: the count with its unit, and a second figure; empty: none. */
	readonly figure: string;
	readonly second: string;
	/** Not in question: grey. */
	readonly isFaint: boolean;
}
