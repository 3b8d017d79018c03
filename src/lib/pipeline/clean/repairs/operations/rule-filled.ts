import { z } from 'zod';
import type { RepairOperation } from '../operation.ts';
import { anyFails, isBlank, severityParam, subject } from '../rules.ts';

const Params = z.object({ severity: severityParam });
type Params = z.infer<typeof Params>;

export const ruleFilled: RepairOperation<Params> = {
	id: 'rule_filled',
	label: 'Cells are filled',
	explanation: 'A cell that is empty or holds only blanks fails; of several columns, each has to be filled.',
	group: 'rules',
	takes: { least: 1, most: 50, kinds: ['text', 'number', 'date'], leavesProtected: false },
	params: Params,
	defaults: { severity: 'warn' },
	severity: ({ severity }) => severity,
	change: ({ columns }) => ({ failing: anyFails(columns, isBlank) }),
	describe: (_, columns) => `${subject(columns)} filled`
};
