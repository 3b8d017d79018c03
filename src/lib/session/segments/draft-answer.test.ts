import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Rule } from '#lib/pipeline/segment/rules/schema.ts';
import { askRule, type RuleAnswer } from './ask.ts';
import { DraftAnswer, type Answering, type Content } from './draft-answer.svelte.ts';

vi.mock('./ask.ts', async (original) => ({ ...(await original<object>()), askRule: vi.fn() }));
vi.mock('./draft-people.ts', () => ({ examplesOf: () => Promise.resolve([]) }));

const FEW: RuleAnswer = {
	rows: new Int32Array([0, 1]),
	customers: 2,
	revenue: null,
	others: 3,
	othersRevenue: null
};

function contentOf(match: Rule['match']): Content {
	return { kind: 'rule', rule: { kind: 'group', match, conditions: [] } };
}

function setUp(): DraftAnswer {
	const session = { busy: null, customers: { count: 5 }, onRun: new Set<() => void>() };
	return new DraftAnswer(session as unknown as Answering);
}

/** Lets a question rest, and be answered. */
async function settle(): Promise<void> {
	await vi.advanceTimersByTimeAsync(300);
}

beforeEach(() => {
	vi.useFakeTimers();
	vi.mocked(askRule).mockReset();
});
afterEach(() => vi.useRealTimers());

it('keeps the answer to the question before, and says that it is old', async () => {
	const answer = setUp();
	vi.mocked(askRule).mockResolvedValueOnce(FEW);
	answer.ask(contentOf('all'));
	expect([answer.found, answer.isFresh]).toEqual([null, false]);
	await settle();
	expect([answer.found?.customers, answer.isFresh]).toEqual([2, true]);
	vi.mocked(askRule).mockReturnValueOnce(new Promise(() => undefined));
	const stop = answer.ask(contentOf('none'));
	await vi.advanceTimersByTimeAsync(1000);
	expect([answer.found?.customers, answer.isFresh, answer.isLong]).toEqual([2, false, true]);
	answer.cancel();
	expect([answer.found?.customers, answer.isFresh, answer.isStopped]).toEqual([2, false, true]);
	stop();
	answer.ask(contentOf('all'));
	expect([answer.isFresh, answer.isStopped]).toEqual([true, false]);
});

it('says no more why the question before could not be asked', async () => {
	const answer = setUp();
	vi.mocked(askRule).mockResolvedValueOnce('It needs a file of events.');
	const stop = answer.ask(contentOf('all'));
	await settle();
	expect([answer.problem, answer.isFresh]).toEqual(['It needs a file of events.', true]);
	stop();
	vi.mocked(askRule).mockReturnValueOnce(new Promise(() => undefined));
	answer.ask(contentOf('none'));
	expect([answer.problem, answer.found, answer.isAsking]).toEqual([null, null, true]);
});

it('asks nothing where it is known why it cannot be asked', async () => {
	const answer = setUp();
	answer.ask(contentOf('all'), 'It names itself, by way of B.');
	expect([answer.problem, answer.found]).toEqual(['It names itself, by way of B.', null]);
	await settle();
	expect(askRule).not.toHaveBeenCalled();
	vi.mocked(askRule).mockResolvedValueOnce(FEW);
	answer.ask(contentOf('all'));
	await settle();
	expect([answer.problem, answer.found?.customers]).toEqual([null, 2]);
});
