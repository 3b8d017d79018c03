import { describe, expect, it } from 'vitest';
import { SerialQueue } from './serial-queue.ts';

describe('SerialQueue', () => {
	it('starts a job when the one before has ended, even badly', async () => {
		const queue = new SerialQueue();
		const log: string[] = [];
		const job = (name: string, fails: boolean) => async (): Promise<string> => {
			log.push(`${name} starts`);
			await new Promise((resolve) => setTimeout(resolve, 5));
			log.push(`${name} ends`);
			if (fails) throw new Error(name);
			return name;
		};
		const outcomes = await Promise.allSettled([queue.add(job('a', true)), queue.add(job('b', false))]);
		expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
		expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
	});

	it('leaves out a job that was aborted while it waited', async () => {
		const queue = new SerialQueue();
		const controller = new AbortController();
		const first = queue.add(async () => controller.abort());
		let hasRun = false;
		const second = queue.add(async () => {
			hasRun = true;
		}, controller.signal);
		await first;
		await expect(second).rejects.toBe(controller.signal.reason);
		expect(hasRun).toBe(false);
	});
});
