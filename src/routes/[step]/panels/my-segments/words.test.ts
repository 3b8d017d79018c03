import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { Overlap } from '#lib/pipeline/segment/overlap/schema.ts';
import type { BoardSegment } from '#lib/session/segments/board-segments.ts';
import { MARK_COUNT } from '#lib/session/segments/segment-marks.ts';
import { SEGMENT_COLOURS } from '#lib/ui/segmentMarks.ts';
import {
	boardFinding,
	comparedWords,
	comparisonFinding,
	guardFinding,
	listed,
	nearestWords,
	overlapFinding,
	priorityFinding,
	sizeWord,
	typicalWords,
	underAdvice
} from './words.ts';

const format = createFormat('en-GB', 'GBP');

function segment(ref: string, name: string, change: Partial<BoardSegment> = {}): BoardSegment {
	return {
		ref,
		name,
		kind: ref.startsWith('own:') ? 'rule' : 'group',
		index: 0,
		color: null,
		note: '',
		customers: 200,
		revenue: 1000,
		active: 150,
		isSmall: false,
		override: null,
		problem: null,
		notFound: 0,
		selection: { kind: 'own', segment: 'g1' },
		own: null,
		members: null,
		...change
	};
}

function overlap(sizes: readonly number[], parts: readonly (readonly [number, number])[]): Overlap {
	return {
		segments: sizes.map((customers, i) => ({
			ref: `own:g${i + 1}`,
			name: ['Big', 'Slow', 'New'][i] ?? '',
			customers,
			revenue: null
		})),
		intersections: parts.map(([mask, customers]) => ({ mask, customers, revenue: null })),
		union: { customers: parts.reduce((sum, [, customers]) => sum + customers, 0), revenue: null }
	};
}

describe('overlapFinding', () => {
	it('names the pair of which one has most of its people in the other', () => {
		const found = overlap(
			[100, 50, 10],
			[
				[1, 62],
				[3, 38],
				[2, 12],
				[4, 10]
			]
		);
		expect(overlapFinding(found, format)).toBe('76% of “Slow” are also in “Big”.');
	});

	it('says when one holds the other, and when nobody is in two', () => {
		const held = overlap(
			[100, 38],
			[
				[1, 62],
				[3, 38]
			]
		);
		expect(overlapFinding(held, format)).toBe('38% of “Big” are also in “Slow”.');
		const same = overlap([38, 38], [[3, 38]]);
		expect(overlapFinding(same, format)).toBe('Everyone in “Big” is also in “Slow”.');
		const apart = overlap(
			[62, 12],
			[
				[1, 62],
				[2, 12]
			]
		);
		expect(overlapFinding(apart, format)).toBe('Nobody is in both “Big” and “Slow”.');
		const three = overlap(
			[62, 12, 1],
			[
				[1, 62],
				[2, 12],
				[4, 1]
			]
		);
		expect(overlapFinding(three, format)).toBe('75 customers in three segments, and nobody in two of them.');
	});
});

it('opens with the overlap, or with how many segments there are', () => {
	const groups = [segment('group:a', 'A'), segment('group:b', 'B')];
	expect(boardFinding(groups, null, format)).toEqual({
		title: 'No segment of your own yet, and 2 to begin with.',
		sub: 'Two segments side by side: 2 groups.'
	});
	const own = [segment('own:g1', 'Big'), ...groups];
	expect(boardFinding(own, null, format).title).toBe('One segment of your own.');
	expect(boardFinding(own, overlap([38, 38], [[3, 38]]), format)).toEqual({
		title: 'Everyone in “Big” is also in “Slow”.',
		fullTitle: 'Everyone in “Big” is also in “Slow”.',
		sub: 'Three segments side by side: 1 of your own, 2 groups.'
	});
});

it('says what two segments share', () => {
	const people = { customers: 1, revenue: null };
	const of = (both: number, jaccard: number | null) =>
		comparisonFinding(
			{
				a: 'own:g1',
				b: 'own:g2',
				onlyA: people,
				onlyB: people,
				both: { customers: both, revenue: null },
				jaccard,
				isWhole: true,
				differences: []
			},
			'A',
			'B',
			format
		);
	expect(of(0, null)).toBe('Nobody is in “A” or “B”.');
	expect(of(0, 0)).toBe('Nobody is in both “A” and “B”.');
	expect(of(1, 0.3)).toBe('1 customer is in both “A” and “B”.');
	expect(of(1200, 0.3)).toBe('1,200 customers are in both “A” and “B”.');
	expect([0.1, -0.3, 0.5, -2].map(sizeWord)).toEqual(['hardly any', 'small', 'medium', 'large']);
});

