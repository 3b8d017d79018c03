import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { CartBoardResult, CartStageResult } from '#lib/pipeline/segment/carts/result.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import { conditionsOf } from './conditions.ts';
import {
	ALL_CARTS,
	bandWords,
	cartsFinding,
	filteredPeople,
	filterTitle,
	lengthWords,
	splitRows,
	SPLITS,
	splitTitle,
	stageTime
} from './words.ts';

const format = createFormat('en-GB', 'GBP');
const count = (people: number, money: number | null = null) => ({
	people,
	customers: people,
	money,
	withoutValue: 0
});
const stage = (id: string, name: string, kind: CartStageResult['kind'], people: number): CartStageResult => ({
	...{ id, name, kind, ...count(people, people * 10) },
	bands: [
		{ id: '0', label: 'Small', ...count(people - 1, people) },
		{ id: '1', label: 'Large', ...count(1, people * 9) }
	],
	categories: [{ id: 'Tea', label: 'Tea', ...count(people, people * 10) }],
	tiers: [{ id: null, label: 'No order yet', ...count(people, people * 10) }]
});
const BOARD: CartBoardResult = {
	stages: [
		stage('open', 'Still being filled', 'open', 2),
		stage('reminder', 'Reminder', 'left', 12),
		stage('follow_up', 'Follow-up', 'left', 15),
		stage('cold', 'Cold', 'cold', 3)
	],
	all: count(32, 320),
	left: count(30, 300),
	due: count(27, 270),
	recovered: 4,
	bands: [
		{ id: '0', name: 'Small', from: null, to: 20 },
		{ id: '1', name: 'Large', from: 20, to: null }
	],
	tierBy: 'rfm_group'
};
const [VALUE, CATEGORY, TIER] = SPLITS;

describe('the words of carts', () => {
	it('open with what was left and what is due', () => {
		expect(cartsFinding(BOARD, true, DEFAULT_CARTS, format)).toEqual({
			title: '27 carts worth £270 were left in the last 7 days.',
			sub: 'Messages that are due now. Reminder: 12, Follow-up: 15.'
		});
		expect(cartsFinding(BOARD, false, DEFAULT_CARTS, format).title).toContain('No file tells');
		const cold = { ...BOARD, due: count(0) };
		expect(cartsFinding(cold, true, DEFAULT_CARTS, format).title).toBe(
			'No message is due: all 30 left carts are older than 7 days.'
		);
		expect(cartsFinding({ ...cold, left: count(0) }, true, DEFAULT_CARTS, format).title).toContain('bought');
	});

	it('say when a cart is at a stage', () => {
		const times = BOARD.stages.map((each) => stageTime(each, DEFAULT_CARTS));
		expect(times).toEqual([
			'less than 30 minutes ago',
			'30 minutes to 1 day ago',
			'1 day to 3 days ago',
			'more than 7 days ago'
		]);
		expect([90, 120, 1440, 60].map(lengthWords)).toEqual(['90 minutes', '2 hours', '1 day', '1 hour']);
	});

	it('part stages, and count what a part has', () => {
		expect(splitRows(BOARD, VALUE).map(({ label, people }) => [label, people])).toEqual([
			['Small', 28],
			['Large', 4]
		]);
		expect(splitTitle(BOARD, VALUE, format)).toBe('Large carts hold 90% of the money that was left');
		expect(splitTitle(BOARD, CATEGORY, format)).toBe('Tea is in 100% of the carts that were left');
		expect(splitTitle(BOARD, TIER, format)).toBe('Nothing that was left can be parted');
		expect(BOARD.bands.map((band) => bandWords(band, format))).toEqual([
			'Small, up to £20.00',
			'Large, over £20.00'
		]);
		const small = { ...ALL_CARTS, stages: ['reminder'], band: '0' };
		expect(filteredPeople(BOARD, small)).toBe(11);
		expect(filteredPeople(BOARD, { ...ALL_CARTS, stages: ['reminder', 'follow_up'] })).toBe(27);
		expect(filteredPeople(BOARD, { ...ALL_CARTS, tier: '' })).toBe(32);
		expect(filterTitle(BOARD, small)).toBe('Carts: Reminder, Small');
		expect(filterTitle(BOARD, { ...ALL_CARTS, stages: ['reminder', 'follow_up'] })).toBe('Left carts');
		expect(filterTitle(BOARD, ALL_CARTS)).toBe('All carts');
	});

	it('become the rule that says the same', () => {
		const groups = [{ id: 'champion', name: 'Champions' }] as never;
		const of = (change: Partial<typeof ALL_CARTS>) =>
			conditionsOf(BOARD, { ...ALL_CARTS, stages: ['reminder'], ...change }, groups);
		const cart = { kind: 'cart', stages: ['reminder'], value: null, category: null };
		expect(of({})).toEqual([cart]);
		expect(of({ band: '1' })).toEqual([{ ...cart, value: { op: 'gt', value: 20 } }]);
		expect(of({ band: '' })).toEqual([{ ...cart, value: { op: 'unknown' } }]);
		expect(of({ category: 'Tea' })).toEqual([{ ...cart, category: { op: 'is', values: ['Tea'] } }]);
		expect(of({ tier: 'Champions' })).toEqual([
			cart,
			{ kind: 'segment', segment: 'group:champion', isIn: true }
		]);
		const middle = { ...BOARD, bands: [{ id: '1', name: 'Middle', from: 10, to: 20 }] };
		expect(conditionsOf(middle, { ...ALL_CARTS, band: '1' }, groups)).toHaveLength(2);
	});
});
