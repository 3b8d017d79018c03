import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { ClusteringResult, RfmGroup, SegmentParams } from '#lib/pipeline/segment/schema.ts';
import type { CsvColumn, CsvKind } from './csv.ts';

/**
 * Who is written: everyone, the people of one cluster or of one RFM group, those in the table `segment.selection`, those of a
 * saved query, `saved.<name>`, those of an own segment, or those whom the priority order gives to a segment.
 */
export type Selection =
	| { readonly kind: 'everyone' }
	| { readonly kind: 'cluster'; readonly cluster: number }
	| { readonly kind: 'group'; readonly group: RfmGroup }
	| { readonly kind: 'picked' }
	| { readonly kind: 'saved'; readonly name: string }
	| { readonly kind: 'own'; readonly segment: string; readonly name: string }
	/** Those of a segment of the priority order who are in none before it. */
	| { readonly kind: 'assigned'; readonly segment: SegmentRef; readonly name: string };

/** What the results say about the tables: which columns there are and what the clusters are called. */
export interface Audience {
	readonly contactRoles: CleanResult['contactRoles'];
	/** Ids of the available features, in the order of the registry. */
	readonly features: readonly string[];
	/** Features the clusters were made from; empty without clusters. */
	readonly clusterFeatures: readonly string[];
	/** Names by cluster; null when there are too few customers for clusters. */
	readonly segmentNames: readonly string[] | null;
}

/** A column of an audience file: its place in the file and the SQL that gives it. */
export interface AudienceColumn extends CsvColumn {
	readonly expression: Sql;
}

type ContactRole = CleanResult['contactRoles'][number];

const CONTACT_KINDS: Readonly<Record<ContactRole, CsvKind>> = {
	email: 'email',
	name: 'text',
	first_name: 'text',
	last_name: 'text',
	phone: 'id',
	country: 'text'
};

/** The facts of the results that audience files need. `clustering` is null when there are too few customers. */
export function describeAudience(
	clean: CleanResult,
	features: FeatureResult,
	clustering: ClusteringResult | null,
	names: SegmentParams['names']
): Audience {
	return {
		contactRoles: clean.contactRoles,
		features: features.features.filter((feature) => feature.available).map((feature) => feature.id),
		clusterFeatures: clustering?.features ?? [],
		segmentNames: clustering && segmentNames(clustering, names)
	};
}

/** The name of each cluster, by its number: the one the user gave, else the automatic one. */
export function segmentNames(clustering: ClusteringResult, names: SegmentParams['names']): string[] {
	return clustering.profiles.map(
		({ cluster, autoName }) => names[`${clustering.clusterCount}:${cluster}`] ?? autoName
	);
}

/** `customer_id`, which every file starts with. */
export function customerColumn(): AudienceColumn {
	return { name: 'customer_id', kind: 'id', expression: sql`CAST(f.customer_id AS VARCHAR)` };
}

/** The contact columns that the files have. */
export function contactColumns({ contactRoles }: Audience): AudienceColumn[] {
	return contactRoles.map((role) => ({
		name: role,
		kind: CONTACT_KINDS[role],
		expression: sql`CAST(c.${id(role)} AS VARCHAR)`
	}));
}

/** Columns of the given features; one that is not available is empty. */
export function featureColumns({ features }: Audience, ids: readonly string[]): AudienceColumn[] {
	return ids.map((feature) => ({
		name: feature,
		kind: 'number',
		expression: features.includes(feature) ? sql`CAST(f.${id(feature)} AS DOUBLE)` : sql`CAST(NULL AS DOUBLE)`
	}));
}

/** RFM scores and group, cluster and its name. Without clusters the last two are empty. */
export function segmentColumns({ segmentNames }: Audience): AudienceColumn[] {
	const scores = ['r_score', 'f_score', 'm_score'].map((name): AudienceColumn => {
		return { name, kind: 'number', expression: sql`CAST(r.${id(name)} AS INTEGER)` };
	});
	return [
		...scores,
		{ name: 'rfm_group', kind: 'text', expression: sql`CAST(r.rfm_group AS VARCHAR)` },
		{ name: 'cluster', kind: 'number', expression: clusterSql(segmentNames) },
		{ name: 'segment_name', kind: 'text', expression: segmentNameSql(segmentNames) }
	];
}

/** The columns as a SELECT list. */
export function selectList(columns: readonly AudienceColumn[]): Sql {
	return join(
		columns.map((column) => as(column.expression, column.name)),
		', '
	);
}

/** The tables that audience columns read: `f` features, `c` contacts, `r` RFM, `m` clusters. */
export function audienceTables({ contactRoles, segmentNames }: Audience): Sql {
	const contacts = sql` LEFT JOIN clean.contacts AS c ON c.customer_id = f.customer_id`;
	const members = sql` JOIN segment.members AS m ON m.idx = f.idx`;
	const none = sql``;
	return sql`features.customers AS f JOIN segment.rfm AS r ON r.idx = f.idx${segmentNames ? members : none}${
		contactRoles.length > 0 ? contacts : none
	}`;
}

/** The condition of a selection among the customers with `from` <= idx < `to`. */
export function selectionSql(selection: Selection, from: number, to: number): Sql {
	const range = sql`f.idx >= ${from} AND f.idx < ${to}`;
	switch (selection.kind) {
		case 'everyone':
			return range;
		case 'cluster':
			return sql`${range} AND m.cluster = ${selection.cluster}`;
		case 'group':
			return sql`${range} AND r.rfm_group = ${selection.group}`;
		case 'picked':
			return sql`${range} AND f.idx IN (SELECT idx FROM segment.selection)`;
		case 'saved':
			return sql`${range} AND f.customer_id IN (SELECT customer_id FROM ${id('saved', selection.name)})`;
		case 'own':
			return sql`${range} AND f.idx IN (SELECT idx FROM segment.own WHERE segment = ${selection.segment})`;
		case 'assigned':
			return sql`${range} AND f.idx IN (SELECT idx FROM segment.assigned WHERE segment = ${selection.segment})`;
	}
}

function clusterSql(names: Audience['segmentNames']): Sql {
	return names ? sql`CAST(m.cluster AS INTEGER)` : sql`CAST(NULL AS INTEGER)`;
}

function segmentNameSql(names: Audience['segmentNames']): Sql {
	if (!names) return sql`CAST(NULL AS VARCHAR)`;
	const cases = names.map((name, cluster) => sql`WHEN ${cluster} THEN ${name}`);
	return sql`CASE m.cluster ${join(cases, '\n')} END`;
}