it('says who is compared, and where one side is too few', () => {
	const of = (a: number, b: number) =>
		comparedWords(
			{
				onlyA: { customers: a, revenue: null },
				onlyB: { customers: b, revenue: null },
				isWhole: Math.min(a, b) < 20
			},
			['Big', 'Slow'],
			format
		);
	expect(of(40, 123)).toEqual({
		heads: ['Only Big', 'Only Slow'],
		sentence:
			'Compared: the 40 customers only in “Big” with the 123 customers only in “Slow”. Who is in both is left out.'
	});
	expect(of(2, 123)).toEqual({
		heads: ['All of Big', 'All of Slow'],
		sentence:
			'There are only 2 customers in “Big” alone, too few to compare (20 are needed). So everyone in the one is compared with everyone in the other, and who is in both counts on both sides.'
	});
	expect(of(0, 1).sentence).toMatch(/^There is nobody in “Big” alone and only 1 customer in “Slow” alone, /);
});

it('gives out as many marks as the palette has', () => expect(MARK_COUNT).toBe(SEGMENT_COLOURS));

it('cuts long names in sentences', () => {
	const name = 'Bought in the last 30 days and visited at least three times';
	const found = overlap([50, 50], [[3, 50]]);
	const long = { ...found, segments: found.segments.map((each) => ({ ...each, name })) };
	const title = overlapFinding(long, format);
	expect(title).toMatch(/^Everyone in “Bought in the last 30 days and visited…” is also in “Bought/);
	expect(overlapFinding(long, format, (each) => `“${each}”`)).toContain(`“${name}”`);
});

it('advises only what can be done about a segment that others leave too few', () => {
	expect(underAdvice(true, true, true)).toBe('Move it up, or merge it below.');
	expect(underAdvice(true, false, false)).toBe('Move them up.');
	expect(underAdvice(false, true, true)).toBe('Merge it below.');
	expect(underAdvice(false, false, true)).toBeNull();
});

it('counts the messages that nobody gets twice', () => {
	const of = (customers: number, assigned: number) => ({
		segment: 'own:g1',
		customers,
		assigned,
		active: assigned,
		givenTo: []
	});
	expect(priorityFinding([of(100, 100), of(50, 20)], format)).toBe(
		'120 customers get one message each: 30 messages fewer.'
	);
	expect(priorityFinding([of(100, 100)], format)).toBe(
		'100 customers get one message each, and nobody is in two.'
	);
});

it('counts segments that are too small or too many', () => {
	const guard = { floor: 100, activeDays: 365, mostSegments: 30, overrides: {} };
	const segments = [segment('own:g1', 'A', { isSmall: true }), segment('own:g2', 'B')];
	expect(guardFinding(segments, guard, format)).toBe('1 of 2 segments has fewer than 100 active customers.');
	const fine = [segment('own:g2', 'B'), segment('own:g3', 'C')];
	expect(guardFinding(fine, { ...guard, mostSegments: 1 }, format)).toBe(
		'All 2 segments have at least 100 active customers. 2 segments are more than the 1 you want.'
	);
	expect(guardFinding(fine.slice(1), guard, format)).toBe(
		'The one segment has at least 100 active customers.'
	);
});

it('speaks of as many segments as stand side by side, also where nobody is in one', () => {
	const guard = { floor: 100, activeDays: 365, mostSegments: 30, overrides: {} };
	const empty = segment('own:g8', 'Empty', { customers: 0, active: 0, isSmall: true });
	const broken = segment('own:g9', 'Broken', { customers: null, problem: 'It names itself.' });
	const [fine, small] = [segment('own:g1', 'A'), segment('own:g2', 'B', { isSmall: true })];
	expect(guardFinding([fine, empty], guard, format)).toBe(
		'1 of 2 segments has at least 100 active customers; 1 has nobody.'
	);
	expect(guardFinding([fine, small, empty, empty, broken], { ...guard, mostSegments: 4 }, format)).toBe(
		'1 of 5 segments has fewer than 100 active customers; 2 have nobody, 1 is not counted. 5 segments are more than the 4 you want.'
	);
});

it('says why a segment is the nearest, and what its customers are like', () => {
	const parts = [{ part: 'money', distance: 0.2 }] as const;
	expect(nearestWords({ ref: 'own:g1', distance: 0.44, parts }, format)).toBe(
		'Its typical customer is the nearest: 0.4 standard deviations away, most alike in spend.'
	);
	const numbers = { ref: 'own:g1', customers: 1, revenue: null, money: Math.log(121) };
	expect(typicalWords({ ...numbers, recency: Math.log(32), frequency: null }, format)).toBe(
		'31 days since the last order, £120'
	);
});

it('searches, filters and sorts', () => {
	const segments = [
		segment('group:a', 'Loyal', { customers: 5 }),
		segment('own:g1', 'Big', { note: 'for the press', isSmall: true, customers: 9 })
	];
	const names = (change: object) =>
		listed(segments, { search: '', filter: 'all', sort: 'place', ...change }).map(({ name }) => name);
	expect(names({})).toEqual(['Big', 'Loyal']);
	expect(names({ search: 'PRESS' })).toEqual(['Big']);
	expect(names({ filter: 'group' })).toEqual(['Loyal']);
	expect(names({ filter: 'small' })).toEqual(['Big']);
	expect(names({ sort: 'name' })).toEqual(['Big', 'Loyal']);
	expect(names({ sort: 'customers' })).toEqual(['Big', 'Loyal']);
});
