import { list, sql } from '#lib/engine/sql.ts';
import { currencySql } from '../currencies.ts';
import type { SourceContext } from '../source.ts';
import type { Rule } from './operation.ts';

/** How the source writes the currencies that were not chosen. */
function others({ facts, settings }: SourceContext): string[] {
	if (settings.currency === null) return [];
	return facts.currencies
		.filter(({ currency }) => currency !== settings.currency)
		.map(({ written }) => written);
}

export const otherCurrency: Rule = {
	id: 'other_currency',
	kind: 'rule',
	label: 'Another currency',
	explanation: 'Money in several currencies cannot be added up, so only the chosen one counts.',
	defaultOn: true,
	required: true,
	applies: (context) => others(context).length > 0,
	condition: (context) => sql`${currencySql(context.source)} IN ${list(others(context))}`,
	detail: ({ source }) => currencySql(source)
};
