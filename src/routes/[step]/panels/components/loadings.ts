const STEPS = [-0.6, -0.35, -0.1, 0.1, 0.35, 0.6];

/** The colour of a loading: 1 to 7 from −1 to 1, 4 for next to nothing. */
export function loadingClass(loading: number): number {
	return 1 + STEPS.filter((step) => loading > step).length;
}

/** Which components are grey because they are beyond the share that is kept. */
export function beyondWords(kept: number, count: number): string {
	if (kept >= count) return 'All components are kept.';
	const first = kept + 1;
	if (first === count) return `Component ${count}, in grey, is beyond the share kept.`;
	const which = first + 1 === count ? `${first} and ${count}` : `${first} to ${count}`;
	return `Components ${which}, in grey, are beyond the share kept.`;
}
