import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GateReport } from './guard.ts';
import { bootstrap, loadScript, startWorker } from './start-worker.ts';

const script = { url: 'https://here.test/app/x.worker.js', text: 'self.postMessage("ran");' };

class FakeWorker {
	static started: FakeWorker[] = [];
	readonly posted: { data: { guardPort: MessagePort }; transfer: unknown[] }[] = [];
	constructor(
		readonly url: unknown,
		readonly options: WorkerOptions
	) {
		FakeWorker.started.push(this);
	}
	postMessage(data: { guardPort: MessagePort }, transfer: unknown[]): void {
		this.posted.push({ data, transfer });
	}
}

beforeEach(() => {
	FakeWorker.started = [];
	vi.stubGlobal('location', new URL('https://here.test/app/index.html'));
	vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => vi.unstubAllGlobals());

describe('loadScript', () => {
	it('loads a script of this site', async () => {
		const fetch = vi.fn(async (_url: string) => new Response('text'));
		vi.stubGlobal('fetch', fetch);
		expect(await loadScript('x.worker.js')).toEqual({ url: script.url, text: 'text' });
		expect(fetch).toHaveBeenCalledWith(script.url);
	});

	it('refuses a script of another site', async () => {
		await expect(loadScript('https://other.test/x.js')).rejects.toThrow(TypeError);
	});

	it('says why it could not be loaded', async () => {
		vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
		await expect(loadScript('x.js')).rejects.toMatchObject({
			code: 'engine.unavailable',
			details: { reason: '/app/x.js: the server answered 404' }
		});
	});
});

describe('startWorker', () => {
	it('starts from a blob, sends the port first and passes reports on', async () => {
		const reports: GateReport[] = [];
		const got = new Promise<void>((resolve) => {
			startWorker(script, { type: 'module', onGateReport: (report) => resolve(void reports.push(report)) });
		});
		const [worker] = FakeWorker.started;
		const port = worker?.posted[0]?.data.guardPort as MessagePort;
		expect(worker?.url).toMatch(/^blob:/);
		expect(worker?.options).toEqual({ type: 'module' });
		expect(worker?.posted[0]?.transfer).toEqual([port]);
		port.postMessage({ violationSeen: true, requests: [] });
		await got;
		expect(reports).toEqual([{ violationSeen: true, requests: [] }]);
		port.close();
	});
});

describe('bootstrap', () => {
	/** The globals of a worker under a policy, and what the script posted. */
	function workerGlobals() {
		const posted: unknown[] = [];
		const errors: unknown[] = [];
		const scope = new EventTarget();
		const globals = {
			self: Object.assign(scope, {
				console: {},
				setTimeout,
				performance: { timeOrigin: 0 },
				PerformanceObserver: class {
					observe(): void {
						posted.push('observing');
					}
				},
				fetch: () => {
					const details = { effectiveDirective: 'connect-src', blockedURI: 'https://gate-test.invalid/' };
					scope.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), details));
					return Promise.reject(new TypeError());
				},
				postMessage: (message: unknown) => posted.push(message)
			}),
			reportError: (error: unknown) => errors.push(error),
			MessageEvent
		};
		const sendPort = (): void => {
			const guardPort = { postMessage: (report: GateReport) => posted.push(report.violationSeen) };
			scope.dispatchEvent(new MessageEvent('message', { data: { guardPort } }));
		};
		return { globals, posted, errors, sendPort };
	}

	it('stands alone: nothing of the page is needed to guard and run a classic script', async () => {
		const { globals, posted, sendPort } = workerGlobals();
		runInContext(bootstrap(script, 'classic'), createContext(globals));
		sendPort();
		await vi.waitFor(() => expect(posted).toEqual(['observing', true, 'ran']));
	});

	it('reports a script that throws', async () => {
		const { globals, errors, sendPort } = workerGlobals();
		runInContext(
			bootstrap({ ...script, text: 'throw new Error("boom");' }, 'classic'),
			createContext(globals)
		);
		sendPort();
		await vi.waitFor(() => expect(errors).toEqual([expect.objectContaining({ message: 'boom' })]));
	});

	it('holds a module of one file, and imports one of several', () => {
		expect(bootstrap(script, 'module')).toContain(script.text);
		for (const text of [
			'import "./a.js";',
			'x();import{a}from"./a.js"',
			'import * as a from "./a.js"',
			'import a from "a"'
		]) {
			const started = bootstrap({ ...script, text }, 'module');
			expect(started).not.toContain(text);
			expect(started).toContain(`await import("${script.url}");`);
		}
	});
});
