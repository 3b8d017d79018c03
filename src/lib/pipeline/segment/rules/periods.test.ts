import { expect, it } from 'vitest';
import { day, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { periodsSql } from './periods.sql.ts';
import type { TimeUnit, Window } from './schema.ts';

const AS_OF = day('2024-03-31');
const DAYS_OF_MONTH = 365.25 / 12;

function last(count: number, unit: TimeUnit, kind: 'last' | 'before_last' = 'last'): Window {
	return { kind, length: { count, unit } };
}

describeEngines('periodsSql', (engine) => {
	it.each<readonly ['week' | 'month', Window | null, number]>([
		['month', last(3, 'month'), 3],
		['month', last(2, 'year'), 24],
		['month', last(90, 'day'), 90 / DAYS_OF_MONTH],
		['week', last(2, 'week'), 2],
		['week', last(1, 'month'), 31 / 7],
		['week', last(36, 'hour'), 1],
		['month', last(1, 'week'), 1],
		['week', { kind: 'since', day: '2024-02-28' }, 32 / 7],
		['week', { kind: 'since', day: '2025-01-01' }, 1],
		['week', { kind: 'between', from: '2024-02-01', to: '2024-02-29' }, 29 / 7],
		['week', { kind: 'between', from: '2024-03-01', to: '2024-12-31' }, 30 / 7],
		['week', { kind: 'between', from: '2024-03-01', to: '2024-01-01' }, 1],
		['week', { kind: 'until', day: '2024-02-29' }, 60 / 7],
		['month', last(1, 'month', 'before_last'), 59 / DAYS_OF_MONTH],
		['month', null, 90 / DAYS_OF_MONTH]
	])('the %ss of %j', async (per, window, expected) => {
		const { periods } = periodsSql(per, window, AS_OF);
		const [found] = await engine().rows<{ periods: number }>(sql`
			SELECT (${periods})::DOUBLE AS periods FROM (SELECT TIMESTAMP '2024-01-01 17:45:00' AS first_order) ORDER BY periods`);
		expect(found?.periods).toBeCloseTo(expected, 12);
	});

	it('are counted from the first order where a window has no beginning', () => {
		const windows = [null, last(1, 'month', 'before_last'), last(1, 'month')];
		const isFrom = windows.map((window) => periodsSql('week', window, AS_OF).isFromFirstOrder);
		expect(isFrom).toEqual([true, true, false]);
	});
});
