import { sql } from '#lib/engine/sql.ts';
import { engagementSql } from '../../journeys/engagement.sql.ts';
import type { ChannelsCondition } from '../schema.ts';
import type { ConditionKind } from './condition.ts';

/** People who are active in several channels, in fewer, or in none. */
export const channels: ConditionKind<ChannelsCondition> = {
	sql: ({ engagement }, scope) =>
		sql`f.idx IN (SELECT idx FROM (${engagementSql(scope)}) WHERE engagement = ${engagement})`,
	needs: () => ['any_channel'],
	problems: () => [],
	features: () => []
};
