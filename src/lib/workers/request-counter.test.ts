import { expect, it } from 'vitest';
import type { SeenRequest } from './guard.ts';
import { RequestCounter } from './request-counter.ts';
import { WorkerWatch } from './worker-watch.ts';

/** A page whose clock is set by hand and whose requests are told by hand. */
function page() {
	let tell: (list: { getEntries(): { name: string; startTime: number }[] }) => void = () => undefined;
	let nowMs = 0;
	class Observer {
		constructor(callback: typeof tell) {
			tell = callback;
		}
		observe(): void {
			nowMs += 0;
		}
	}
	const performance = { timeOrigin: 1000, now: () => nowMs };
	return {
		scope: { PerformanceObserver: Observer, performance } as unknown as typeof globalThis,
		request: (path: string, startTime: number) =>
			tell({ getEntries: () => [{ name: `https://here.test/${path}`, startTime }] }),
		setNow: (ms: number) => {
			nowMs = ms;
		}
	};
}

function counted(requests: readonly SeenRequest[]): string[] {
	return requests.map(({ url }) => url.replace('https://here.test/', ''));
}

it('counts the requests of the page and of workers since the start, oldest first', () => {
	const { scope, request, setNow } = page();
	const changes: string[][] = [];
	const counter = new RequestCounter((requests) => changes.push(counted(requests)), scope);
	const watch = new WorkerWatch((report) => counter.take(report));
	request('before', 5);
	setNow(10);
	counter.start();
	expect(counter.requests).toEqual([]);
	request('page', 30);
	watch.onReport({ violationSeen: null, requests: [{ url: 'https://here.test/worker', startedAtMs: 1020 }] });
	expect(counted(counter.requests)).toEqual(['worker', 'page']);
	expect(changes).toEqual([['before'], ['page'], ['worker', 'page']]);
});

it('leaves out what began before the start and is told after it', () => {
	const { scope, request, setNow } = page();
	const counter = new RequestCounter(() => undefined, scope);
	setNow(10);
	counter.start();
	request('late', 9);
	expect(counter.requests).toEqual([]);
});

it('counts anew after another start', () => {
	const { scope, request, setNow } = page();
	const counter = new RequestCounter(() => undefined, scope);
	counter.start();
	request('first', 1);
	setNow(10);
	counter.start();
	request('second', 11);
	expect(counted(counter.requests)).toEqual(['second']);
});

it('watches for the first word of a worker about its policy', async () => {
	const watch = new WorkerWatch(() => undefined);
	watch.onReport({ violationSeen: null, requests: [] });
	watch.onReport({ violationSeen: false, requests: [] });
	watch.onReport({ violationSeen: true, requests: [] });
	expect(await watch.verdict).toBe(false);
});
