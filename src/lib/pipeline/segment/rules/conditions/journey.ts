import { sql } from '#lib/engine/sql.ts';
import { journeysSql, pathSql } from '../../journeys/journeys.sql.ts';
import type { JourneyCondition } from '../schema.ts';
import type { ConditionKind } from './condition.ts';

/** People with an order that was reached by a path of channels. */
export const journey: ConditionKind<JourneyCondition> = {
	sql: ({ path }, scope) =>
		sql`f.idx IN (SELECT idx FROM (${journeysSql(scope, path)}) WHERE path = ${pathSql(path)})`,
	needs: () => ['touches'],
	problems: () => [],
	features: () => []
};
