import { z } from 'zod';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import { numberSql } from '../../typing.ts';
import type { RepairOperation } from '../operation.ts';
import { anyFails, severityParam, subject } from '../rules.ts';

const Params = z
	.object({
		least: z.number().nullable().meta({ title: 'At least', description: 'Empty: no least number.' }),
		most: z.number().nullable().meta({ title: 'At most', description: 'Empty: no greatest number.' }),
		severity: severityParam
	})
	.refine(({ least, most }) => least !== null || most !== null, {
		path: ['least'],
		message: 'enter the least number, the greatest, or both'
	})
	.refine(({ least, most }) => least === null || most === null || least <= most, {
		path: ['most'],
		message: 'needed at least the least number'
	});
type Params = z.infer<typeof Params>;

export const ruleRange: RepairOperation<Params> = {
	id: 'rule_range',
	label: 'Numbers lie in a range',
	explanation:
		'Such as totals that are never negative. Numbers are read with the decimal mark of the file; empty cells and texts that are no number pass.',
	group: 'rules',
	takes: { least: 1, most: 20, kinds: ['number'], leavesProtected: false },
	params: Params,
	defaults: { least: 0, most: null, severity: 'warn' },
	severity: ({ severity }) => severity,
	change: ({ params, columns, source }) => ({
		failing: anyFails(columns, (text) => outside(numberSql(text, source.reading.decimalMark), params))
	}),
	describe: (params, columns) => `${subject(columns)} ${rangeWords(params)}`
};

function outside(value: Sql, { least, most }: Params): Sql {
	const ends = [
		...(least === null ? [] : [sql`${value} < ${least}`]),
		...(most === null ? [] : [sql`${value} > ${most}`])
	];
	return ends.length === 0 ? sql`false` : sql`(${join(ends, ' OR ')})`;
}

function rangeWords({ least, most }: Params): string {
	if (least === null) return `${most ?? ''} or less`;
	return most === null ? `${least} or more` : `between ${least} and ${most}`;
}
