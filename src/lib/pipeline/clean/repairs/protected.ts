import { AppError } from '#lib/core/errors.ts';
import { roleWords, type TableKind } from '#lib/pipeline/import/roles.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import type { AnyRepairOperation } from './operation.ts';

/** Why a column is protected: it tells who or what it is, what a person agreed to, or what happened. */
export type Protection = 'identifier' | 'consent' | 'outcome';

/**
 * Roles whose values no step may make up. Identifiers and consent are refused by every operation with `leavesProtected`;
 * outcomes (when and what people bought, what they paid and answered, what came back) by those that impute.
 */
export const PROTECTED_ROLES: Readonly<Partial<Record<Role, Protection>>> = {
	customer: 'identifier',
	order_id: 'identifier',
	email: 'identifier',
	phone: 'identifier',
	card: 'identifier',
	sku: 'identifier',
	session_id: 'identifier',
	name: 'identifier',
	first_name: 'identifier',
	last_name: 'identifier',
	email_consent: 'consent',
	sms_consent: 'consent',
	consented_at: 'consent',
	date: 'outcome',
	time: 'outcome',
	product: 'outcome',
	quantity: 'outcome',
	unit_price: 'outcome',
	amount: 'outcome',
	order_total: 'outcome',
	refund: 'outcome',
	discount: 'outcome',
	currency: 'outcome',
	status: 'outcome',
	line_type: 'outcome',
	total_spent: 'outcome',
	order_count: 'outcome',
	event: 'outcome',
	action: 'outcome',
	variant: 'outcome',
	answer: 'outcome',
	score: 'outcome',
	spend: 'outcome',
	impressions: 'outcome',
	clicks: 'outcome',
	recipients: 'outcome',
	opens: 'outcome',
	conversions: 'outcome',
	revenue: 'outcome',
	unsubscribes: 'outcome'
};

const REASONS: Readonly<Record<Protection, string>> = {
	identifier: 'tells who or what a row is about, which no step may change like a value',
	consent: 'says what people agreed to, which only they can',
	outcome: 'is an outcome, which is never made up'
};

/** Why an operation must leave a column with these roles alone, in words: “holds the order total, …”; null when it may. */
export function refusalOf(
	{ takes }: Pick<AnyRepairOperation, 'takes'>,
	roles: readonly Role[],
	kind: TableKind
): string | null {
	for (const role of roles) {
		const protection = PROTECTED_ROLES[role];
		if (protection === undefined || !takes.leavesProtected) continue;
		if (protection === 'outcome' && takes.imputes !== true) continue;
		return `it is matched as “${roleWords(role, kind).label}” and ${REASONS[protection]}`;
	}
	return null;
}

/**
 * Says that a step leaves the protected columns of a source alone.
 * @throws `clean.repair-invalid` that names each column and its role
 */
export function refuseProtected(
	operation: AnyRepairOperation,
	columns: readonly string[],
	{ mapping, kind }: Pick<SourceParams, 'mapping' | 'kind'>
): void {
	const issues = columns.flatMap((column) => {
		const roles = (Object.keys(mapping) as Role[]).filter((role) => mapping[role] === column);
		const refusal = refusalOf(operation, roles, kind);
		return refusal === null ? [] : [`“${column}” stays as it is: ${refusal}`];
	});
	if (issues.length > 0) throw new AppError('clean.repair-invalid', { step: operation.label, issues });
}
