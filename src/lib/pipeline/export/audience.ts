import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { AGREED, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { ClusteringResult, RfmGroup, SegmentParams } from '#lib/pipeline/segment/schema.ts';
import type { Grade } from '#lib/pipeline/validate/passport/schema.ts';
import type { CsvColumn, CsvKind } from './csv.ts';

/**
 * Who is written: everyone, the people of one cluster or of one RFM group, those in the table `segment.selection`, those of a
 * saved query, `saved.<name>`, those of an own segment, or those whom the priority order gives to a segment.
 */
export type Selection =
	| { readonly kind: 'everyone' }
	| { readonly kind: 'cluster'; readonly cluster: number }
	| { readonly kind: 'group'; readonly group: RfmGroup; readonly name: string }
	| { readonly kind: 'picked' }
	/** `name` is that of its view, `title` what the user calls it. */
	| { readonly kind: 'saved'; readonly name: string; readonly title: string }
	| { readonly kind: 'own'; readonly segment: string; readonly name: string }
	/** Those of a segment of the priority order who are in none before it. */
	| {
			readonly kind: 'assigned';
			readonly segment: SegmentRef;
			readonly name: string;
			/** Its place in the order, from 1, and how many there are. */
			readonly place: number;
			readonly places: number;
	  };

/** What people agree to. */
export const CONSENT_ROLES = ['email_consent', 'sms_consent'] as const;
export type ConsentRole = (typeof CONSENT_ROLES)[number];

/** What the results say about the tables: which columns there are and what the clusters are called. */
export interface Audience {
	readonly contactRoles: CleanResult['contactRoles'];
	/** Which consents the files tell, in `clean.people`. */
	readonly consents: readonly ConsentRole[];
	/** Writes only those who agreed to this; null: whether they did or not. */
	readonly agreedTo: ConsentRole | null;
	/** Ids of the available features of numbers, in the order of the registry. */
	readonly features: readonly string[];
	/** Features the clusters were made from; empty without clusters. */
	readonly clusterFeatures: readonly string[];
	/** Names by cluster; null when there are too few customers for clusters. */
	readonly segmentNames: readonly string[] | null;
	/** How far segments can be trusted, as far as that is known. */
	readonly grades: ReadonlyMap<SegmentRef, Grade>;
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

/**
 * The facts of the results that audience files need, without grades. `clustering` is null when there are too few customers;
 * `sources` tell which consents there are, and are left out for files without them.
 */
export function describeAudience(
	clean: CleanResult,
	features: FeatureResult,
	clustering: ClusteringResult | null,
	names: SegmentParams['names'],
	sources: readonly SourceParams[] = []
): Audience {
	return {
		contactRoles: clean.contactRoles,
		consents: CONSENT_ROLES.filter((role) => sources.some((source) => tells(source, role))),
		agreedTo: null,
		features: features.features
			.filter(({ available, kind }) => available && kind === 'number')
			.map(({ id }) => id),
		clusterFeatures: clustering?.features ?? [],
		segmentNames: clustering && segmentNames(clustering, names),
		grades: new Map()
	};
}

function tells({ mapping, constants }: SourceParams, role: ConsentRole): boolean {
	return mapping[role] !== undefined || constants[role] !== undefined;
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

/** What people agreed to, as far as the files tell it: `subscribed`, `unsubscribed` and others, empty where it is not known. */
export function consentColumns({ consents }: Audience): AudienceColumn[] {
	return consents.map((role) => ({
		name: role,
		kind: 'text',
		expression: sql`CAST(p.${id(role)} AS VARCHAR)`
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
export function segmentColumns(audience: Audience): AudienceColumn[] {
	const { segmentNames } = audience;
	return [
		...placeColumns(audience),
		{ name: 'segment_name', kind: 'text', expression: segmentNameSql(segmentNames) }
	];
}

/**
 * The same for the file of one segment: the name of the cluster is called `natural_segment`, and `segment_name` is the name of the
 * segment that the file is of.
 */
export function oneSegmentColumns(audience: Audience, selection: Selection): AudienceColumn[] {
	return [
		...placeColumns(audience),
		{ name: 'natural_segment', kind: 'text', expression: segmentNameSql(audience.segmentNames) },
		{ name: 'segment_name', kind: 'text', expression: sql`CAST(${nameOf(audience, selection)} AS VARCHAR)` }
	];
}

/** What the people of a selection are called. */
export function nameOf({ segmentNames }: Audience, selection: Selection): string {
	switch (selection.kind) {
		case 'everyone':
			return 'Everyone';
		case 'picked':
			return 'Picked';
		case 'cluster':
			return segmentNames?.[selection.cluster] ?? `Segment ${selection.cluster + 1}`;
		case 'saved':
			return selection.title;
		case 'group':
		case 'own':
		case 'assigned':
			return selection.name;
	}
}

function placeColumns({ segmentNames }: Audience): AudienceColumn[] {
	const scores = ['r_score', 'f_score', 'm_score'].map((name): AudienceColumn => {
		return { name, kind: 'number', expression: sql`CAST(r.${id(name)} AS INTEGER)` };
	});
	return [
		...scores,
		{ name: 'rfm_group', kind: 'text', expression: sql`CAST(r.rfm_group AS VARCHAR)` },
		{ name: 'cluster', kind: 'number', expression: clusterSql(segmentNames) }
	];
}

/** The columns as a SELECT list. */
export function selectList(columns: readonly AudienceColumn[]): Sql {
	return join(
		columns.map((column) => as(column.expression, column.name)),
		', '
	);
}

/** The tables that audience columns read: `f` features, `c` contacts, `p` people, `r` RFM, `m` clusters. */
export function audienceTables({ contactRoles, consents, segmentNames }: Audience): Sql {
	const contacts = sql` LEFT JOIN clean.contacts AS c ON c.customer_id = f.customer_id`;
	const people = sql` LEFT JOIN clean.people AS p ON p.customer_id = f.customer_id`;
	const members = sql` JOIN segment.members AS m ON m.idx = f.idx`;
	const none = sql``;
	return sql`features.customers AS f JOIN segment.rfm AS r ON r.idx = f.idx${segmentNames ? members : none}${
		contactRoles.length > 0 ? contacts : none
	}${consents.length > 0 ? people : none}`;
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

/**
 * The condition of the people whom a file of a selection has: where only those who agreed are written, nobody of whom that is not
 * known.
 */
export function writtenSql(audience: Audience, selection: Selection, from: number, to: number): Sql {
	const condition = selectionSql(selection, from, to);
	return audience.agreedTo === null
		? condition
		: sql`${condition} AND ${agreedSql(audience, audience.agreedTo)}`;
}

/** A BOOLEAN: somebody agreed to this; false where the files do not tell it. */
export function agreedSql({ consents }: Audience, role: ConsentRole): Sql {
	return consents.includes(role) ? sql`coalesce(p.${id(role)} = ${AGREED}, false)` : sql`false`;
}

function clusterSql(names: Audience['segmentNames']): Sql {
	return names ? sql`CAST(m.cluster AS INTEGER)` : sql`CAST(NULL AS INTEGER)`;
}

function segmentNameSql(names: Audience['segmentNames']): Sql {
	if (!names) return sql`CAST(NULL AS VARCHAR)`;
	const cases = names.map((name, cluster) => sql`WHEN ${cluster} THEN ${name}`);
	return sql`CASE m.cluster ${join(cases, '\n')} END`;
}
