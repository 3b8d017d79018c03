import type { Format } from '#lib/core/format.ts';
import type { RfmGroup, RfmResult } from '../schema.ts';

/** The scores of one group: recency first, frequency second; 5 is best. The first pattern that matches wins. */
export interface GroupPattern {
	readonly group: RfmGroup;
	readonly r: readonly number[];
	readonly f: readonly number[];
}

/** The ten R × F patterns. Together they cover all 25 cells, which a test enumerates. */
export const GROUP_PATTERNS: readonly GroupPattern[] = [
	{ group: 'hibernating', r: [1, 2], f: [1, 2] },
	{ group: 'at_risk', r: [1, 2], f: [3, 4] },
	{ group: 'cant_lose_them', r: [1, 2], f: [5] },
	{ group: 'about_to_sleep', r: [3], f: [1, 2] },
	{ group: 'need_attention', r: [3], f: [3] },
	{ group: 'loyal', r: [3, 4], f: [4, 5] },
	{ group: 'promising', r: [4], f: [1] },
	{ group: 'new', r: [5], f: [1] },
	{ group: 'potential_loyalist', r: [4, 5], f: [2, 3] },
	{ group: 'champion', r: [5], f: [4, 5] }
];

/** What a group is called, what it means, and what to do about it. */
export interface GroupWords {
	readonly name: string;
	readonly meaning: string;
	readonly advice: string;
}

/**
 * The words of every group; apart from the ids, so that they can change and recipes stay. The meanings speak of scores,
 * which are ranks, never of numbers of orders or days: in a shop where most order five times, score 1 is not one order.
 */
export const RFM_GROUP_WORDS: Readonly<Record<RfmGroup, GroupWords>> = {
	hibernating: {
		name: 'Hibernating',
		meaning: 'Few orders, and the last one is among the longest ago.',
		advice: 'One honest offer to come back, then leave them alone.'
	},
	at_risk: {
		name: 'At risk',
		meaning: 'A fair number of orders, but the last one is among the longest ago.',
		advice: 'Write now: say what is new since their last order.'
	},
	cant_lose_them: {
		name: 'Can’t lose them',
		meaning: 'Among the most frequent buyers, but the last order is among the longest ago.',
		advice: 'Write to them one by one, or call; ask what went wrong.'
	},
	about_to_sleep: {
		name: 'About to sleep',
		meaning: 'Few orders, and the last one is neither recent nor long ago.',
		advice: 'Remind them of what they bought, before they are gone.'
	},
	need_attention: {
		name: 'Need attention',
		meaning: 'A fair number of orders, the last one neither recent nor long ago.',
		advice: 'A small reason to order again, tied to what they bought.'
	},
	loyal: {
		name: 'Loyal',
		meaning: 'Among the more frequent buyers, and the last order is not long ago.',
		advice: 'Thank them, show what is new first, ask for a review.'
	},
	promising: {
		name: 'Promising',
		meaning: 'Few orders, and the last one is fairly recent.',
		advice: 'Help with what they bought, and suggest what goes with it.'
	},
	new: {
		name: 'New',
		meaning: 'Few orders so far, and the last one is among the most recent.',
		advice: 'Welcome them; the next order matters most.'
	},
	potential_loyalist: {
		name: 'Potential loyalists',
		meaning: 'The last order is recent, and they are neither the least nor the most frequent buyers.',
		advice: 'Offer a reason for the next order, such as a set or a subscription.'
	},
	champion: {
		name: 'Champions',
		meaning: 'Among the most recent and the most frequent buyers.',
		advice: 'Reward them, and never send them a discount they do not need.'
	}
};

/** The name shown for a group. */
export function groupName(group: RfmGroup): string {
	return RFM_GROUP_WORDS[group].name;
}

/** The group of two scores: every combination of 1 to 5 has exactly one. Money plays no part. */
export function groupOf(r: number, f: number): RfmGroup {
	const pattern = GROUP_PATTERNS.find((candidate) => candidate.r.includes(r) && candidate.f.includes(f));
	if (!pattern) throw new RangeError(`invalid scores: ${r} and ${f}, expected whole numbers from 1 to 5`);
	return pattern.group;
}

/** One customer as RFM sees them. `monetaryTotal` is null without amounts. */
export interface ScoredCustomer {
	readonly recencyDays: number;
	readonly frequency: number;
	readonly monetaryTotal: number | null;
	readonly r: number;
	readonly f: number;
	readonly m: number;
}

/** Why a customer is in their group, in sentences with the cut-points. */
export function explainGroup(
	customer: ScoredCustomer,
	{ cutPoints, method }: RfmResult,
	format: Format
): string[] {
	const { recencyDays, frequency, monetaryTotal, r, f, m } = customer;
	const group = RFM_GROUP_WORDS[groupOf(r, f)];
	const recency = band(6 - r, cutPoints.recencyDays, format.count);
	const sentences = [
		`${group.name}: ${group.meaning}`,
		`Last order ${format.days(recencyDays)} ago. Recency ${r} of 5 is ${recency} days.`,
		`Orders: ${format.count(frequency)}. Frequency ${f} of 5 is ${band(f, cutPoints.frequency, format.count)}.`
	];
	if (monetaryTotal !== null && cutPoints.monetaryTotal !== null) {
		const money = band(m, cutPoints.monetaryTotal, (value) => format.money(value));
		sentences.push(
			`${format.money(monetaryTotal)} in all. Money ${m} of 5 is ${money}; it does not decide the group.`
		);
	}
	if (method === 'ntile') {
		sentences.push(
			'The fifths are of equal size, so customers with equal values can be on both sides of a line.'
		);
	}
	return sentences;
}

/** The values of the n-th of five bands, 1 being the lowest: `up to 21`, `over 21, up to 51`, `over 164`. */
function band(n: number, cuts: readonly number[], write: (value: number) => string): string {
	const [above, upTo] = [cuts[n - 2], cuts[n - 1]];
	if (above === undefined) return `up to ${write(upTo ?? NaN)}`;
	return upTo === undefined ? `over ${write(above)}` : `over ${write(above)}, up to ${write(upTo)}`;
}
