import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import { idValue } from '../id-value.sql.ts';
import { accountRoles, accountText } from '../identity/keys.sql.ts';
import { profiles } from '../kinds/profiles.ts';
import { code, day, text } from '../kinds/values.sql.ts';
import { sourceTable } from '../repairs/tables.ts';
import { hasColumn, hasRole, roleText, type SourceContext } from '../source.ts';
import { textColumn } from '../texts.sql.ts';

/** The roles whose texts make the key of a record, by kind; those of customers depend on the file. */
const KEY_ROLES: Readonly<Partial<Record<TableKind, readonly Role[]>>> = {
	orders: ['order_id'],
	campaigns: ['campaign', 'date'],
	places: ['postcode']
};

/**
 * What a record of a list goes by in every export: the number of an order, the account of a customer, a campaign with its
 * first day, a postcode. Rows of other kinds are only ever compared as a whole. VARCHAR over the columns of `namedTexts`; NULL in rows without one. Null: the kind or the file
 * has none.
 */
export function keySql(context: SourceContext): Sql | null {
	const { source } = context;
	switch (source.kind) {
		case 'orders':
			return hasColumn(source, 'order_id')
				? sql`nullif(${idValue(context, 'order_id', id(textColumn('order_id')))}, '')`
				: null;
		case 'customers':
			return profiles.people.some((role) => hasRole(source, role))
				? accountText(context, profiles.people)
				: null;
		case 'campaigns':
			return sql`${text.read(id(textColumn('campaign')), source)} || ' ' || ${firstDay(context)}`;
		case 'places':
			return code.read(id(textColumn('postcode')), source);
		default:
			return null;
	}
}

/** A source after the steps of the clean-up, with the texts of its key beside its own columns, as `<role>_text`. */
export function namedTexts({ source }: SourceContext): Sql {
	const roles =
		source.kind === 'customers'
			? accountRoles(source, profiles.people)
			: (KEY_ROLES[source.kind] ?? []).filter((role) => hasRole(source, role));
	const named = roles.map((role) => as(roleText(source, role), textColumn(role)));
	return sql`(SELECT ${join([sql`*`, ...named], ', ')} FROM ${id(...sourceTable(source.id))})`;
}

function firstDay({ source }: SourceContext): Sql {
	if (!hasRole(source, 'date')) return sql`''`;
	return sql`coalesce(${day.read(id(textColumn('date')), source)}::VARCHAR, '')`;
}
