import { join, sql } from '#lib/engine/sql.ts';
import type { Sql } from '#lib/engine/sql.ts';
import type { StepSentence } from '../source.ts';
import type { Rule } from './operation.ts';

export const setAsideByStep: Rule = {
	id: 'set_aside_by_step',
	kind: 'rule',
	label: 'Set aside by a clean-up step',
	explanation: 'A step of your clean-up set the row aside. Switch the step off to bring it back.',
	defaultOn: true,
	required: true,
	applies: ({ facts }) => facts.setAsideBySteps > 0,
	condition: () => sql`set_aside_by IS NOT NULL`,
	detail: ({ steps }) => stepSentence(steps)
};

/** VARCHAR, over the column `set_aside_by`: what the step that set the row aside does. */
export function stepSentence(steps: readonly StepSentence[]): Sql {
	if (steps.length === 0) return sql`NULL`;
	const branches = steps.map(({ id, sentence }) => sql`WHEN ${id} THEN ${sentence}`);
	return sql`CASE set_aside_by ${join(branches, '\n')} END`;
}
