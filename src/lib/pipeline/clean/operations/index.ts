import { cancelled } from './cancelled.ts';
import { dropDecimalIds } from './drop-decimal-ids.ts';
import { exactDuplicate } from './exact-duplicate.ts';
import { feeLine } from './fee-line.ts';
import { giftCard } from './gift-card.ts';
import { lowercaseEmailIds } from './lowercase-email-ids.ts';
import { missingCustomer } from './missing-customer.ts';
import { netReturns } from './net-returns.ts';
import { notASale } from './not-a-sale.ts';
import type { IdFix, Operation, RowOperation, Rule, WordRule } from './operation.ts';
import { otherCurrency } from './other-currency.ts';
import { outsideDates } from './outside-dates.ts';
import { priceNotPositive } from './price-not-positive.ts';
import { quantityNotPositive } from './quantity-not-positive.ts';
import { refunded } from './refunded.ts';
import { setAsideByStep } from './set-aside-by-step.ts';
import { staffCustomer } from './staff-customer.ts';
import { stripGuardApostrophe } from './strip-guard-apostrophe.ts';
import { superseded } from './superseded.ts';
import { testOrder } from './test-order.ts';
import { trimIds } from './trim-ids.ts';
import { unpaid } from './unpaid.ts';
import { unreadable } from './unreadable.ts';
import { wholesaleCustomer } from './wholesale-customer.ts';
import { isWordRule } from './word-rule.ts';

/** Every cleaning operation, in the order in which they run. The first rule that is on gives a row its reason. */
export const OPERATIONS: readonly Operation[] = [
	trimIds,
	stripGuardApostrophe,
	dropDecimalIds,
	lowercaseEmailIds,
	netReturns,
	superseded,
	setAsideByStep,
	notASale,
	testOrder,
	unreadable,
	missingCustomer,
	cancelled,
	refunded,
	unpaid,
	quantityNotPositive,
	priceNotPositive,
	exactDuplicate,
	staffCustomer,
	wholesaleCustomer,
	giftCard,
	feeLine,
	otherCurrency,
	outsideDates
];

export const idFixes: readonly IdFix[] = OPERATIONS.filter(
	(operation) => operation.kind === 'fix' && operation.changes === 'ids'
);

/** The operations that judge rows: bit i of `clean.rows.marks` is the i-th of these. */
export const rowOperations: readonly RowOperation[] = OPERATIONS.filter(
	(operation): operation is RowOperation => operation.kind === 'rule' || operation.changes === 'rows'
);

export const rules: readonly (Rule | WordRule)[] = OPERATIONS.filter(
	(operation) => operation.kind === 'rule'
);

export const wordRules: readonly WordRule[] = rules.filter(isWordRule);
