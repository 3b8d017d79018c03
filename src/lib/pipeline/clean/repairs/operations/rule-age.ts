import { z } from 'zod';
import { day, sql, type Sql } from '#lib/engine/sql.ts';
import { isDay } from '#lib/core/days.ts';
import { dateSql, numberSql } from '../../typing.ts';
import type { RepairInput, RepairOperation } from '../operation.ts';
import { anyFails, dayText, quoted, severityParam, subject } from '../rules.ts';

const Params = z
	.object({
		holds: z.enum(['age', 'birth_date']).meta({
			title: 'The column holds',
			options: { age: 'Ages in years', birth_date: 'Birth dates' }
		}),
		least: z.number().min(0).max(150).meta({ title: 'Youngest', description: 'In years.' }),
		most: z.number().min(0).max(150).meta({ title: 'Oldest', description: 'In years.' }),
		asOf: dayText.nullable().meta({
			title: 'Age on',
			description: 'The day on which people are this old; for birth dates alone.',
			format: 'day'
		}),
		severity: severityParam
	})
	.refine(({ holds, asOf }) => holds === 'age' || asOf !== null, {
		path: ['asOf'],
		message: 'birth dates need the day on which people are this old'
	})
	.refine(({ least, most }) => least <= most, { path: ['most'], message: 'needed at least the youngest' });
type Params = z.infer<typeof Params>;

export const ruleAge: RepairOperation<Params> = {
	id: 'rule_age',
	label: 'Ages lie in a range',
	explanation:
		'Ages, or birth dates as of a day of your choice. Empty cells and texts that cannot be read pass.',
	group: 'rules',
	takes: { least: 1, most: 1, kinds: ['number', 'date'], leavesProtected: false },
	params: Params,
	defaults: { holds: 'age', least: 13, most: 110, asOf: null, severity: 'warn' },
	severity: ({ severity }) => severity,
	change: (input) => ({
		failing: anyFails(
			input.columns,
			(text) => sql`${years(input, text)} NOT BETWEEN ${input.params.least} AND ${input.params.most}`
		)
	}),
	describe: ({ holds, least, most, asOf }, columns) =>
		holds === 'age'
			? `${subject(columns)} between ${least} and ${most} years`
			: `People of ${quoted(columns)} are between ${least} and ${most} years old on ${asOf ?? 'a day to choose'}`
};

/** Years that dates are not read from, which a birth date may have by mistake. */
const BEFORE_1900 = String.raw`^(?:\d{1,2}[-/.]\d{1,2}[-/.])?(1[0-8]\d{2})(?:[-/.]\d{1,2}[-/.]\d{1,2})?(?:[ T].*)?$`;

/** Ages as they are written; of birth dates, whole years that have passed, negative before the birth. */
function years({ params: { holds, asOf }, source: { reading } }: RepairInput<Params>, text: Sql): Sql {
	if (holds === 'age' || asOf === null || !isDay(asOf)) return numberSql(text, reading.decimalMark);
	const born = sql`(${dateSql(text, reading.dateOrder)})::DATE`;
	// Whole years towards zero: someone born within the year after the day is 0 years old, and not yet born.
	const read = sql`CASE WHEN ${born} > ${day(asOf)} THEN -1 ELSE date_sub('year', ${born}, ${day(asOf)}) END`;
	const early = sql`try_cast(nullif(regexp_extract(${text}, ${BEFORE_1900}, 1), '') AS INTEGER)`;
	return sql`coalesce(${read}, year(${day(asOf)}) - ${early})`;
}
