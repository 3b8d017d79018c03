import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { ContactRole } from './contacts.sql.ts';

/**
 * What somebody is called wherever people stand in a list: by name, else by first and last name, else by email; NULL
 * where none of them is known, and the id has to do.
 * @param table `clean.people` or `clean.contacts`, by the name it has in the query
 * @param roles the columns that it has
 */
export function knownName(table: string, roles: readonly ContactRole[]): Sql {
	const known = (role: ContactRole) => sql`nullif(trim(${id(table, role)}), '')`;
	const parts = (['first_name', 'last_name'] as const).filter((role) => roles.includes(role)).map(known);
	const names = [
		...(roles.includes('name') ? [known('name')] : []),
		...(parts.length > 0 ? [sql`nullif(concat_ws(' ', ${join(parts, ', ')}), '')`] : []),
		...(roles.includes('email') ? [known('email')] : [])
	];
	return names.length > 0 ? sql`coalesce(${join(names, ', ')})` : sql`NULL::VARCHAR`;
}

/** The roles that give a name, where `clean.people` is read, which has them all. */
export const NAMING_ROLES: readonly ContactRole[] = ['name', 'first_name', 'last_name', 'email'];
