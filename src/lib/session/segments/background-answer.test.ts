import { expect, it } from 'vitest';
import { BackgroundAnswer, Turns, type Asked } from './background-answer.svelte.ts';

/** An answer that says its question, once it is let. */
function setUp() {
	const onRun = new Set<() => void>();
	const state: { asked: Asked | null } = { asked: { key: 'a', basis: 1 } };
	const waiting: (() => void)[] = [];
	const answer = new BackgroundAnswer(new Turns(onRun), {
		asked: () => state.asked,
		make: async (stop) => {
			const { key } = state.asked ?? { key: '' };
			await new Promise<void>((resolve) => waiting.push(resolve));
			stop.throwIfAborted();
			return key;
		}
	});
	const { signal } = new AbortController();
	const letGo = async (): Promise<void> => {
		await Promise.resolve();
		await Promise.resolve();
		waiting.shift()?.();
	};
	return { onRun, state, answer, signal, letGo };
}

it('answers what is asked, and holds as long as it is the same', async () => {
	const { state, answer, signal, letGo } = setUp();
	expect(answer.wanted).toBe('a');
	const looked = answer.look(signal);
	await letGo();
	await looked;
	expect([answer.now, answer.wanted]).toEqual(['a', null]);
	state.asked = { key: 'b', basis: 1 };
	expect([answer.now, answer.latest, answer.wanted]).toEqual([null, 'a', 'b']);
	state.asked = { key: 'a', basis: 2 };
	expect(answer.wanted).toBe('a');
	state.asked = null;
	expect([answer.now, answer.wanted]).toEqual([null, null]);
});

it('gives way to a run, quietly, and changes nothing then', async () => {
	const { onRun, answer, signal, letGo } = setUp();
	const looked = answer.look(signal);
	await Promise.resolve();
	await Promise.resolve();
	onRun.forEach((giveWay) => giveWay());
	await letGo();
	await looked;
	expect([answer.now, answer.wanted]).toEqual([null, 'a']);
});

it('tells failures, and goes on after them', async () => {
	const turns = new Turns(new Set());
	const { signal } = new AbortController();
	const failed = turns.take(signal, () => Promise.reject(new Error('broken')));
	await expect(failed).rejects.toThrow('broken');
	await expect(turns.take(signal, () => Promise.resolve())).resolves.toBeUndefined();
});
