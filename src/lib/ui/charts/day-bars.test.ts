import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/core/days.ts';
import {
	dayBars,
	daysPerBar,
	longestGap,
	markedDays,
	marksOn,
	monthTicks,
	startOfWeek,
	type DayCount
} from './day-bars.ts';

/** Ten rows on every working day of a span. */
function workingDays(
	from: string,
	count: number,
	isClosed: (day: string) => boolean = () => false
): DayCount[] {
	return Array.from({ length: count }, (_, i) => addDays(from, i))
		.filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0 && !isClosed(day))
		.map((day) => ({ day, rows: 10 }));
}

describe('dayBars', () => {
	const days = workingDays('2011-03-01', 60);

	it('gives a bar to every day, also to those without rows', () => {
		const bars = dayBars(days, 700);
		expect(bars[0]).toEqual({ from: '2011-03-01', to: '2011-03-01', rows: 10, rowsPerDay: 10 });
		expect(bars.find(({ from }) => from === '2011-03-05')?.rows).toBe(0);
		expect(bars.at(-1)?.to).toBe(days.at(-1)?.day);
	});

	it('takes several days into a bar when there is no room, and loses no row', () => {
		const bars = dayBars(days, 40);
		expect(bars.length).toBeLessThanOrEqual(20);
		expect(daysPerBar(days, 40)).toBe(7);
		expect(bars.reduce((sum, { rows }) => sum + rows, 0)).toBe(days.length * 10);
		expect(bars.every(({ rows, rowsPerDay }) => rowsPerDay <= rows)).toBe(true);
	});

	it('starts weeks on the chosen day, and cuts the first and the last to the days there are', () => {
		const [first, second] = dayBars(days, 40, 7);
		expect(first).toMatchObject({ from: '2011-03-01', to: '2011-03-05', rows: 40, rowsPerDay: 8 });
		expect(second?.from).toBe('2011-03-06');
		expect(dayBars(days, 40, 1)[1]?.from).toBe('2011-03-07');
		expect(dayBars(days, 40, 1).at(-1)?.to).toBe(days.at(-1)?.day);
	});

	it('draws nothing for nothing', () => {
		expect(dayBars([], 700)).toEqual([]);
	});
});

describe('marksOn', () => {
	it('finds marks of the day, of a day of the week, and stretches that reach into it', () => {
		const marks = [
			{ from: '2024-03-06', to: '2024-03-06', text: 'busy' },
			{ from: '2024-03-08', to: '2024-03-12', text: 'closed' }
		];
		const textsOn = (from: string, to: string) => marksOn({ from, to }, marks).map(({ text }) => text);
		expect(textsOn('2024-03-06', '2024-03-06')).toEqual(['busy']);
		expect(textsOn('2024-03-07', '2024-03-07')).toEqual([]);
		expect(textsOn('2024-03-04', '2024-03-10')).toEqual(['busy', 'closed']);
		expect(textsOn('2024-03-11', '2024-03-17')).toEqual(['closed']);
	});
});

describe('markedDays', () => {
	it('keeps what the days of marks have, without those that have nothing', () => {
		const days = [
			{ day: '2024-03-05', rows: 3 },
			{ day: '2024-03-06', rows: 60 },
			{ day: '2024-03-07', rows: 0 },
			{ day: '2024-03-08', rows: 4 }
		];
		const marks = [{ from: '2024-03-06', to: '2024-03-07', text: 'busy' }];
		expect(markedDays(days, marks)).toEqual([{ day: '2024-03-06', rows: 60 }]);
		expect(markedDays(days, [])).toEqual([]);
	});
});

describe('startOfWeek', () => {
	it('is the day itself or one of the six before it', () => {
		expect(startOfWeek('2024-03-06', 1)).toBe('2024-03-04');
		expect(startOfWeek('2024-03-04', 1)).toBe('2024-03-04');
		expect(startOfWeek('2024-03-06', 7)).toBe('2024-03-03');
		expect(startOfWeek('2023-12-31', 6)).toBe('2023-12-30');
	});
});

describe('longestGap', () => {
	it('finds Christmas, not weekends', () => {
		const isClosed = (day: string) => day >= '2010-12-24' && day <= '2011-01-03';
		expect(longestGap(workingDays('2010-12-01', 90, isClosed))).toEqual({
			from: '2010-12-24',
			to: '2011-01-03'
		});
		expect(longestGap(workingDays('2010-12-01', 90))).toBeNull();
	});

	it('says nothing when two gaps are alike', () => {
		const days = ['2011-01-01', '2011-01-11', '2011-01-21'].map((day) => ({ day, rows: 1 }));
		expect(longestGap(days)).toBeNull();
		expect(longestGap([])).toBeNull();
	});
});

describe('monthTicks', () => {
	const span = { from: '2010-12-01', to: '2011-08-31' };

	it('takes every month where there is room', () => {
		const ticks = monthTicks(span, 700);
		expect(ticks[0]).toEqual({ day: '2010-12-01', withYear: true });
		expect(ticks.map(({ day }) => day.slice(5, 7))).toEqual([
			'12',
			'01',
			'02',
			'03',
			'04',
			'05',
			'06',
			'07',
			'08'
		]);
	});

	it('takes fewer on a phone, with the year at January', () => {
		const ticks = monthTicks({ from: '2009-12-01', to: '2011-12-09' }, 280);
		expect(ticks.length).toBeLessThanOrEqual(6);
		expect(ticks.filter(({ withYear }) => withYear).map(({ day }) => day)).toContain('2011-01-01');
	});

	it('does not run into the first label', () => {
		const [, second] = monthTicks({ from: '2011-03-25', to: '2011-08-31' }, 500);
		expect(second?.day).toBe('2011-05-01');
	});
});
