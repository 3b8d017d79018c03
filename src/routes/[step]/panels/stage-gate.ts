import { DEPENDENTS, STAGES, type Stage } from '#lib/recipe/runner.ts';
import type { StageState } from '#lib/session/results.svelte.ts';

type Stages = Readonly<Record<Stage, Pick<StageState, 'state'>>>;

/**
 * The failed stage because of which a stage has no result: the first that it depends on. Where there is nothing to show
 * and nothing runs, a failure that ended the run before the stage explains it as well.
 */
export function blockerOf(stages: Stages, stage: Stage, isReady: boolean): Stage | null {
	const isFailed = (each: Stage) => stages[each].state === 'failed';
	const needed = STAGES.find((each) => DEPENDENTS[each].includes(stage) && isFailed(each));
	if (needed) return needed;
	const isRunning = STAGES.some((each) => stages[each].state === 'running');
	if (isReady || isRunning) return null;
	return STAGES.slice(0, STAGES.indexOf(stage)).find(isFailed) ?? null;
}
