import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { betweenTitle, betweenWords, unsurePeople } from './between.ts';

const profiles = [
	{ cluster: 0, isNoise: false, customers: 2 },
	{ cluster: 1, isNoise: false, customers: 3 },
	{ cluster: 2, isNoise: true, customers: 1 }
];

describe('unsurePeople', () => {
	it('are those under 60%, by segment; people of no group are not asked', () => {
		const { rows, segments } = unsurePeople([0.59, 0.6, 1, 0.3, 0.5, 0], [0, 0, 1, 1, 1, 2], profiles);
		expect([...rows]).toEqual([0, 3, 4]);
		expect(segments.map((each) => [each.cluster, [...each.rows], each.share])).toEqual([
			[0, [0], 0.5],
			[1, [3, 4], 2 / 3]
		]);
	});
	it('are told in a sentence', () => {
		const format = createFormat('en');
		expect(betweenTitle(1, 4, false, format)).toBe('1 person stands between segments, 25% of all');
		expect(betweenTitle(0, 4, true, format)).toBe('Nobody stands at the edge of their segment');
		expect(betweenWords(0, false)).toContain('60%');
	});
});
