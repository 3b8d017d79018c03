import { id, sql } from '#lib/engine/sql.ts';
import { recordNeeds, recordProblems, withUsual } from '../records.sql.ts';
import type { SequenceCondition, SequenceStep } from '../schema.ts';
import { MOST_IN_A_ROW } from '../sequence-plan.ts';
import { sequenceMembers } from '../sequence.sql.ts';
import { subjectOf } from '../subjects/index.ts';
import type { ConditionKind } from './condition.ts';

/** Things in a row. */
export const sequence: ConditionKind<SequenceCondition> = {
	sql: (condition, { asOf, customers }) => {
		if (problems(condition).length > 0) return sql`false`;
		const steps = condition.steps.map((step) => ({ ...step, where: withUsual(step) }));
		const members = sequenceMembers(
			{ ...condition, steps },
			{
				asOf,
				customers: id(...customers),
				recordsOf: (subject, fields) => subjectOf(subject).sql(fields, asOf)
			}
		);
		return sql`f.idx IN (${members})`;
	},
	needs: ({ steps }) => [
		...new Set(
			steps.flatMap(({ subject, where }) =>
				recordNeeds(
					subject,
					where.map(({ field }) => field)
				)
			)
		)
	],
	problems: (condition) => problems(condition),
	features: () => []
};

function problems({ steps, ordered }: SequenceCondition): string[] {
	const records = steps.reduce((sum, { did, times }) => sum + (did ? times : 0), 0);
	return [
		...(steps[0]?.did ? [] : ['A sequence begins with something that was done.']),
		...(records > MOST_IN_A_ROW ? [`A sequence asks for at most ${MOST_IN_A_ROW} things in a row.`] : []),
		...new Set(steps.flatMap((step, i) => stepProblems(step, ordered, steps.slice(i + 1))))
	];
}

function stepProblems(step: SequenceStep, ordered: boolean, later: readonly SequenceStep[]): string[] {
	const { subject, where, which, times, did, within } = step;
	const isBetween = !did && later.some((each) => each.did);
	return [
		...recordProblems(subject, where),
		...(which !== 'any' && times > 1 ? [`There is only one ${which} of something: it is done once.`] : []),
		...(!did && times > 1 ? ['What was not done cannot be done more than once.'] : []),
		...(!ordered && within ? ['Steps in any order have no time of their own; give the sequence one.'] : []),
		...(ordered && within && isBetween
			? [
					'What was not done between two steps is looked for all the time between them; give the later step a time instead.'
				]
			: [])
	];
}
