import { z } from 'zod';
import { sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';
import { severityParam } from '../rules.ts';
import { breakingRows, checkCondition } from '../user-sql.ts';

const Params = z.object({
	condition: z.string().min(1).max(10_000).meta({
		title: 'Rows must satisfy',
		description:
			'A condition in SQL over the chosen columns, such as "Total" >= 0. A row that satisfies it is fine; one that does not fails; where it cannot tell, as of an empty cell, the row passes.',
		format: 'sql'
	}),
	severity: severityParam
});
type Params = z.infer<typeof Params>;

export const customRule: RepairOperation<Params> = {
	id: 'custom_rule',
	label: 'Rows satisfy a condition in SQL',
	explanation:
		'The condition says what is right: rows for which it is false fail. It sees the chosen columns by their names, amounts and dates you matched as such, all others as texts.',
	group: 'rules',
	takes: { least: 1, most: 50, kinds: ['text', 'number', 'date'], leavesProtected: false },
	params: Params,
	defaults: { condition: '', severity: 'warn' },
	severity: ({ severity }) => severity,
	facts: async ({ engine, signal }, input) => {
		await checkCondition(engine, input.params.condition, input, signal);
		return {};
	},
	change: (input) => ({
		looksAround: true,
		from: sql`LEFT JOIN (${breakingRows(input.params.condition, input)}) broken ON broken.row = s.row`,
		failing: sql`broken.row IS NOT NULL`
	}),
	describe: ({ condition }) => `Rows satisfy ${condition.replaceAll(/\s+/g, ' ').trim()}`
};
