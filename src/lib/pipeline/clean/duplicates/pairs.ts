import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, list, sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { accountFingerprint } from '../identity/graph.sql.ts';
import { foundRecords, orderRecords, personRecords } from '../people-records.sql.ts';
import { survivors } from '../people-survivors.sql.ts';
import type { CleanResult, IdentityParams } from '../schema.ts';
import { COMPARISONS } from './comparisons.sql.ts';
import type { SHOWN_FIELDS } from './prepared.sql.ts';
import type { DuplicateField } from './schema.ts';

/** A pair of `clean.duplicate_pairs`, as the review counts it. */
export interface FoundPair {
	readonly pair: number;
	readonly probability: number;
	/** Fingerprints of the accounts that name the two, the lesser text first. */
	readonly a: string;
	readonly b: string;
	/** The pair by which the user had told them apart when they were looked for, as `a+b`. */
	readonly apartBy: string | null;
}

/** What is shown of a person. */
export type ShownField = (typeof SHOWN_FIELDS)[number] | 'birth_date';

/** The shown fields, in the order in which they are read. */
export const RECORD_FIELDS: readonly ShownField[] = [
	...(['name', 'first_name', 'last_name', 'email', 'phone', 'birth_date'] as const),
	...(['street', 'postcode', 'city', 'region', 'country'] as const)
];

/** One of the two people of a pair, as they were when they were looked for. */
export interface DuplicateRecord {
	readonly customerId: string;
	readonly account: string;
	readonly fields: Readonly<Partial<Record<ShownField, string>>>;
}

/** What one field says of a pair. `level` is the place in the comparison, from 1; 0 where it says nothing. */
export interface FieldFinding {
	readonly field: DuplicateField;
	readonly level: string | null;
	readonly weight: number;
}

/** Why two people may be one. */
export interface PairDetail {
	readonly pair: number;
	readonly probability: number;
	readonly weight: number;
	/** The id of the blocking rule that brought them together. */
	readonly rule: string;
	readonly records: readonly [DuplicateRecord, DuplicateRecord];
	readonly findings: readonly FieldFinding[];
	/** What is taken off because two of one household would look as alike; 0 or less. */
	readonly householdWeight: number;
}

/** The pairs, the most probable first. */
export async function foundPairs(engine: Engine, limit: number, signal?: AbortSignal): Promise<FoundPair[]> {
	return engine.rows<FoundPair>(
		sql`
			SELECT pair::INTEGER AS pair, probability::DOUBLE AS probability,
				least(a.fingerprint, b.fingerprint)::VARCHAR AS a, greatest(a.fingerprint, b.fingerprint)::VARCHAR AS b,
				apart_by::VARCHAR AS apart_by
			FROM clean.duplicate_pairs p
			JOIN clean.duplicate_records a ON a.person = p.a JOIN clean.duplicate_records b ON b.person = p.b
			WHERE a.fingerprint IS NOT NULL AND b.fingerprint IS NOT NULL
			ORDER BY pair LIMIT ${limit}`,
		signal
	);
}

/** Everything about one pair; null where it is gone. */
export async function pairDetail(
	engine: Engine,
	pair: number,
	signal?: AbortSignal
): Promise<PairDetail | null> {
	const sides = (['a', 'b'] as const).flatMap((side) =>
		['customer_id', 'account', ...RECORD_FIELDS].map((field) =>
			as(sql`${id(side, field)}::VARCHAR`, `${side}_${field}`)
		)
	);
	const findings = COMPARISONS.flatMap(({ field }) => [
		as(sql`${id('p', `${field}_level`)}::INTEGER`, `${field}_level`),
		as(sql`${id('p', `${field}_weight`)}::DOUBLE`, `${field}_weight`)
	]);
	const [row] = await engine.rows<Record<string, string | number | null>>(
		sql`
			SELECT p.probability::DOUBLE AS probability, p.weight::DOUBLE AS weight, p.rule::VARCHAR AS rule,
				p.household_weight::DOUBLE AS household_weight, ${join([...sides, ...findings], ', ')}
			FROM clean.duplicate_pairs p
			JOIN clean.duplicate_records a ON a.person = p.a JOIN clean.duplicate_records b ON b.person = p.b
			WHERE p.pair = ${pair} ORDER BY weight`,
		signal
	);
	if (row === undefined) return null;
	return {
		pair,
		probability: Number(row['probability']),
		weight: Number(row['weight']),
		rule: String(row['rule']),
		records: [recordOf(row, 'a'), recordOf(row, 'b')],
		findings: COMPARISONS.map(({ field, levels }) => ({
			field,
			level: levels[Number(row[camel(`${field}_level`)]) - 1]?.id ?? null,
			weight: Number(row[camel(`${field}_weight`)])
		})),
		householdWeight: Number(row['householdWeight'])
	};
}

