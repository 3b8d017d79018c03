import { z } from 'zod';
import { join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';
import { anyFails, isBlank, quoted, severityParam, subject } from '../rules.ts';

const Params = z.object({
	values: z.array(z.string()).min(1).meta({ title: 'Allowed values', description: 'One per line.' }),
	ignoreCase: z.boolean().meta({ title: 'Capitals and small letters are the same' }),
	severity: severityParam
});
type Params = z.infer<typeof Params>;

export const ruleOneOf: RepairOperation<Params> = {
	id: 'rule_one_of',
	label: 'Values are among those allowed',
	explanation: 'Any other text fails, also one with a blank more. Empty cells pass.',
	group: 'rules',
	takes: { least: 1, most: 10, kinds: ['text', 'number'], leavesProtected: false },
	params: Params,
	defaults: { values: [], ignoreCase: false, severity: 'warn' },
	severity: ({ severity }) => severity,
	change: ({ params, columns }) => ({
		failing: anyFails(columns, (text) => sql`NOT ${isAllowed(text, params)} AND NOT ${isBlank(text)}`)
	}),
	describe: ({ values }, columns) => `${subject(columns)} one of ${allowed(values)}`
};

const MOST_TOLD = 5;

function allowed(values: readonly string[]): string {
	const further = values.length - MOST_TOLD;
	return `${quoted(values.slice(0, MOST_TOLD))}${further > 0 ? ` and ${further} more` : ''}`;
}

function isAllowed(text: Sql, { values, ignoreCase }: Params): Sql {
	if (values.length === 0) return sql`false`;
	if (!ignoreCase) return sql`(${text} IN ${list(values)})`;
	// The engine folds both sides, so that its rules for letters hold for both.
	const folded = values.map((value) => sql`lower(${value})`);
	return sql`(lower(${text}) IN (${join(folded, ', ')}))`;
}
