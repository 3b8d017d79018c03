import type { ImportParams, SourceParams } from '#lib/pipeline/import/schema.ts';
import { contactRoles, type ContactRole } from './contacts.sql.ts';
import type { SessionCurrencies } from './currencies.ts';
import { joinsPeople } from './identity/records.sql.ts';
import { CANONICAL_KINDS } from './kinds/index.ts';
import { createTable, insertTable } from './kinds/tables.sql.ts';
import { createOrderDetails } from './order-details.sql.ts';
import { createOrderLines } from './order-lines.sql.ts';
import { workspaceFor, type CleanSizes, type Workspace } from './parts.sql.ts';
import { checkRepair } from './repairs/run.ts';
import { createRows, insertRows, sourceParts } from './rows.sql.ts';
import type { CleanParams } from './schema.ts';
import { createRecords } from './set-aside.ts';
import type { SourceContext, SourceFacts, StepSentence } from './source.ts';
import type { CleanStatement } from './statement.ts';
import { createCustomers, createOrders, insertOrders, orderParts } from './tables.sql.ts';
import { readingMacros } from './typing.ts';
import { zoneStatements } from './zone.sql.ts';

/** What cleaning will do: all that depends on the data is settled, so the same plan gives the same tables. */
export interface CleanPlan {
	readonly params: CleanParams;
	readonly currencies: SessionCurrencies;
	/** The sources of each kind but reports, with what is known of them. */
	readonly contexts: readonly SourceContext[];
	/** Those of them that are orders. */
	readonly orders: readonly SourceContext[];
	readonly contacts: readonly ContactRole[];
	/** Where tables go, and how many rows are read at a time. */
	readonly space: Workspace;
	/** In order. They need the raw tables, who is who (`runIdentity`), `clean.superseded`, and `clean.repeats` where repeats count. */
	readonly statements: readonly PlannedStatement[];
}

/** A statement with the words for the progress bar. */
export interface PlannedStatement {
	readonly what: string;
	readonly statement: CleanStatement;
}

/** Sources that are read into tables: a report stays as it is. */
export function readSources({ sources }: ImportParams): SourceParams[] {
	return sources.filter(({ kind }) => kind !== 'report');
}

/** Every source that is read, with what is known of it. Facts are in the order of `readSources`. */
export function sourceContexts(
	importParams: ImportParams,
	params: CleanParams,
	currencies: SessionCurrencies,
	facts: readonly SourceFacts[]
): SourceContext[] {
	const { operations: switches, dates, identity } = params;
	const settings = { ...params.settings, currency: currencies.chosen };
	const read = readSources(importParams);
	const contexts = read.map((source, i) => {
		const known = facts[i];
		if (!known) throw new RangeError(`no facts for source ${source.id}`);
		const hasSiblings = read.some(({ id: other, series }) => other !== source.id && series === source.series);
		return {
			source,
			facts: known,
			switches,
			dates,
			settings,
			identity,
			steps: stepSentences(source, params.repairs),
			hasSiblings,
			joinsPeople: false
		};
	});
	return joinsPeople(contexts) ? contexts.map((context) => ({ ...context, joinsPeople: true })) : contexts;
}

function stepSentences({ series }: SourceParams, repairs: CleanParams['repairs']): StepSentence[] {
	return repairs
		.filter((repair) => repair.on && repair.series === series)
		.map(checkRepair)
		.filter(({ operation, params }) => operation.severity?.(params) === 'set_aside')
		.map(({ repair, operation, params }) => ({
			id: repair.id,
			sentence: operation.describe(params, repair.columns)
		}));
}

/** Plans the statements that turn the raw tables into `clean.*`; pure. Facts are in the order of `readSources`. */
export function planClean(
	importParams: ImportParams,
	params: CleanParams,
	currencies: SessionCurrencies,
	facts: readonly SourceFacts[],
	sizes: CleanSizes
): CleanPlan {
	const contexts = sourceContexts(importParams, params, currencies, facts);
	const space = workspaceFor(countRows(contexts), sizes);
	const orders = contexts.filter(({ source }) => source.kind === 'orders');
	return {
		params,
		currencies,
		contexts,
		orders,
		contacts: contactRoles(contexts),
		space,
		statements: [
			...worded('Getting ready', readyStatements(params.settings.timeZone, space)),
			...orders.flatMap((context) => orderStatements(context, space)),
			...contexts.flatMap((context) => otherStatements(context, space)),
			...worded(
				'Grouping rows into orders',
				orderParts(countRows(orders), space.partRows).map((part) =>
					insertOrders(
						part,
						orders.map(({ source }) => source)
					)
				)
			),
			{ what: 'Listing customers', statement: createCustomers() },
			{ what: 'Listing order lines', statement: createOrderLines(orders) },
			{ what: 'Listing order lines', statement: createOrderDetails(orders) }
		]
	};
}

/** The macros, and every table that is filled by further statements. */
function readyStatements(timeZone: string | null, { database }: Workspace): CleanStatement[] {
	return [
		...readingMacros(),
		...zoneStatements(timeZone),
		createRows(database),
		createOrders(database),
		createRecords(),
		...CANONICAL_KINDS.map((kind) => createTable(kind, database))
	];
}

function orderStatements(context: SourceContext, { partRows }: Workspace): PlannedStatement[] {
	const statements = sourceParts(context, partRows).map((part) => insertRows(context, part));
	return worded(`Reading dates and amounts of ${context.source.fileName}`, statements);
}

function otherStatements(context: SourceContext, { partRows }: Workspace): PlannedStatement[] {
	const kind = CANONICAL_KINDS.find((canonical) => canonical.kind === context.source.kind);
	if (kind === undefined) return [];
	const statements = sourceParts(context, partRows).flatMap((part) => insertTable(context, kind, part));
	return worded(`Reading ${context.source.fileName}`, statements);
}

function worded(what: string, statements: readonly CleanStatement[]): PlannedStatement[] {
	return statements.map((statement) => ({ what, statement }));
}

function countRows(contexts: readonly SourceContext[]): number {
	return contexts.reduce((sum, { facts }) => sum + facts.rowCount, 0);
}
