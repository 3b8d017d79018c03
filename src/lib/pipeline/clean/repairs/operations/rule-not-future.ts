import { z } from 'zod';
import { day, sql } from '#lib/engine/sql.ts';
import { dateSql } from '../../typing.ts';
import { isDay } from '#lib/core/days.ts';
import type { RepairOperation } from '../operation.ts';
import { anyFails, dayText, severityParam, subject } from '../rules.ts';

const Params = z.object({
	latest: dayText.meta({
		title: 'Latest day',
		description: 'A date on this day passes, one after it fails.',
		format: 'day'
	}),
	severity: severityParam
});
type Params = z.infer<typeof Params>;

export const ruleNotFuture: RepairOperation<Params> = {
	id: 'rule_not_future',
	label: 'Dates do not lie in the future',
	explanation:
		'The latest day is part of the rule, so it gives the same answer on every day. Empty cells and texts that are no date pass.',
	group: 'rules',
	takes: { least: 1, most: 10, kinds: ['date'], leavesProtected: false },
	params: Params,
	// There is no clock here: whoever adds the rule says the day.
	defaults: { latest: '', severity: 'warn' },
	severity: ({ severity }) => severity,
	change: ({ params: { latest }, columns, source }) => ({
		failing: isDay(latest)
			? anyFails(columns, (text) => sql`(${dateSql(text, source.reading.dateOrder)})::DATE > ${day(latest)}`)
			: sql`false`
	}),
	describe: ({ latest }, columns) => `${subject(columns)} not after ${latest}`
};
