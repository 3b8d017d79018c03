import { describe, expect, it } from 'vitest';
import { familyOf, nearestTo, typicalOf } from './nearest.ts';
import type { SegmentNumbers } from './schema.ts';

const SPREAD = { recency: 2, frequency: 1, money: 1 };

function numbers(
	ref: string,
	values: readonly [number, number, number | null],
	customers = 10
): SegmentNumbers {
	const [recency, frequency, money] = values;
	return { ref, customers, revenue: null, recency, frequency, money };
}

describe('nearestTo', () => {
	const small = numbers('own:g1', [4, 1, 3]);

	it('finds the segment with the nearest typical customer, and says in what they are alike', () => {
		const found = nearestTo(
			small,
			[numbers('own:g2', [5, 1, 5]), numbers('own:g3', [4, 2, 3]), numbers('saved:x', [8, 4, 9])],
			SPREAD
		);
		expect(found?.ref).toBe('own:g3');
		expect(found?.distance).toBeCloseTo(Math.sqrt(1 / 3), 12);
		expect(found?.parts.map(({ part, distance }) => [part, distance])).toEqual([
			['recency', 0],
			['money', 0],
			['frequency', 1]
		]);
	});

	it('looks only at segments of the same kind that have people, and not at itself', () => {
		const others = [
			small,
			numbers('group:loyal', [4, 1, 3]),
			numbers('cluster:4:0', [4, 1, 3]),
			numbers('own:g2', [4, 1, 3], 0)
		];
		expect(nearestTo(small, others, SPREAD)).toBeNull();
	});

	it('leaves out what one of the two has not, and what is the same for everyone', () => {
		const found = nearestTo(small, [numbers('own:g2', [4, 3, null])], { ...SPREAD, frequency: 0 });
		expect(found).toEqual({ ref: 'own:g2', distance: 0, parts: [{ part: 'recency', distance: 0 }] });
	});

	it('takes the bigger one of two that are equally near', () => {
		const others = [numbers('own:g2', [4, 2, 3], 20), numbers('own:g3', [4, 0, 3], 30)];
		expect(nearestTo(small, others, SPREAD)?.ref).toBe('own:g3');
	});
});

it('tells families by ref, and typical values from means of logarithms', () => {
	expect(['group:a', 'cluster:3:1', 'own:g1', 'saved:x'].map(familyOf)).toEqual([
		'group',
		'cluster',
		'own',
		'own'
	]);
	expect(typicalOf(Math.log(31))).toBeCloseTo(30, 9);
});
