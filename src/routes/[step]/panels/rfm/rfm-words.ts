import type { Format } from '#lib/core/format.ts';
import type { GroupTable, RfmAxis, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { SEGMENT_COLOURS } from '#lib/ui/segmentMarks.ts';

/** A group as the screen shows it: shares are of all customers, and of the revenue (null without amounts). */
export interface ShownGroup {
	readonly id: string;
	readonly name: string;
	readonly meaning: string;
	readonly advice: string;
	/** Position in the palette, from 0. */
	readonly index: number;
	readonly customers: number;
	readonly revenue: number;
	readonly customersShare: number;
	readonly revenueShare: number | null;
}

/** The groups in use, in the order of the result. */
export function shownGroups(
	{ groups, table }: Pick<RfmResult, 'groups' | 'table'>,
	totals: { readonly customers: number; readonly revenue: number | null }
): ShownGroup[] {
	return groups.map((group) => ({
		...group,
		index: swatchIn(table, group.id),
		customersShare: group.customers / Math.max(1, totals.customers),
		revenueShare: totals.revenue ? group.revenue / totals.revenue : null
	}));
}

/**
 * The palette's place of a group, stable by the order of the table: tables run from the furthest away to the best, and
 * the best has the first colour. Beyond the colours there are, groups share that of all others.
 */
export function swatchIn(table: GroupTable, id: string): number {
	const at = table.findIndex((entry) => entry.id === id);
	return at === -1 ? SEGMENT_COLOURS : table.length - 1 - at;
}

/** What groups are told by, after “by”: `recency and frequency`. */
export function toldBy(axes: readonly RfmAxis[]): string {
	const words = axes.map((axis) => TOLD_BY[axis]);
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const TOLD_BY: Readonly<Record<RfmAxis, string>> = {
	r: 'recency',
	f: 'frequency',
	m: 'money',
	fm: 'the mean of frequency and money'
};

/** A group that carries less of the revenue than this is not named for it. */
const NAMED_FROM = 0.1;
/** So much more of the revenue than of the customers is more than their part. */
const MORE_THAN_PART = 0.01;

/** What the groups are worth, in a sentence that names the one or two that bring more than their part. */
export function sharesTitle(groups: readonly ShownGroup[], hasMoney: boolean, format: Format): string {
	if (!hasMoney) return 'How large each group is';
	const shareOf = ({ revenueShare }: ShownGroup) => revenueShare ?? 0;
	const top = groups
		.filter((group) => shareOf(group) >= NAMED_FROM && shareOf(group) > group.customersShare + MORE_THAN_PART)
		.slice(0, 2);
	if (top.length === 0) return 'What each group is worth';
	const names = top.map(({ name }) => name).join(' and ');
	const share = format.percent(top.reduce((sum, group) => sum + shareOf(group), 0));
	return `${names} bring ${share} of the revenue`;
}