/** What a merge is worked out from. */
export interface MergeContext {
	readonly sources: readonly SourceParams[];
	readonly identity: IdentityParams;
	readonly clean: CleanResult;
}

/**
 * The record of two people once they are one, by the session's rule for which of several values a person keeps.
 * @param accounts an account of either
 */
export async function mergedRecord(
	engine: Engine,
	{ sources, identity, clean }: MergeContext,
	accounts: readonly [string, string],
	signal?: AbortSignal
): Promise<DuplicateRecord['fields']> {
	const records = orderRecords(sources, clean);
	const found = records.sources.map((source) => foundRecords(source, records, identity, sources, null));
	const stage = found.length > 0 ? sql`(${join(found, ' UNION ALL ')})` : sql`clean.profiles`;
	const hasProfiles = sources.some(({ kind }) => kind === 'customers');
	const fields = RECORD_FIELDS.map((field) => as(sql`${id(field)}::VARCHAR`, field));
	const [row] = await engine.rows<Record<string, string | null>>(
		sql`
			WITH said AS (${personRecords(stage, records, identity, sources, null)}),
			records AS (
				SELECT '' AS customer_id, * EXCLUDE (customer_id) FROM said WHERE customer_id IN (
					SELECT customer_id FROM clean.accounts WHERE account = ${accounts[0]} OR account = ${accounts[1]})
			)
			SELECT ${join(fields, ', ')} FROM (${survivors(sql`records`, identity.survivor, hasProfiles)}) ORDER BY email`,
		signal
	);
	return filled((field) => row?.[camel(field)] ?? null);
}

function recordOf(row: Readonly<Record<string, string | number | null>>, side: 'a' | 'b'): DuplicateRecord {
	return {
		customerId: String(row[camel(`${side}_customer_id`)]),
		account: String(row[camel(`${side}_account`)] ?? ''),
		fields: filled((field) => row[camel(`${side}_${field}`)] ?? null)
	};
}

function filled(valueOf: (field: ShownField) => string | number | null): DuplicateRecord['fields'] {
	return Object.fromEntries(
		RECORD_FIELDS.flatMap((field) => {
			const value = valueOf(field);
			return value === null || value === '' ? [] : [[field, String(value)] as const];
		})
	);
}

/** How the engine names a column to its callers. */
function camel(name: string): string {
	return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** An account that the user decided on, as it is now. */
export interface DecidedAccount {
	readonly fingerprint: string;
	readonly account: string;
}

/** The accounts behind fingerprints, those that are in the files. */
export async function decidedAccounts(
	engine: Engine,
	fingerprints: readonly string[],
	signal?: AbortSignal
): Promise<DecidedAccount[]> {
	if (fingerprints.length === 0) return [];
	return engine.rows<DecidedAccount>(
		sql`
			SELECT fingerprint::VARCHAR AS fingerprint, account::VARCHAR AS account
			FROM (SELECT account, ${accountFingerprint(sql`account`)} AS fingerprint FROM clean.accounts)
			WHERE fingerprint IN ${list(fingerprints)} ORDER BY fingerprint, account`,
		signal
	);
}
