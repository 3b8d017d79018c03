import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { cleanFinding } from './clean-finding.ts';
import type { StepState } from './step-words.ts';

const format = createFormat('en-GB');
const step: StepState = { state: 'done', text: '', changed: 1204, failing: 12, setAside: 12, added: 0 };
const titleOf = (steps: readonly StepState[], score: number | null, open: number | null) =>
	cleanFinding(steps, score, open, format).title;

it('tells how good the files are while there is no step', () => {
	expect(titleOf([], null, null)).toBe('No step changes your files yet.');
	expect(titleOf([], 91, null)).toBe('Data quality 91 of 100.');
	expect(titleOf([], 91, 3)).toBe('Data quality 91 of 100: three things a step would mend.');
	expect(titleOf([], 91, 1)).toBe('Data quality 91 of 100: one thing a step would mend.');
	expect(titleOf([], 99, 0)).toBe('Data quality 99 of 100, and nothing that a step would mend.');
});

it('tells what the steps do, and how good the files are after them', () => {
	expect(titleOf([step], 97, 2)).toBe('One step changes 1,204 rows and sets 12 aside.');
	expect(cleanFinding([step], 97, 2, format).sub).toContain('Data quality is 97 of 100 after them.');
	expect(cleanFinding([step], null, 2, format).sub).toMatch(/^Your files stay/);
});

it('tells no count of an earlier run', () => {
	expect(cleanFinding([step, step], 97, 2, format, true).title).toBe('Two steps are on. Counting…');
	expect(cleanFinding([], 97, 2, format, true).title).toBe('No step changes your files.');
});
