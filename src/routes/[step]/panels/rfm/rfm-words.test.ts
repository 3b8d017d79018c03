import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { averagedFm } from '#lib/pipeline/segment/rfm/schemes/averaged-fm.ts';
import { TEN_GROUPS } from '#lib/pipeline/segment/rfm/ten-groups.ts';
import { SEGMENT_COLOURS } from '#lib/ui/segmentMarks.ts';
import { withNewGroup } from './group-draft.ts';
import { sharesTitle, shownGroups, swatchIn, toldBy } from './rfm-words.ts';

const format = createFormat('en-GB', 'GBP');

it('gives the best group the first colour, and keeps the colours when a group is added', () => {
	expect(swatchIn(TEN_GROUPS, 'champion')).toBe(0);
	expect(swatchIn(TEN_GROUPS, 'hibernating')).toBe(9);
	const { table, id } = withNewGroup(TEN_GROUPS);
	for (const group of TEN_GROUPS) expect(swatchIn(table, group.id)).toBe(swatchIn(TEN_GROUPS, group.id));
	expect(swatchIn(table, id)).toBe(10);
	expect(swatchIn(TEN_GROUPS, 'nobody')).toBe(SEGMENT_COLOURS);
});

it('says what groups are told by', () => {
	expect(toldBy(['r', 'f'])).toBe('recency and frequency');
	expect(toldBy(['r', 'f', 'm'])).toBe('recency, frequency and money');
	expect(toldBy(averagedFm.axes)).toBe('recency and the mean of frequency and money');
});

it('names the groups that bring more than their part, unless it is little', () => {
	const table = TEN_GROUPS.filter(({ id }) => ['champion', 'loyal', 'new'].includes(id));
	const shown = (champion: number, loyal: number, fresh: number) => {
		const counted = [champion, loyal, fresh];
		const groups = ['champion', 'loyal', 'new'].map((id, i) => {
			const words = table.find((entry) => entry.id === id);
			if (!words) throw new Error(id);
			return { ...words, customers: 100, revenue: counted[i] ?? 0 };
		});
		return shownGroups({ groups, table }, { customers: 300, revenue: champion + loyal + fresh });
	};
	expect(sharesTitle(shown(450, 400, 150), true, format)).toBe(
		'Champions and Loyal bring 85% of the revenue'
	);
	expect(sharesTitle(shown(810, 170, 20), true, format)).toBe('Champions bring 81% of the revenue');
	expect(sharesTitle(shown(100, 100, 100), true, format)).toBe('What each group is worth');
	expect(sharesTitle(shown(101, 101, 98), true, format)).toBe('What each group is worth');
	expect(sharesTitle(shown(1, 1, 1), false, format)).toBe('How large each group is');
	expect(shown(450, 400, 150).map(({ customersShare }) => customersShare)).toEqual([1 / 3, 1 / 3, 1 / 3]);
});
