import type { Format } from '#lib/core/format.ts';
import { sessionScore } from '#lib/pipeline/clean/profile/score.ts';
import { numberWord, type Finding } from '#lib/session/findings.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { scoreText } from './profile-words.ts';
import { countingTitle, stepsTitle, type StepState } from './step-words.ts';

/** The score of all files after the steps; null until every column has been looked at. */
export function qualityScore({ profiles }: Pick<Session, 'profiles'>): number | null {
	const { files, scored } = profiles;
	return scored.length > 0 && scored.length === files.length ? sessionScore(scored) : null;
}

/**
 * What the Clean screen opens with: what the steps do, or while there is none, how good the files are as they came.
 *
 * @param score 0 … 100; null while nobody knows
 * @param open suggestions of what is wrong that wait for an answer; null while they are looked for
 * @param counting the counts are those of an earlier run: none is told
 */
export function cleanFinding(
	steps: readonly StepState[],
	score: number | null,
	open: number | null,
	format: Format,
	counting = false
): Finding {
	if (counting) {
		return { title: steps.length > 0 ? countingTitle(steps) : 'No step changes your files.', sub: KEPT };
	}
	if (steps.length > 0) {
		const now = score === null ? '' : `Data quality is ${scoreText(score, format)} of 100 after them. `;
		return { title: `${stepsTitle(steps, format)}.`, sub: `${now}${KEPT}` };
	}
	if (score === null) return { title: 'No step changes your files yet.', sub: KEPT };
	const quality = `Data quality ${scoreText(score, format)} of 100`;
	if (open === null) return { title: `${quality}.`, sub: 'Looking for what a step would mend.' };
	if (open === 0) return { title: `${quality}, and nothing that a step would mend.`, sub: KEPT };
	const things = open === 1 ? 'one thing' : `${numberWord(open).toLowerCase()} things`;
	return {
		title: `${quality}: ${things} a step would mend.`,
		sub: 'Nothing is applied unasked. Accept what is right, and see every value it changes.'
	};
}

const KEPT =
	'Your files stay as they are: switch a step off, move it or take it out, and every later number follows.';
