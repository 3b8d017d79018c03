import { z } from 'zod';
import { join, sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';
import { cell, isBlank, severityParam } from '../rules.ts';

const Params = z.object({ severity: severityParam });
type Params = z.infer<typeof Params>;

export const ruleUnique: RepairOperation<Params> = {
	id: 'rule_unique',
	label: 'A key stands once',
	explanation:
		'Every row of a key that stands twice fails; a key with an empty part passes. Several columns make one key. To keep one row of each, remove duplicates instead.',
	group: 'rules',
	takes: { least: 1, most: 5, kinds: ['text', 'number', 'date'], leavesProtected: false },
	params: Params,
	defaults: { severity: 'warn' },
	severity: ({ severity }) => severity,
	change: ({ columns }) => {
		const keys = columns.map(cell);
		const isWhole = join(
			keys.map((key) => sql`NOT ${isBlank(key)}`),
			' AND '
		);
		return {
			looksAround: true,
			failing: sql`${isWhole} AND count(*) OVER (PARTITION BY ${join(keys, ', ')}, s.set_aside_by IS NULL) > 1`
		};
	},
	describe: (_, columns) => `Each ${columns.map((name) => `“${name}”`).join(' with ')} stands once`
};
