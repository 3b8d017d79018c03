import type { Grouping } from '#lib/pipeline/segment/changes/schema.ts';
import type { ComparedDays, Windows } from './schema.ts';

/** The groups or the natural segments of past days and today. */
export function comparedDays({ asOf, now, days, features }: Windows, by: Grouping): ComparedDays {
	const isGroup = by === 'group';
	return {
		asOf,
		features: isGroup ? [] : features,
		now: { customers: now.customers, segments: isGroup ? now.groups : now.segments },
		days: days.map(({ day, customers, groups, segments }) => ({
			day,
			customers,
			segments: isGroup ? groups : segments
		}))
	};
}
