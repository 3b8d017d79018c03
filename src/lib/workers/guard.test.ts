import { describe, expect, it, vi } from 'vitest';
import {
	closeChannels,
	guardWorker,
	observeRequests,
	policyBlocks,
	SIDE_CHANNELS,
	TEST_URL,
	type GateReport,
	type SeenRequest
} from './guard.ts';

/** A stand-in for a page or worker whose `fetch` behaves as given. */
function scopeWith(fetch: (scope: EventTarget) => Promise<unknown>) {
	const scope = Object.assign(new EventTarget(), {
		setTimeout,
		console: { log: vi.fn(), error: vi.fn() },
		...timing()
	});
	return Object.assign(scope, { fetch: () => fetch(scope) });
}

/** A clock and an observer that tells the given resource timings. */
function timing(entries: { name: string; startTime: number }[] = []) {
	class Observer {
		static readonly supportedEntryTypes = ['resource'];
		constructor(readonly tell: (list: { getEntries(): typeof entries }) => void) {}
		observe(options: object): void {
			expect(options).toEqual({ type: 'resource', buffered: true });
			this.tell({ getEntries: () => entries });
		}
	}
	return {
		PerformanceObserver: Observer as unknown as typeof PerformanceObserver,
		performance: { timeOrigin: 1000 }
	};
}

function violation(effectiveDirective: string, blockedURI: string): Event {
	return Object.assign(new Event('securitypolicyviolation'), { effectiveDirective, blockedURI });
}

async function blocked(scope: EventTarget): Promise<unknown> {
	scope.dispatchEvent(violation('connect-src', TEST_URL));
	throw new TypeError('Failed to fetch');
}

describe('closeChannels', () => {
	it('removes what is there, for good', () => {
		const scope = { WebSocket: class {}, other: 1 };
		expect(closeChannels(scope, SIDE_CHANNELS)).toBe(true);
		expect(scope).toHaveProperty('WebSocket', undefined);
		expect(Reflect.set(scope, 'WebSocket', class {})).toBe(false);
		expect(Reflect.defineProperty(scope, 'WebSocket', { value: 1 })).toBe(false);
		expect(scope.other).toBe(1);
	});

	it('removes what is inherited', () => {
		const scope = Object.create({ sendBeacon: () => true }) as { sendBeacon?: unknown };
		expect(closeChannels(scope, ['sendBeacon'])).toBe(true);
		expect(scope.sendBeacon).toBeUndefined();
	});

	it('tells of what cannot be removed', () => {
		expect(closeChannels(Object.freeze({ WebSocket: class {} }), SIDE_CHANNELS)).toBe(false);
	});
});

describe('policyBlocks', () => {
	it('believes the violation event', async () => {
		expect(await policyBlocks(scopeWith(blocked), TEST_URL, 1000)).toBe(true);
	});

	it('does not believe a request that only fails', async () => {
		const offline = scopeWith(() => Promise.reject(new TypeError('Failed to fetch')));
		expect(await policyBlocks(offline, TEST_URL, 20)).toBe(false);
	});

	it('does not believe a request that succeeds', async () => {
		expect(
			await policyBlocks(
				scopeWith(async () => new Response()),
				TEST_URL,
				1000
			)
		).toBe(false);
	});

	it.each([
		['another directive', 'img-src', TEST_URL],
		['another address', 'connect-src', 'https://example.invalid/']
	])('does not believe a violation of %s', async (_, directive, url) => {
		const scope = scopeWith((target) => {
			target.dispatchEvent(violation(directive, url));
			return Promise.reject(new TypeError());
		});
		expect(await policyBlocks(scope, TEST_URL, 20)).toBe(false);
	});
});

describe('observeRequests', () => {
	it('tells requests over the network, without what may hold data', () => {
		const seen: SeenRequest[] = [];
		const entries = [
			{ name: 'https://here.test/a.js?customer=1#x', startTime: 5 },
			{ name: 'blob:https://here.test/1', startTime: 6 },
			{ name: 'data:text/plain,x', startTime: 7 },
			{ name: 'http://here.test/b', startTime: 8 }
		];
		observeRequests(timing(entries), (requests) => seen.push(...requests));
		expect(seen).toEqual([
			{ url: 'https://here.test/a.js', startedAtMs: 1005 },
			{ url: 'http://here.test/b', startedAtMs: 1008 }
		]);
	});
});

describe('guardWorker', () => {
	const tools = {
		closeChannels,
		policyBlocks,
		observeRequests,
		sideChannels: SIDE_CHANNELS,
		testUrl: TEST_URL
	};

	it('reports, keeps messages for the script, and is silent', async () => {
		const scope = scopeWith(blocked);
		const { port1, port2 } = new MessageChannel();
		const report = new Promise<GateReport>((resolve) => {
			port1.onmessage = ({ data }: MessageEvent<GateReport>) => resolve(data);
		});
		const guarding = guardWorker({ ...tools, scope });
		scope.dispatchEvent(new MessageEvent('message', { data: { guardPort: port2 } }));
		scope.dispatchEvent(new MessageEvent('message', { data: 'early' }));
		const release = await guarding;
		expect(await report).toEqual({ violationSeen: true, requests: [] });

		const heard: unknown[] = [];
		scope.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
		release();
		scope.dispatchEvent(new MessageEvent('message', { data: 'late' }));
		expect(heard).toEqual(['early', 'late']);
		expect(vi.isMockFunction(scope.console.log)).toBe(false);
		port1.close();
	});
});
