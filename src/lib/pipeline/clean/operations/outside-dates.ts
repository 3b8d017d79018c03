import { addDays } from '#lib/core/days.ts';
import { day, join, sql } from '#lib/engine/sql.ts';
import type { Rule } from './operation.ts';

export const outsideDates: Rule = {
	id: 'outside_dates',
	kind: 'rule',
	label: 'Outside the chosen days',
	explanation: 'The order was placed before the first or after the last of the days that you chose.',
	defaultOn: true,
	applies: ({ dates }) => dates.from !== null || dates.to !== null,
	condition: ({ dates: { from, to } }) => {
		const ends = [
			...(from === null ? [] : [sql`ordered_at < ${day(from)}`]),
			...(to === null ? [] : [sql`ordered_at >= ${day(addDays(to, 1))}`])
		];
		return join(ends, ' OR ');
	},
	detail: () => sql`strftime(ordered_at, '%Y-%m-%d')`
};
