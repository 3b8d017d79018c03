import { sql } from '#lib/engine/sql.ts';
import type { FeatureCondition } from '../schema.ts';
import { featureColumn, testSql } from '../test.sql.ts';
import type { ConditionKind } from './condition.ts';

/** A feature of the library. */
export const feature: ConditionKind<FeatureCondition> = {
	sql: ({ feature: asked, test }, { features, customers, asOf }) => {
		const table = features.get(asked)?.table;
		if (!table) return sql`false`;
		return testSql(featureColumn(asked, table.join('.') !== customers.join('.')), test, asOf);
	},
	needs: () => [],
	problems: ({ feature: asked, test }, { features }) => {
		const found = features.get(asked);
		if (!found) return [`There is no feature ${asked}.`];
		if (found.table === null) return [`${found.label} needs ${found.needs.join(' and ')}.`];
		return found.kind === test.type ? [] : [`${found.label} is a ${found.kind}.`];
	},
	features: ({ feature: asked }) => [asked]
};
