import { numberWord } from '#lib/session/findings.ts';

/** What the map and its choice of axes speak of: money where there are amounts, else orders. */
export interface MapWords {
	readonly title: string;
	readonly choice: string;
	readonly label: string;
}

/** @param hasMoney whether the vertical axis is the total spend */
export function mapWords(hasMoney: boolean): MapWords {
	const [what, sentence] = hasMoney ? ['spend', 'how much they spend'] : ['orders', 'how often they order'];
	return {
		title: `The shop comes apart along two lines: when they last came, ${sentence}`,
		choice: `Recency and ${what}`,
		label: `Customers by recency and ${what}, coloured by segment`
	};
}

/** The title over the numbers of segments compared: which is recommended, and which the user took instead. */
export function whyTitle(recommended: number, inUse: number): string {
	const why = `Why ${numberWord(recommended).toLowerCase()}`;
	if (recommended === inUse) return why;
	return `${why} is recommended, and how your ${numberWord(inUse).toLowerCase()} compare`;
}
