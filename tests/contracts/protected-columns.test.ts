import { describe, expect, it } from 'vitest';
import type { RepairOperation } from '#lib/pipeline/clean/repairs/operation.ts';
import { REPAIR_OPERATIONS } from '#lib/pipeline/clean/repairs/operations/index.ts';
import { PROTECTED_ROLES, refusalOf, refuseProtected } from '#lib/pipeline/clean/repairs/protected.ts';
import { ROLES, type Role } from '#lib/pipeline/import/schema.ts';

const protectedRoles = ROLES.filter((role) => PROTECTED_ROLES[role] !== undefined);
const imputing = REPAIR_OPERATIONS.filter(({ takes }) => takes.imputes === true);

describe('operations that make up values', () => {
	it('are those that fill what is missing, and leave protected columns alone', () => {
		expect(imputing.map(({ id }: RepairOperation) => id)).toEqual(['impute', 'impute_knn']);
		for (const { takes } of imputing) expect(takes.leavesProtected).toBe(true);
	});

	it.each(
		imputing.flatMap((operation) => protectedRoles.map((role) => [operation.id, role, operation] as const))
	)('%s refuses the column of the role %s, by its name', (_, role, operation) => {
		const source = { mapping: { [role]: 'My "column"' }, kind: 'orders' as const };
		expect(() => refuseProtected(operation, ['Other', 'My "column"'], source)).toThrow(
			expect.objectContaining({
				code: 'clean.repair-invalid',
				details: { step: operation.label, issues: [expect.stringContaining('“My "column"”')] }
			})
		);
		expect(() => refuseProtected(operation, ['Other'], source)).not.toThrow();
	});

	it('may fill what only describes people and places', () => {
		const free: readonly Role[] = [
			'gender',
			'birth_date',
			'city',
			'region',
			'country',
			'category',
			'language'
		];
		for (const operation of imputing) expect(refusalOf(operation, free, 'customers')).toBeNull();
	});
});

describe('operations that change, mark or add numbers', () => {
	it.each(['winsorise', 'transform', 'flag_outliers'])('%s takes amounts, and no ids or consent', (id) => {
		const operation = REPAIR_OPERATIONS.find((each) => each.id === id);
		if (!operation) throw new Error(`no operation ${id}`);
		expect(refusalOf(operation, ['amount', 'order_total', 'quantity'], 'orders')).toBeNull();
		expect(refusalOf(operation, ['customer'], 'orders')).toContain('Customer');
		expect(refusalOf(operation, ['email_consent'], 'customers')).toContain('Email consent');
	});
});
