import { describe, expect, it } from 'vitest';
import { assertNotBlocked, blockingRules } from './blocking.ts';
import type { Repair, RepairResult } from './schema.ts';

const repair = (id: string, operation: string, params: Repair['params'], on = true): Repair => ({
	id,
	operation,
	on,
	series: 's1',
	columns: ['Email'],
	params
});

const result = (
	id: string,
	severity: RepairResult['severity'],
	failing: readonly number[]
): RepairResult => ({
	id,
	state: failing.length > 0 ? 'done' : 'off',
	missing: [],
	severity,
	sources: failing.map((rowsFailing, i) => ({
		source: `s${i + 1}`,
		rowsChanged: 0,
		rowsSetAside: 0,
		rowsFailing,
		words: '',
		added: [],
		sql: ''
	}))
});

const REPAIRS = [
	repair('r1', 'rule_email', { required: false, severity: 'block' }),
	repair('r2', 'rule_filled', { severity: 'warn' }),
	repair('r3', 'rule_filled', { severity: 'block' }),
	repair('r4', 'rule_filled', { severity: 'block' }, false)
];

describe('rules that hold files back', () => {
	it('are those that block and fail, with the rows of all files', () => {
		const results = [
			result('r1', 'block', [2, 3]),
			result('r2', 'warn', [7]),
			result('r3', 'block', [0]),
			result('r4', 'block', [])
		];
		expect(blockingRules(REPAIRS, results)).toEqual([
			{ repairId: 'r1', name: '“Email” is in the form of an email', rows: 5 }
		]);
		expect(() => assertNotBlocked(REPAIRS, results)).toThrow(
			expect.objectContaining({
				code: 'export.blocked',
				details: { rules: [{ name: '“Email” is in the form of an email', rows: 5 }] }
			})
		);
	});

	it('are none when nothing fails', () => {
		expect(() => assertNotBlocked(REPAIRS, [result('r1', 'block', [0])])).not.toThrow();
	});
});
