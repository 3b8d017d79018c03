import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { HoldoutSegment, HoldoutVerdict } from '#lib/pipeline/validate/holdout/schema.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { vocabularyOf } from '#lib/pipeline/segment/rules/sentence/index.ts';
import { pastOfOwn, type OwnRule } from '#lib/pipeline/validate/windows/own.ts';
import type { ComparedDay, OwnWindows, WindowSegment } from '#lib/pipeline/validate/windows/schema.ts';
import {
	causeWords,
	comparedSegments,
	holdoutTitle,
	movedTitle,
	overlapItems,
	overlapTitle,
	overTimeFinding,
	points,
	ruleMovesTitle,
	rulePhrases,
	shownRules,
	shownSegments,
	sideTitle,
	unaskedSegments,
	type ComparedSegment
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
		causes: moved > 0 ? [{ id: cause, customers: moved, left: customers - stayed }] : [],
		month: null
	};
}

const RULE: OwnRule = {
	...{ kind: 'rule', id: 'g1', name: 'Lapsing', of: null },
	rule: {
		kind: 'group',
		match: 'all',
		conditions: [
			{
				kind: 'feature',
				feature: 'recency_days',
				test: { type: 'number', test: { op: 'gt', value: 90 } }
			},
			{
				...{ kind: 'activity', subject: 'orders', among: 'all', where: [], window: null, per: null },
				...{ measure: { kind: 'count' }, test: { op: 'ge', value: 2 } }
			}
		]
	}
};
const VOCABULARY = vocabularyOf({
	features: new Map([
		[
			'recency_days',
			{ id: 'recency_days', label: 'Days since the last order', kind: 'number', table: null, needs: [] }
		]
	]),
	segments: new Map(),
	carts: DEFAULT_CARTS
});

const DAY: ComparedDay = {
	day: '2011-06-01',
	customers: 200,
	segments: [segment(100, 95, 90), segment(60, 65, 20), segment(40, 40, 40)]
};
const NAMES = ['Regulars', 'Once', 'New'];
const shown = shownSegments(
	'segment',
	NAMES.map((_, cluster) => ({ cluster, isNoise: false })),
	[],
	(cluster) => NAMES[cluster] ?? ''
);
const compared = comparedSegments(DAY, shown);

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
		expect(sideTitle('Once', 'left', '2011-06-01', format, 'mostly by days since last order')).toBe(
			'Once: left since 1 Jun 2011, mostly by days since last order'
		);
	});

	it('speak of a single segment by its name', () => {
		const [regulars, once] = compared;
		const titleOf = (segment: ComparedSegment) => overTimeFinding(DAY, 'own', [segment], format).title;
		expect(titleOf(regulars!)).toBe('“Regulars” has kept its people since 1 Jun 2011.');
		expect(titleOf(once!)).toBe('“Once” has not kept its people since 1 Jun 2011.');
		expect(overTimeFinding(DAY, 'own', compared, format).title).toBe(
			'Two of three segments of your own have kept their people since 1 Jun 2011.'
		);
	});

	it('name the condition of a rule in the words of the builder', () => {
		const phrases = rulePhrases([RULE], VOCABULARY);
		expect([...phrases]).toEqual([
			['g1:0', 'Days since the last order are more than 90'],
			['g1:1', 'Placed at least 2 orders']
		]);
		const rules = shownRules([RULE], () => 3);
		expect(rules).toEqual([{ category: 0, name: 'Lapsing', swatch: 3, isNoise: false }]);
		const day = { ...DAY, segments: [segment(60, 65, 20, 'g1:0')] };
		const labelOf = (id: string) => phrases.get(id) ?? id;
		expect(ruleMovesTitle(comparedSegments(day, rules), labelOf, format)).toBe(
			'Lapsing: 40 left and 45 came in, by “Days since the last order are more than 90”'
		);
		expect(ruleMovesTitle([], labelOf, format)).toBe('Nobody has left or come in.');
	});

	it('say which segments cannot be compared with a day, and why', () => {
		const list: OwnSegment = { kind: 'list', id: 'g2', name: 'List', members: [], origin: 'Pasted' };
		const [other, broken] = ['g3', 'g4'].map((id) => ({ ...RULE, id, name: `Rule ${id}` }));
		const segments = [RULE, list, other!, broken!];
		const results = segments.map(({ id }) => ({
			...{ id, customers: 1, revenue: null, notFound: 0 },
			problem: id === 'g4' ? 'It names itself.' : null
		}));
		const windows: OwnWindows = {
			...{ asOf: '2011-09-01', features: [], rules: ['own:g1', 'own:g3'] },
			now: { customers: 0, segments: [] },
			days: [{ ...DAY, segments: [DAY.segments![0]!, null], problems: [null, 'It needs visits.'] }]
		};
		const whyOf = (windowsOf: OwnWindows | null) =>
			unaskedSegments(segments, results, pastOfOwn(segments, [], windowsOf), windowsOf, DAY.day).map(
				({ id, why }) => [id, why]
			);
		const always = [
			['g2', 'A list stays as it is, so earlier days tell nothing of it.'],
			['g4', 'It names itself.']
		];
		expect(whyOf(windows)).toEqual([always[0], ['g3', 'It needs visits.'], always[1]]);
		expect(whyOf(null)).toEqual(always);
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
		expect(holdoutTitle(with_('vanished', 'none'))).toBe(
			'The one segment that differed in buying no longer does.'
		);
		expect(holdoutTitle(with_('none', 'few'))).toContain('No segment');
		expect([points(0.123, format), points(-0.05, format), points(NaN, format)]).toEqual(['+12', '−5', '–']);
	});
});
