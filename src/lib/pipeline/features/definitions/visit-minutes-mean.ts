import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const visitMinutesMean: FeatureDefinition = {
	id: 'visit_minutes_mean',
	label: 'Minutes per visit',
	family: 'engagement',
	unit: 'number',
	kind: 'number',
	meaning: 'How long a visit lasts on average.',
	formula: 'mean of the minutes from the first to the last act of visits with a session and two acts or more',
	caution: 'The time after the last act of a visit is in no file, so true visits last longer.',
	needs: ['event_session'],
	complete: false,
	base: visits,
	absent: null,
	sql: () => sql`sum(date_diff('second', started_at, ended_at)) FILTER (WHERE is_visit AND session_id IS NOT NULL AND act_count > 1) / 60::DOUBLE
		/ nullif(count_if(is_visit AND session_id IS NOT NULL AND act_count > 1), 0)`
};
