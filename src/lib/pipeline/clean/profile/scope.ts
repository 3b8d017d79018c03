import { COUNTED_ROLES, isConstant } from './issues.ts';
import type { ColumnStatistics } from './schema.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';

/** Why the score leaves a column out: no cell holds anything, or all hold the same. */
export type ApartReason = 'empty' | 'constant';

/** Roles whose values most rows rightly lack: an order without a coupon lacks nothing. */
const OPTIONAL_ROLES: readonly Role[] = ['coupon', 'discount', 'refund', 'tags', 'end_date'];
/** Columns without a role that say by their name that most rows lack them. */
const OPTIONAL_NAMES = [
	/coupon|voucher|promo|discount|refund/i,
	/(address|addr|street|line|adresse)[ _-]*(line[ _-]*)?[23]$/i,
	/middle[ _-]?name|(^|[^a-z])fax([^a-z]|$)/i
];

/** Why the score leaves a column out, given the column as it came; null for one that it counts. */
export function apartReason(came: ColumnStatistics): ApartReason | null {
	if (came.filledCount + came.inheritedCount === 0) return isNeeded(came) ? null : 'empty';
	return isConstant(came) ? 'constant' : null;
}

/**
 * True where a cell without a value lacks something: the role is needed, or at least half the cells of the column as it
 * came are filled, but for columns that are optional by what they mean.
 */
export function expectsValues(came: ColumnStatistics): boolean {
	if (isNeeded(came)) return true;
	const { column, rows, filledCount, inheritedCount } = came;
	return !isOptional(column) && (filledCount + inheritedCount) * 2 >= rows;
}

function isNeeded({ column: { role } }: ColumnStatistics): boolean {
	return role !== null && COUNTED_ROLES.includes(role);
}

function isOptional({ name, role }: ColumnStatistics['column']): boolean {
	if (role !== null) return OPTIONAL_ROLES.includes(role);
	return OPTIONAL_NAMES.some((pattern) => pattern.test(name));
}
