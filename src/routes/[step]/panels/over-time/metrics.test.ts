import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { ComparedDay, ComparedDays, WindowSegment } from '#lib/pipeline/validate/windows/schema.ts';
import { adviceFor, chartWords, follow, followedTitle, levelPoints, shownMetrics } from './metrics.ts';

const format = createFormat('en-GB', 'GBP');
const SHOWN = { category: 0, name: 'Regulars', swatch: 0, isNoise: false };

/** Months from January on with so many people, the last of them not ended, and today. */
function windowsOf(people: readonly number[], today: number): ComparedDays {
	const segment = (customers: number, isOver: boolean): WindowSegment => ({
		customers,
		now: customers,
		stayed: customers,
		jaccard: 1,
		drift: [],
		distance: 0,
		typical: [],
		causes: [],
		month: isOver ? { buyers: customers / 2, spent: null } : null
	});
	const days = people.map((customers, at): ComparedDay => {
		const day = `2011-0${at + 1}-01`;
		const segments = [segment(customers, at < people.length - 1)];
		return { day, customers: 1000, segments };
	});
	const now = { customers: 1000, segments: [{ customers: today, typical: [] }] };
	return { asOf: '2011-08-20', now, days, features: [] };
}

function followed(windows: ComparedDays, id: string) {
	const metric = shownMetrics(windows, false, [], format).find((each) => each.id === id)!;
	return follow(windows, SHOWN, metric);
}

describe('a metric over months', () => {
	const steady = [100, 103, 99, 102, 98, 101, 100];

	it('speaks of today, and of the last month that has ended', () => {
		const windows = windowsOf(steady, 101);
		const people = followed(windows, 'customers');
		expect(followedTitle(people, format)).toBe(
			'Regulars, customers: 101 on 20 Aug 2011, within what the months before let expect'
		);
		expect(adviceFor(people, 'segment')).toBeNull();
		expect(followedTitle(followed(windows, 'buyers'), format)).toContain(': 50% in Jun 2011, ');
		expect(levelPoints(people, format).map(({ label }) => label)).toEqual([
			...steady.map((_, at) => format.day(`2011-0${at + 1}-01`)),
			'20 Aug 2011'
		]);
	});

	it('has moved only where its newest value has', () => {
		const past = followed(windowsOf([...steady.slice(0, 6), 20], 101), 'customers');
		expect(past.series.moves.at(-2)).toBe('down');
		expect(followedTitle(past, format)).toContain('101 on 20 Aug 2011, within');
		expect(adviceFor(past, 'segment')).toBeNull();
		const now = followed(windowsOf(steady, 20), 'customers');
		expect(followedTitle(now, format)).toContain('20 on 20 Aug 2011, moved down');
		expect(adviceFor(now, 'segment')).toContain('shrinks');
	});

	it('promises a band only where one can be seen', () => {
		const rising = followed(windowsOf([10, 20, 30, 40, 50, 60, 70], 80), 'customers');
		expect(chartWords(levelPoints(rising, format))).toContain('so there is no band');
		const noisy = followed(windowsOf(steady, 101), 'customers');
		expect(chartWords(levelPoints(noisy, format))).toContain('Line and band');
	});
});
