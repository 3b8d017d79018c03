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
	/** Makes this thread look like a worker under a policy. What the guard reports and the script posts is in `posted`. */
	function becomeWorker() {
		const posted: unknown[] = [];
		const errors: unknown[] = [];
		const scope = new EventTarget();
		const self = Object.assign(scope, {
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
		});
		const listening = new Promise<void>((resolve) => {
			vi.spyOn(scope, 'addEventListener').mockImplementation((...args) => {
				EventTarget.prototype.addEventListener.apply(scope, args);
				if (args[0] === 'message') resolve();
			});
		});
		vi.stubGlobal('self', self);
		vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
		const guardPort = { postMessage: (report: GateReport) => posted.push(report.violationSeen) };
		return {
			posted,
			errors,
			listening,
			sendPort: () => scope.dispatchEvent(new MessageEvent('message', { data: { guardPort } })),
			send: (data: string) => scope.dispatchEvent(new MessageEvent('message', { data }))
		};
	}

	/** Runs the text as a module of its own, where nothing of this file or of the page is at hand. */
	function run(text: string): Promise<unknown> {
		return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);
	}

	it.each(['classic', 'module'] as const)(
		'guards a %s script, then runs it and hands it its messages',
		async (type) => {
			const { posted, listening, sendPort, send } = becomeWorker();
			const text = `self.postMessage('ran'); self.addEventListener('message', ({ data }) => self.postMessage(data));`;
			const running = run(bootstrap({ ...script, text }, type));
			await listening;
			sendPort();
			send('early');
			await running;
			await vi.waitFor(() => expect(posted).toEqual(['observing', true, 'ran', 'early']));
		}
	);

	it('reports a classic script that throws', async () => {
		const { errors, listening, sendPort } = becomeWorker();
		await run(bootstrap({ ...script, text: 'throw new Error("boom");' }, 'classic'));
		await listening;
		sendPort();
		await vi.waitFor(() => expect(errors).toEqual([expect.objectContaining({ message: 'boom' })]));
	});

	it.each([
		'import "./a.js";',
		'x();import{a}from"./a.js"',
		'import * as a from "./a.js"',
		'import a from "a"'
	])('imports a module of several files from its address: %s', (text) => {
		const started = bootstrap({ ...script, text }, 'module');
		expect(started).not.toContain(text);
		expect(started).toContain(`await import("${script.url}");`);
	});
});
