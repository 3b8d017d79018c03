import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';
import { anyFails, isBlank, severityParam, subject } from '../rules.ts';

const Params = z.object({
	pattern: z
		.string()
		.min(1)
		.max(1000)
		.meta({
			title: 'Pattern',
			description: String.raw`A regular expression (RE2) for the whole text, such as [A-Z]{2}\d{6}.`
		}),
	ignoreCase: z.boolean().meta({ title: 'Capitals and small letters are the same' }),
	severity: severityParam
});
type Params = z.infer<typeof Params>;

const LABEL = 'Texts follow a pattern';

export const rulePattern: RepairOperation<Params> = {
	id: 'rule_pattern',
	label: LABEL,
	explanation: 'The whole text has to match a regular expression of yours. Empty cells pass.',
	group: 'rules',
	takes: { least: 1, most: 10, kinds: ['text', 'number', 'date'], leavesProtected: false },
	params: Params,
	defaults: { pattern: '', ignoreCase: false, severity: 'warn' },
	severity: ({ severity }) => severity,
	facts: async ({ engine, signal }, { params }) => {
		await engine
			.rows(sql`SELECT regexp_full_match('', ${written(params)})::BOOLEAN AS fits ORDER BY fits`, signal)
			.catch((error: unknown) => {
				throw isRefusal(error)
					? new AppError('clean.repair-invalid', {
							step: LABEL,
							issues: [`“${params.pattern}” is no regular expression: ${error.details.message}`]
						})
					: error;
			});
		return {};
	},
	change: ({ params, columns }) => ({
		failing: anyFails(
			columns,
			(text) => sql`NOT regexp_full_match(${text}, ${written(params)}) AND NOT ${isBlank(text)}`
		)
	}),
	describe: ({ pattern }, columns) => `${subject(columns, 'follows', 'follow')} ${pattern}`
};

function isRefusal(error: unknown): error is AppError<'engine.query-failed'> {
	return error instanceof AppError && error.code === 'engine.query-failed';
}

function written({ pattern, ignoreCase }: Params): string {
	return ignoreCase ? `(?i:${pattern})` : pattern;
}
