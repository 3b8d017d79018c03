import type { Database } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, ROLES, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole, roleText, type SourceContext } from '../source.ts';
import type { CleanStatement } from '../statement.ts';
import { keySql, namedTexts } from './keys.sql.ts';

/** Rows compared at a time: a group for every row of large files would not fit the memory of a browser. */
export const ROWS_PER_PASS = 2_000_000;

/** A source, and whether its raw table has `row_hash`, the hash of every column, instead of every column. */
export interface Export {
	readonly context: SourceContext;
	readonly hasRowHash: boolean;
}

/** An export with its place in its series: 0 is the first file of the newest version. The lower place keeps the row. */
interface Placed extends Export {
	readonly place: number;
}

/** What rows are compared by: the hash of each of two layouts, which are one where the exports have equal columns. */
interface Basis {
	readonly exports: readonly Placed[];
	/** 0 or 1: rows are compared with those of the other side, or, where there is one side, of the other files. */
	readonly sideOf: (placed: Placed) => number;
	readonly hasTwoSides: boolean;
	readonly hashOf: (placed: Placed) => Sql;
	/** False where the key is no column of both sides: then a row with a key may equal one without. */
	readonly hasKeys: boolean;
}

/** The empty `clean.superseded`: rows that a newer export of the list has too, and the source that has them. */
export function createSuperseded(database: Database): CleanStatement {
	return { database, table: 'superseded', content: sql`(source VARCHAR, row INTEGER, by_source VARCHAR)` };
}

/**
 * Fills `clean.superseded` for the exports of one series, in the order of the recipe.
 *
 * 1. Rows that equal a row of another file in every column: without a key (`keys.sql.ts`) of any version, with a key of
 *    the same version. As many stay as the file with most of them has, in the newest version that has them.
 * 2. Rows whose key stands in a newer version.
 *
 * Rows are compared by a 64-bit hash: among 10,000,000 rows, two different ones share a hash with probability 3 in
 * 1,000,000. Keys are compared as they are.
 */
export function supersededStatements(exports: readonly Export[], rowCount: number): CleanStatement[] {
	const placed = exports
		.toSorted((a, b) => b.context.source.version - a.context.source.version)
		.map((one, place): Placed => ({ ...one, place }));
	const passCount = Math.max(1, Math.ceil(rowCount / ROWS_PER_PASS));
	const passes = Array.from({ length: passCount }, (_, pass) => pass);
	const bases = basesOf(placed);
	return [
		...bases.flatMap((basis) => passes.map((pass) => equalRows(basis, placed, pass, passCount))),
		...passes.flatMap((pass) => replacedKeys(placed, pass, passCount))
	];
}

/** Every pair of layouts; files of one layout are compared by all their columns, others by what both have. */
function basesOf(placed: readonly Placed[]): Basis[] {
	const layouts = alikeExports(placed);
	return layouts.flatMap((first, i) =>
		layouts.slice(i).flatMap((second) => {
			const basis = first === second ? sameColumns(first) : commonColumns(first, second);
			const exports = basis.exports.filter((one) => mayEqual(one, basis));
			return exports.length < 2 ? [] : [{ ...basis, exports }];
		})
	);
}

function alikeExports(placed: readonly Placed[]): Placed[][] {
	const layouts = new Map<string, Placed[]>();
	for (const one of placed) {
		const key = JSON.stringify(one.context.source.columns);
		layouts.set(key, [...(layouts.get(key) ?? []), one]);
	}
	return [...layouts.values()];
}

/** False when every row has a key and no other file is of the same version: then the key alone decides. */
function mayEqual({ context, place }: Placed, { exports, hasKeys }: Basis): boolean {
	const { source, facts } = context;
	if (!hasKeys || keySql(context) === null) return true;
	if (exports.some((other) => other.place !== place && other.context.source.version === source.version)) {
		return true;
	}
	return source.kind !== 'orders' || (facts.ids.order_id?.filled ?? 0) < facts.rowCount;
}

function sameColumns(exports: readonly Placed[]): Basis {
	return {
		exports,
		sideOf: () => 0,
		hasTwoSides: false,
		hashOf: ({ context, hasRowHash }) =>
			hasRowHash ? id('row_hash') : hashSql(context.source.columns.map((_, i) => id(rawColumn(i)))),
		hasKeys: true
	};
}

/**
 * The roles that all files of both layouts have, in the order of ROLES, then columns of equal names. Of a big file only
 * the columns with a role are there.
 */
function commonColumns(first: readonly Placed[], second: readonly Placed[]): Basis {
	const exports = [...first, ...second];
	const sources = exports.map(({ context }) => context.source);
	const roles = ROLES.filter((role) => sources.every((source) => hasRole(source, role)));
	const [own, other] = [first[0]?.context.source, second[0]?.context.source];
	const names = exports.some(({ hasRowHash }) => hasRowHash) ? [] : sharedNames(own, other);
	const wanted = names.filter(
		(name) => !sources.some((source) => Object.values(source.mapping).includes(name))
	);
	return {
		exports: roles.length + wanted.length === 0 ? [] : exports,
		sideOf: (placed) => (first.includes(placed) ? 0 : 1),
		hasTwoSides: true,
		hashOf: ({ context: { source } }) =>
			hashSql([
				...roles.map((role) => roleText(source, role)),
				...wanted.map((name) => id(rawColumn(source.columns.indexOf(name))))
			]),
		hasKeys: exports.every(({ context }) => keySql(context) !== null)
	};
}

