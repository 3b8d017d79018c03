import { describe, expect, it } from 'vitest';
import { DEPENDENTS, STAGES, type Stage } from '#lib/recipe/runner.ts';
import type { StageState } from '#lib/session/results.svelte.ts';
import { blockerOf } from './stage-gate.ts';

function stagesWith(
	changes: Partial<Record<Stage, StageState['state']>>,
	others: StageState['state'] = 'done'
) {
	return Object.fromEntries(
		STAGES.map((stage) => [stage, { state: changes[stage] ?? others, error: null }])
	) as Record<Stage, StageState>;
}

describe('what stands before a screen', () => {
	it.each(STAGES)('is %s where it failed, for the stages that depend on it alone', (failed) => {
		const blocked = STAGES.filter(
			(stage) => blockerOf(stagesWith({ [failed]: 'failed' }), stage, true) === failed
		);
		expect(blocked).toEqual(STAGES.filter((stage) => DEPENDENTS[failed].includes(stage)));
	});

	it('is not the natural segments, where features are shown', () => {
		expect(blockerOf(stagesWith({ clustering: 'failed' }), 'library', true)).toBeNull();
		expect(blockerOf(stagesWith({ clustering: 'failed', library: 'running' }), 'library', false)).toBeNull();
		expect(blockerOf(stagesWith({ clustering: 'failed' }), 'clustering', false)).toBe('clustering');
	});

	it('is an earlier failure where nothing is shown and nothing runs', () => {
		expect(blockerOf(stagesWith({ queries: 'failed' }, 'idle'), 'rfm', false)).toBe('queries');
		expect(blockerOf(stagesWith({ rfm: 'failed' }, 'idle'), 'details', false)).toBe('rfm');
	});

	it('is nothing where a run was stopped', () => {
		expect(blockerOf(stagesWith({ clustering: 'failed' }, 'idle'), 'rfm', false)).toBeNull();
		expect(blockerOf(stagesWith({}, 'idle'), 'clean', false)).toBeNull();
	});
});
