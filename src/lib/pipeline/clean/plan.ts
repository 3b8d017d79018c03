import type { Sql } from '#lib/engine/sql.ts';
import type { ImportParams } from '#lib/pipeline/import/schema.ts';
import { contactRoles, type ContactRole } from './contacts.sql.ts';
import { createRows, insertRows } from './rows.sql.ts';
import type { CleanParams } from './schema.ts';
import type { SourceContext, SourceFacts } from './source.ts';
import { createCustomers, createOrders } from './tables.sql.ts';
import { readingMacros } from './typing.ts';

/** What cleaning will do: all that depends on the data is settled, so the same plan gives the same tables. */
export interface CleanPlan {
	readonly contexts: readonly SourceContext[];
	readonly contacts: readonly ContactRole[];
	/** In order; each with the words for the progress bar. They need the raw tables, and `clean.repeats` where repeats count. */
	readonly statements: readonly { readonly what: string; readonly statement: Sql }[];
}

/** Plans the statements that turn the raw tables into `clean.*`; pure. Facts are in the order of the sources. */
export function planClean(
	{ sources }: ImportParams,
	{ operations }: CleanParams,
	facts: readonly SourceFacts[]
): CleanPlan {
	const contexts = sources.map((source, i): SourceContext => {
		const known = facts[i];
		if (!known) throw new RangeError(`no facts for source ${source.id}`);
		return { source, facts: known, switches: operations };
	});
	const contacts = contactRoles(contexts);
	return {
		contexts,
		contacts,
		statements: [
			...[...readingMacros(), createRows()].map((statement) => ({
				what: 'Getting ready',
				statement
			})),
			...contexts.map((context) => ({
				what: `Reading dates and amounts of ${context.source.fileName}`,
				statement: insertRows(context)
			})),
			{ what: 'Grouping rows into orders', statement: createOrders() },
			{ what: 'Listing customers', statement: createCustomers() }
		]
	};
}
