import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { HoldoutSegment, HoldoutVerdict } from '#lib/pipeline/validate/holdout/schema.ts';
import type { WindowDay, WindowSegment } from '#lib/pipeline/validate/windows/schema.ts';
import {
	causeWords,
	comparedSegments,
	holdoutTitle,
	movedTitle,
	overlapItems,
	overlapTitle,
	overTimeFinding,
	points,
	shownSegments,
	sideTitle
} from './words.ts';

const format = createFormat('en-GB', 'GBP');

function segment(customers: number, now: number, stayed: number, cause = 'recency_days'): WindowSegment {
	const moved = customers + now - 2 * stayed;
	return {
		customers,
		now,
		stayed,
		jaccard: stayed / (customers + now - stayed),
		drift: [],
		distance: 0.2,
		typical: [],
		causes: moved > 0 ? [{ id: cause, customers: moved }] : [],
		month: null
	};
}

const DAY: WindowDay = {
	day: '2011-06-01',
	customers: 200,
	groups: [],
	segments: [segment(100, 95, 90), segment(60, 65, 20), segment(40, 40, 40)],
	segmentsLack: []
};
const NAMES = ['Regulars', 'Once', 'New'];
const shown = shownSegments(
	'segment',
	NAMES.map((_, cluster) => ({ cluster, isNoise: false })),
	[],
	(cluster) => NAMES[cluster] ?? ''
);
const compared = comparedSegments(DAY, 'segment', shown);

describe('the words of the screen', () => {
	it('tell how many segments kept their people', () => {
		const finding = overTimeFinding(DAY, 'segment', compared, format);
		expect(finding.title).toBe('Two of three segments have kept their people since 1 Jun 2011.');
		const [regulars, , fresh] = compared;
		expect(overTimeFinding(DAY, 'segment', [regulars!, fresh!], format).title).toContain(
			'Both segments have'
		);
		expect(overTimeFinding(DAY, 'segment', [], format).title).toContain('Nobody can be followed');
		expect(overlapTitle(compared, format)).toBe('Overlap from 1.00, New, down to 0.19, Once');
	});

	it('tell what moved people', () => {
		const labelOf = () => 'Days since last order';
		expect(movedTitle(DAY, compared, labelOf, format)).toBe(
			'50 of 200 customers moved, 100% of them mostly by days since last order.'
		);
		expect(causeWords(DAY.segments![1]!, labelOf, format)).toBe('Days since last order, 85 of 85');
		expect(causeWords(DAY.segments![2]!, labelOf, format)).toBe('Nobody moved');
		expect(sideTitle('Once', 'left', '2011-06-01', format, labelOf())).toBe(
			'Once: left since 1 Jun 2011, mostly by days since last order'
		);
	});

	it('give overlaps the interval of a share', () => {
		const [first] = overlapItems(compared);
		expect(first).toMatchObject({ name: 'Regulars', customers: 100, value: 90 / 105 });
		expect(first!.low).toBeLessThan(90 / 105);
		expect(first!.high).toBeGreaterThan(90 / 105);
	});

	it('tell what became of differences', () => {
		const with_ = (...verdicts: HoldoutVerdict[]) =>
			verdicts.map((verdict) => ({ verdict }) as HoldoutSegment);
		expect(holdoutTitle(with_('holds', 'holds', 'none'))).toBe(
			'Both segments that differed in buying still differ.'
		);
		expect(holdoutTitle(with_('holds', 'vanished'))).toBe(
			'One of two segments no longer differs in buying as it did.'
		);
		expect(holdoutTitle(with_('none', 'few'))).toContain('No segment');
		expect([points(0.123, format), points(-0.05, format), points(NaN, format)]).toEqual(['+12', '−5', '–']);
	});
});
