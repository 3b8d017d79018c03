import { AppError } from '#lib/core/errors.ts';
import { missingRoles, rolesOf } from './roles.ts';
import { DATE_ROLES } from './reading.ts';
import { ROLES, Role, type ColumnMapping, type SourceParams } from './schema.ts';

/** The part of a source that its mapping speaks of. */
export type MappedSource = Pick<SourceParams, 'fileName' | 'kind' | 'columns' | 'mapping' | 'constants'>;

/** Roles that say the same thing in different ways: naming one drops the proposal for the others. */
const MONEY_ROLES: readonly Role[] = ['amount', 'order_total', 'unit_price'];

/**
 * The source with the roles of a text such as `customer=CustomerID,date=InvoiceDate` laid over its mapping. The roles
 * are those of the kind of file, written with - or _. A column name is looked for as it is written, then without
 * regard to letter case and blanks. An empty name takes the role away. Naming one of amount, order total and price of
 * one drops what was proposed for the other two. Another column of dates has a date order of its own, which is then
 * unknown; the decimal mark stays, as a file has one for all its columns.
 * @throws `import.role-unknown`, `import.column-missing`
 */
export function applyMappingOption<Source extends MappedSource & Pick<SourceParams, 'reading'>>(
	source: Source,
	text: string
): Source {
	const asked = parseOption(source, text);
	const mapping: ColumnMapping = { ...source.mapping };
	const columns = new Set(asked.values());
	const asksForMoney = MONEY_ROLES.some((role) => (asked.get(role) ?? '') !== '');
	for (const role of ROLES) {
		const isReplaced = asksForMoney && MONEY_ROLES.includes(role);
		if (columns.has(mapping[role] ?? '') || isReplaced || asked.has(role)) delete mapping[role];
	}
	for (const [role, column] of asked) if (column !== '') mapping[role] = column;
	const hasNewDates = DATE_ROLES.some(
		(role) => mapping[role] !== undefined && mapping[role] !== source.mapping[role]
	);
	const dateOrder = hasNewDates ? null : source.reading.dateOrder;
	return { ...source, mapping, reading: { ...source.reading, dateOrder } };
}

/**
 * Makes sure that the roles without which nothing can be said of such a file have a column, or a text that every row
 * has.
 * @throws `import.role-missing` with the first of the roles that would do
 */
export function requireRoles({ fileName, kind, columns, mapping, constants }: MappedSource): void {
	const [role] = missingRoles(kind, { ...mapping, ...constants })[0] ?? [];
	if (role !== undefined) throw new AppError('import.role-missing', { fileName, role, columns });
}

function parseOption(source: MappedSource, text: string): Map<Role, string> {
	const asked = new Map<Role, string>();
	// A comma parts two entries only where a role and `=` follow: column names may hold commas.
	for (const entry of text.split(/,(?=\s*[a-z_-]+\s*=)/i)) {
		if (entry.trim() === '') continue;
		const [name = '', ...rest] = entry.split('=');
		const role = parseRole(source, name);
		asked.set(role, findColumn(source, role, rest.join('=').trim()));
	}
	return asked;
}

function parseRole({ kind }: MappedSource, text: string): Role {
	const parsed = Role.safeParse(text.trim().toLowerCase().replaceAll('-', '_'));
	const roles = rolesOf(kind);
	if (!parsed.success || !roles.includes(parsed.data)) {
		throw new AppError('import.role-unknown', { role: text.trim(), roles });
	}
	return parsed.data;
}

function findColumn({ fileName, columns }: MappedSource, role: Role, wanted: string): string {
	if (wanted === '') return '';
	const loose = (name: string) => name.toLowerCase().replace(/\s+/g, '');
	const found =
		columns.find((name) => name === wanted) ?? columns.find((name) => loose(name) === loose(wanted));
	if (found === undefined) throw new AppError('import.column-missing', { fileName, role, wanted, columns });
	return found;
}

export { fingerprint } from './columns.ts';
export { dateReadings } from './date-order.ts';
export { numberReadings } from './decimal-mark.ts';
export { proposeKind } from './propose-kind.ts';
export { proposeMapping } from './propose-mapping.ts';
export { decideDateOrder, decideDecimalMark, detectReading, undecided } from './reading.ts';
export { datesCanBeRead, readingFailure } from './reading-failure.ts';
