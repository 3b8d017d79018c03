import { cancelled } from './cancelled.ts';
import { dropDecimalIds } from './drop-decimal-ids.ts';
import { exactDuplicate } from './exact-duplicate.ts';
import { lowercaseEmailIds } from './lowercase-email-ids.ts';
import { missingCustomer } from './missing-customer.ts';
import { netReturns } from './net-returns.ts';
import type { IdFix, Operation, RowOperation, Rule } from './operation.ts';
import { priceNotPositive } from './price-not-positive.ts';
import { quantityNotPositive } from './quantity-not-positive.ts';
import { stripGuardApostrophe } from './strip-guard-apostrophe.ts';
import { trimIds } from './trim-ids.ts';
import { unreadable } from './unreadable.ts';

/** Every cleaning operation, in the order in which they run. The first rule that is on gives a row its reason. */
export const OPERATIONS: readonly Operation[] = [
	trimIds,
	stripGuardApostrophe,
	dropDecimalIds,
	lowercaseEmailIds,
	netReturns,
	unreadable,
	missingCustomer,
	cancelled,
	quantityNotPositive,
	priceNotPositive,
	exactDuplicate
];

export const idFixes: readonly IdFix[] = OPERATIONS.filter(
	(operation) => operation.kind === 'fix' && operation.changes === 'ids'
);

/** The operations that judge rows: bit i of `clean.rows.marks` is the i-th of these. */
export const rowOperations: readonly RowOperation[] = OPERATIONS.filter(
	(operation): operation is RowOperation => operation.kind === 'rule' || operation.changes === 'rows'
);

export const rules: readonly Rule[] = OPERATIONS.filter((operation) => operation.kind === 'rule');
