import type { ColumnSample } from './drift-sample.ts';
import type { Role } from './schema.ts';

/** A column with a role, in the older export and in the newer one. */
export interface RolePair {
	readonly role: Role;
	readonly old: ColumnSample;
	readonly found: ColumnSample;
}

/** Roles whose values name one thing each. */
const NAMING_ROLES: readonly Role[] = ['customer', 'order_id', 'email', 'phone', 'card', 'session_id'];
/** Fewer values prove nothing. */
const FEWEST_TEXTS = 20;
/** So many of the values of one column were those of the other; by chance, hardly any are. */
const SHARED = 0.3;
/** … and so many times more than were its own, in either column. */
const FAR_MORE = 3;
/** Every row has a value of its own: order numbers in a file of orders. */
const ONE_PER_ROW = 0.98;
/** Values return in other rows: customers. */
const SOME_RETURN = 0.9;

/** The roles whose columns have changed places, each with the role whose values it holds now. */
export function findSwaps(pairs: readonly RolePair[]): ReadonlyMap<Role, Role> {
	const swaps = new Map<Role, Role>();
	const named = pairs.filter(
		({ role, old, found }) =>
			NAMING_ROLES.includes(role) && Math.min(old.texts.length, found.texts.length) >= FEWEST_TEXTS
	);
	named.forEach((a, i) => {
		for (const b of named.slice(i + 1)) {
			if (swaps.has(a.role) || swaps.has(b.role)) continue;
			if (!hasValuesOf(a, b) && !hasValuesOf(b, a) && !haveFlipped(a, b)) continue;
			swaps.set(a.role, b.role).set(b.role, a.role);
		}
	});
	return swaps;
}

/**
 * The column holds what the other held, far more than what it held itself, and the other has lost it: the numbers of next
 * month's orders may be among the customer ids of this month, but then those customers are still there.
 */
function hasValuesOf(one: RolePair, other: RolePair): boolean {
	const taken = sharedWith(one.found, other.old);
	return (
		taken >= SHARED &&
		taken >= FAR_MORE * sharedWith(one.found, one.old) &&
		taken >= FAR_MORE * sharedWith(other.found, other.old)
	);
}

/** One had a value per row and the other few, and now it is the other way round. */
function haveFlipped(a: RolePair, b: RolePair): boolean {
	const [was, now] = [
		[distinctShare(a.old), distinctShare(b.old)],
		[distinctShare(a.found), distinctShare(b.found)]
	] as const;
	return (
		(isOneAgainstFew(was[0], was[1]) && isOneAgainstFew(now[1], now[0])) ||
		(isOneAgainstFew(was[1], was[0]) && isOneAgainstFew(now[0], now[1]))
	);
}

function isOneAgainstFew(one: number, few: number): boolean {
	return one >= ONE_PER_ROW && few <= SOME_RETURN;
}

function distinctShare({ texts }: ColumnSample): number {
	return new Set(texts).size / texts.length;
}

/** The share of the different values of a column that another has too. */
function sharedWith(a: ColumnSample, b: ColumnSample): number {
	const [values, others] = [new Set(a.texts), new Set(b.texts)];
	return [...values].filter((value) => others.has(value)).length / values.size;
}
