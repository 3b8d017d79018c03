import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { DEFAULT_JOURNEYS } from '#lib/pipeline/segment/journeys/schema.ts';
import type { JourneyMove, JourneyResult } from '#lib/pipeline/segment/journeys/step.ts';
import {
	combinationsTitle,
	daysWords,
	engagementItems,
	engagementName,
	engagementTitle,
	everyoneMean,
	flowOf,
	flowTitle,
	hasNoChannels,
	journeysFinding,
	knownWords,
	pathsTitle,
	shortPath,
	stepBars,
	stepsTitle,
	wholeProblem
} from './words.ts';

const format = createFormat('en-GB', 'GBP');
const channel = (name: string) => ({ key: name.toLowerCase(), name });
const path = (...names: string[]) => names.map(channel);
const interval = (value: number, low: number, high: number) => ({ value, low, high });
const move = (step: number, from: string, to: string | null, orders: number): JourneyMove => ({
	...{ move: step, from: channel(from), to: to === null ? null : channel(to) },
	...{ orders, customers: orders }
});
const RESULT: JourneyResult = {
	...{
		lacks: [],
		events: 10,
		untoldEvents: 3,
		orders: 100,
		led: 20,
		ledCustomers: 18,
		long: 1,
		pathCount: 2
	},
	paths: [
		{ path: path('Email', 'Web'), orders: 15, customers: 14, revenue: 150, share: 0.75, days: 3.2 },
		{ path: path('Web'), orders: 5, customers: 5, revenue: 50, share: 0.25, days: 0.4 }
	],
	steps: [
		{ steps: 1, orders: 5, customers: 5 },
		{ steps: 2, orders: 14, customers: 14 },
		{ steps: 12, orders: 1, customers: 1 }
	],
	moves: [
		move(0, 'Email', 'Web', 15),
		move(0, 'Web', 'Web', 5),
		move(1, 'Email', 'Web', 15),
		move(1, 'Web', null, 5)
	],
	engagement: [
		{ engagement: 'omni', customers: 10, orders: interval(4, 3, 5), revenue: interval(40, 30, 50) },
		{ engagement: 'single', customers: 30, orders: interval(2, 1.5, 2.5), revenue: interval(35, 20, 50) }
	],
	combinations: [
		{ channels: path('Web'), engagement: 'single', customers: 30, orders: 60, revenue: 9 },
		{ channels: path('Email', 'Web'), engagement: 'omni', customers: 10, orders: 40, revenue: 9 }
	]
};

describe('the words of journeys', () => {
	it('open with the path of most orders', () => {
		expect(journeysFinding(RESULT, DEFAULT_JOURNEYS, format)).toEqual({
			title: '15 orders came by Email → Web, more than by any other path.',
			sub: '20 of 100 orders can be followed back: somebody did something in a known channel in the 30 days before. Of 80 nothing is known.'
		});
		const none = { ...RESULT, paths: [], led: 0 };
		expect(journeysFinding(none, DEFAULT_JOURNEYS, format).title).toContain('within 30 days');
		const lacks = ['event_place', 'send_clicks', 'order_channel'] as const;
		const untold = { ...none, lacks };
		expect(journeysFinding(untold, DEFAULT_JOURNEYS, format).title).toContain('No file tells');
		expect([hasNoChannels(RESULT), hasNoChannels(untold)]).toEqual([false, true]);
		expect(shortPath(path('a', 'b', 'c', 'd', 'e'))).toBe('a → … → e');
	});

	it('say what is not wholly known', () => {
		expect(knownWords(RESULT, format)).toEqual([
			'3 of 10 events name no channel and no store, and are left out.',
			'1 order came after more than 12 steps; their last 12 are shown.'
		]);
	});

	it('compare customers only where the intervals are apart', () => {
		const title = (measure: 'orders' | 'revenue') =>
			engagementTitle(RESULT.engagement, measure, DEFAULT_JOURNEYS, format);
		expect(title('orders')).toBe('Omni-engaged customers bring 2× the orders of single-channel ones');
		expect(title('revenue')).toBe(
			'Omni-engaged and single-channel customers cannot be told apart by their money'
		);
		expect(engagementName('single', { ...DEFAULT_JOURNEYS, omniChannels: 3 })).toBe('1 to 2 channels');
		expect(everyoneMean(engagementItems(RESULT.engagement, 'orders', DEFAULT_JOURNEYS))).toBe(2.5);
	});

	it('draw moves with the order at the end, and channels of few orders together', () => {
		const flow = flowOf(RESULT.moves, 1);
		expect(flow.left.map(({ name, count }) => [name, count])).toEqual([
			['Email', 15],
			['Web', 5]
		]);
		expect(flow.right.map(({ name, isOrder }) => [name, isOrder])).toEqual([
			['Web', false],
			['Order', true]
		]);
		expect(flow.links).toContainEqual({ from: 1, to: 1, count: 5, isStay: false });
		expect(flowOf(RESULT.moves, 0).links).toContainEqual({ from: 1, to: 0, count: 5, isStay: true });
		expect(flowTitle(flow, 1, format)).toBe('75% of followed orders begin in Email');
		const many = Array.from({ length: 10 }, (_, i) => move(1, `c${i}`, null, 10 - i));
		const crowded = flowOf(many, 1);
		expect(crowded.left).toHaveLength(8);
		expect(crowded.left.at(-1)).toMatchObject({ name: 'Other channels', count: 6, key: null });
		expect(crowded.links.reduce((sum, { count }) => sum + count, 0)).toBe(55);
	});

	it('count paths, steps and days', () => {
		expect(pathsTitle(RESULT, format)).toBe('2 paths led to all orders that can be followed');
		expect(stepsTitle(RESULT, format)).toBe('70% of followed orders took 2 steps');
		expect(stepBars(RESULT, format).map(({ name }) => name)).toEqual([
			'1 step',
			'2 steps',
			'12 steps or more'
		]);
		expect([0.4, 3.2, 12.4].map((days) => daysWords(days, format))).toEqual([
			'within a day',
			'3.2 days',
			'12 days'
		]);
		expect(combinationsTitle(RESULT, format)).toBe(
			'30 customers are active in Web alone, and 10 in Email and Web together'
		);
		const together = RESULT.combinations.filter(({ channels }) => channels.length > 1);
		// The table begins with the first set: the title does so too.
		expect(combinationsTitle({ ...RESULT, combinations: together }, format)).toBe(
			'10 customers are active in Email and Web, more than in any other set of channels'
		);
		expect(combinationsTitle({ ...RESULT, combinations: [] }, format)).toBe(
			'Nobody is active in two channels'
		);
		expect(wholeProblem('30', 1, 365)).toBeUndefined();
		expect(wholeProblem('1.5', 1, 365)).toContain('a whole number from 1 to 365');
	});
});
