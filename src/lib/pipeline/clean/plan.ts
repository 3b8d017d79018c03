import type { Sql } from '#lib/engine/sql.ts';
import type { ImportParams, SourceParams } from '#lib/pipeline/import/schema.ts';
import { contactRoles, type ContactRole } from './contacts.sql.ts';
import type { SessionCurrencies } from './currencies.ts';
import { CANONICAL_KINDS } from './kinds/index.ts';
import { createTable, insertTable } from './kinds/tables.sql.ts';
import { createOrderLines } from './order-lines.sql.ts';
import { createRows, insertRows } from './rows.sql.ts';
import type { CleanParams } from './schema.ts';
import { createRecords } from './set-aside.ts';
import type { SourceContext, SourceFacts } from './source.ts';
import { createCustomers, createOrders } from './tables.sql.ts';
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
	/** In order; each with the words for the progress bar. They need the raw tables, and `clean.repeats` where repeats count. */
	readonly statements: readonly { readonly what: string; readonly statement: Sql }[];
}

/** Sources that are read into tables: a report stays as it is. */
export function readSources({ sources }: ImportParams): SourceParams[] {
	return sources.filter(({ kind }) => kind !== 'report');
}

/** Plans the statements that turn the raw tables into `clean.*`; pure. Facts are in the order of `readSources`. */
export function planClean(
	importParams: ImportParams,
	params: CleanParams,
	currencies: SessionCurrencies,
	facts: readonly SourceFacts[]
): CleanPlan {
	const { operations: switches, dates } = params;
	const settings = { ...params.settings, currency: currencies.chosen };
	const contexts = readSources(importParams).map((source, i): SourceContext => {
		const known = facts[i];
		if (!known) throw new RangeError(`no facts for source ${source.id}`);
		return { source, facts: known, switches, dates, settings };
	});
	const orders = contexts.filter(({ source }) => source.kind === 'orders');
	const ready = [
		...readingMacros(),
		...zoneStatements(settings.timeZone),
		createRows(),
		createRecords(),
		...CANONICAL_KINDS.map(createTable)
	];
	return {
		params,
		currencies,
		contexts,
		orders,
		contacts: contactRoles(contexts),
		statements: [
			...ready.map((statement) => ({ what: 'Getting ready', statement })),
			...orders.map((context) => ({
				what: `Reading dates and amounts of ${context.source.fileName}`,
				statement: insertRows(context)
			})),
			...contexts.flatMap(otherStatements),
			{ what: 'Grouping rows into orders', statement: createOrders() },
			{ what: 'Listing customers', statement: createCustomers() },
			{ what: 'Listing order lines', statement: createOrderLines(orders) }
		]
	};
}

function otherStatements(context: SourceContext): CleanPlan['statements'] {
	const kind = CANONICAL_KINDS.find((canonical) => canonical.kind === context.source.kind);
	if (kind === undefined) return [];
	const what = `Reading ${context.source.fileName}`;
	return insertTable(context, kind).map((statement) => ({ what, statement }));
}