function sharedNames(a: SourceParams | undefined, b: SourceParams | undefined): string[] {
	return a?.columns.filter((name) => b?.columns.includes(name)) ?? [];
}

function hashSql(columns: readonly Sql[]): Sql {
	return sql`hash(${join(columns, ', ')})`;
}

/**
 * A row is the n-th of its kind in its file; it is superseded when a file at a lower place has an n-th as well. Rows are
 * of a kind when they have one hash and one scope: the version where they have a key, else all versions.
 */
function equalRows(basis: Basis, placed: readonly Placed[], pass: number, passCount: number): Sql {
	const share = passCount === 1 ? sql`` : sql` AND h % ${passCount} = ${pass}`;
	const hashed = basis.exports.map((one) => {
		const { place } = one;
		return sql`SELECT ${place} AS place, ${basis.sideOf(one)} AS side, row, scope, h
			FROM (SELECT row, ${scopeSql(one, basis)} AS scope, ${basis.hashOf(one)} AS h FROM ${namedTexts(one.context)})
			WHERE scope IS NOT NULL${share}`;
	});
	const rival = basis.hasTwoSides ? sql`CASE side WHEN 0 THEN first_1 ELSE first_0 END` : sql`first_0`;
	return sql`
		INSERT INTO clean.superseded
		WITH hashed AS MATERIALIZED (${join(hashed, ' UNION ALL ')}),
		shared AS (SELECT h FROM hashed GROUP BY h HAVING min(place) < max(place)),
		counted AS MATERIALIZED (
			SELECT place, side, row, scope, h, row_number() OVER (PARTITION BY h, scope, place ORDER BY row) AS n
			FROM hashed SEMI JOIN shared USING (h)
		),
		firsts AS (
			SELECT h, scope, n, min(place) FILTER (WHERE side = 0) AS first_0, min(place) FILTER (WHERE side = 1) AS first_1
			FROM counted GROUP BY h, scope, n
		),
		found AS (
			SELECT ${sourceName(placed, sql`place`)} AS source, row, ${sourceName(placed, rival)} AS by_source
			FROM counted JOIN firsts USING (h, scope, n) WHERE place > ${rival}
		)
		SELECT * FROM found ANTI JOIN clean.superseded USING (source, row)`;
}

/** INTEGER: the version within which a row is compared, 0 for all versions, NULL when it is not. */
function scopeSql({ context, place }: Placed, { exports, hasKeys }: Basis): Sql {
	const key = hasKeys ? keySql(context) : null;
	if (key === null) return sql`0`;
	const { version } = context.source;
	const isShared = exports.some((other) => other.place !== place && other.context.source.version === version);
	return sql`CASE WHEN ${key} IS NULL THEN 0 ${isShared ? sql`ELSE ${version}` : sql``} END`;
}

/** Rows of a key that a newer version has. None where all files are of one version. */
function replacedKeys(placed: readonly Placed[], pass: number, passCount: number): Sql[] {
	const share = passCount === 1 ? sql`` : sql` AND hash(key) % ${passCount} = ${pass}`;
	const keyed = placed.flatMap(({ context, place }) => {
		const key = keySql(context);
		if (key === null) return [];
		const columns = [as(sql`${place}`, 'place'), as(sql`${context.source.version}`, 'version'), id('row')];
		return [
			sql`SELECT * FROM (SELECT ${join(columns, ', ')}, ${key} AS key FROM ${namedTexts(context)}) WHERE key IS NOT NULL${share}`
		];
	});
	const versions = new Set(placed.map(({ context }) => context.source.version));
	if (keyed.length < 2 || versions.size < 2) return [];
	return [
		sql`
			INSERT INTO clean.superseded
			WITH keyed AS MATERIALIZED (${join(keyed, ' UNION ALL ')}),
			newest AS (
				SELECT key, min(place) AS place, max(version) AS version
				FROM keyed GROUP BY key HAVING min(version) < max(version)
			),
			found AS (
				SELECT ${sourceName(placed, sql`keyed.place`)} AS source, keyed.row,
					${sourceName(placed, sql`newest.place`)} AS by_source
				FROM keyed JOIN newest ON newest.key = keyed.key WHERE keyed.version < newest.version
			)
			SELECT * FROM found ANTI JOIN clean.superseded USING (source, row)`
	];
}

function sourceName(placed: readonly Placed[], place: Sql): Sql {
	const names = placed.map(({ context }, i) => sql`WHEN ${i} THEN ${context.source.id}`);
	return sql`CASE ${place} ${join(names, '\n')} END`;
}
