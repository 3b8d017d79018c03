import { expect, test } from 'vitest';
import { breathe, pause } from './pause.ts';

/** Holds the thread, as work does. */
function work(ms: number): void {
	const end = performance.now() + ms;
	while (performance.now() < end);
}

/** Counts the tasks that get their turn while work goes on. */
function countTasks(): { readonly count: number; stop(): void } {
	let count = 0;
	const timer = setInterval(() => (count += 1), 0);
	return {
		get count() {
			return count;
		},
		stop: () => clearInterval(timer)
	};
}

test('a pause lets a task run that waits, which a resolved promise does not', async () => {
	const order: string[] = [];
	setTimeout(() => order.push('task'), 0);
	work(5);
	await Promise.resolve();
	order.push('promise');
	await pause();
	await pause();
	order.push('pauses');
	expect(order).toEqual(['promise', 'task', 'pauses']);
});

test('many small parts leave turns to others, and short work leaves none', async () => {
	await breathe();
	const few = countTasks();
	for (let i = 0; i < 100; i += 1) await breathe();
	expect(few.count).toBeLessThanOrEqual(1);
	few.stop();
	const many = countTasks();
	for (let i = 0; i < 40; i += 1) {
		work(5);
		await breathe();
	}
	many.stop();
	expect(many.count).toBeGreaterThanOrEqual(5);
});
