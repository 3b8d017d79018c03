import type { Database } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { Part } from '../parts.sql.ts';
import type { IdentityParams } from '../schema.ts';
import type { SourceContext } from '../source.ts';
import { runStatement, type NewTable } from '../statement.ts';
import { BY_HAND, EDGES, findComponents, forget, MERGED_EDGES, MERGED_ROOTS, ROOTS } from './components.ts';
import {
	accountsSql,
	edgesSql,
	insertRowNodes,
	keysSql,
	linksSql,
	mergeEdgesSql,
	nodesSql
} from './graph.sql.ts';
import { foundRecords, isAboutPeople, joinsPeople, nobodyRows } from './records.sql.ts';
import { joinedViews, KEPT_TABLES, plainViews } from './views.sql.ts';

/** Where the tables go, and the parts in which a source is read. */
export interface IdentitySpace {
	readonly database: Database;
	readonly partsOf: (context: SourceContext) => readonly Part[];
}

const FOUND = sql`(source VARCHAR, account VARCHAR, is_named BOOLEAN, email VARCHAR, phone VARCHAR, card VARCHAR,
			name_postcode VARCHAR, records INTEGER)`;

/**
 * Tells who is who across all sources: fills the tables behind `clean.accounts`, `account_sources`, `keys` and `links`, and
 * `clean.identity_renamed`, by which records find their person. Where nothing can join, only views are made.
 * The statements depend on nothing but the contexts and the number of rounds in `clean.identity_rounds`.
 */
export async function runIdentity(
	{ engine, signal, onProgress }: Pick<StepContext, 'engine' | 'signal' | 'onProgress'>,
	contexts: readonly SourceContext[],
	params: IdentityParams,
	{ database, partsOf }: IdentitySpace
): Promise<void> {
	const run = (statement: Sql | NewTable) => runStatement(engine, statement, signal);
	if (!joinsPeople(contexts)) {
		for (const table of KEPT_TABLES) await forget(engine, table);
		for (const view of plainViews(contexts)) await run(view);
		return;
	}
	const create = (table: string, content: Sql) => run({ database, table, content: sql`AS ${content}` });
	const about = contexts.filter(({ source }) => isAboutPeople(source));
	await run({ database, table: 'identity_found', content: FOUND });
	for (const context of about) {
		onProgress({ what: `Looking for people in ${context.source.fileName}`, share: null });
		for (const part of partsOf(context)) {
			await run(sql`INSERT INTO clean.identity_found BY NAME ${foundRecords(context, part)}`);
		}
	}
	onProgress({ what: 'Finding who is one person', share: null });
	const orders = about.filter(({ source }) => source.kind === 'orders').map(({ source }) => source.id);
	await create('identity_links', linksSql(params));
	await create('identity_keys', keysSql(params));
	await create('identity_nodes', nodesSql(orders));
	await create('identity_account_sources', accountSources());
	await forget(engine, 'identity_found');
	for (const statement of rowNodes(about, partsOf)) await run(statement);
	await run({ database: 'memory', table: EDGES, content: sql`AS ${edgesSql()}` });
	await findComponents(engine, signal);
	if (params.merges.length > 0) {
		await run({ database: 'memory', table: MERGED_EDGES, content: sql`AS ${mergeEdgesSql(params)}` });
		await findComponents(engine, signal, BY_HAND);
	}
	await create('identity_accounts', accountsSql(params));
	await create('identity_renamed', renamed());
	for (const table of ['identity_nodes', ROOTS, MERGED_ROOTS]) await forget(engine, table);
	for (const view of joinedViews()) await run(view);
}

/** Which accounts each source names, and in how many records. */
function accountSources(): Sql {
	return sql`
		SELECT account, source, sum(records)::INTEGER AS record_count
		FROM clean.identity_found GROUP BY account, source`;
}

/** Rows of customers files become people of their own where the account that they name is nobody. */
function rowNodes(about: readonly SourceContext[], partsOf: IdentitySpace['partsOf']): Sql[] {
	const rows = about.flatMap((context) =>
		partsOf(context).flatMap((part) => nobodyRows(context, part) ?? [])
	);
	if (rows.length === 0) return [];
	return [
		...rows.map(insertRowNodes),
		sql`
			INSERT INTO clean.identity_account_sources
			SELECT account, split_part(account, ':', 2), 1 FROM clean.identity_nodes
			WHERE starts_with(account, 'row:')
				AND account NOT IN (SELECT account FROM clean.identity_account_sources)`
	];
}

/** The accounts whose person goes by another name, or is nobody: `account`, `customer_id`. */
function renamed(): Sql {
	return sql`
		SELECT account, customer_id FROM clean.identity_accounts WHERE customer_id IS DISTINCT FROM name`;
}
