/*
 * What keeps a page or a worker from reaching the network, and shows that it cannot. The functions of this file run in
 * the page, and in every worker before its script: `start-worker.ts` sends them there as text. So each stands alone: no
 * imports, nothing of this file but its arguments.
 */

/** A request that reached the network. */
export interface SeenRequest {
	/** Without query and fragment. */
	readonly url: string;
	/** Milliseconds since 1970, by the clock that resource timings use. */
	readonly startedAtMs: number;
}

/** What a worker tells of itself: first whether its policy blocks requests, then each request it makes. */
export interface GateReport {
	/** Null when this report does not say. */
	readonly violationSeen: boolean | null;
	readonly requests: readonly SeenRequest[];
}

/** An address that no network can resolve (RFC 2606). */
export const TEST_URL = 'https://gate-test.invalid/';

/** Ways to the outside that resource timings do not show. */
export const SIDE_CHANNELS = [
	'RTCPeerConnection',
	'webkitRTCPeerConnection',
	'RTCDataChannel',
	'WebSocket',
	'WebSocketStream',
	'WebTransport',
	'EventSource'
] as const;

/** Replaces the names by `undefined`, for good. True when all of them are gone. */
export function closeChannels(scope: object, names: readonly string[]): boolean {
	for (const name of names) {
		if (Reflect.get(scope, name) === undefined) continue;
		Reflect.defineProperty(scope, name, { value: undefined, configurable: false, writable: false });
	}
	return names.every((name) => Reflect.get(scope, name) === undefined);
}

/** What `policyBlocks` needs of a page or a worker. */
export type PolicyScope = EventTarget & {
	fetch(url: string): Promise<unknown>;
	setTimeout: typeof setTimeout;
};

/**
 * True when a request to the address raises the policy's violation event. That the request fails proves nothing: it also
 * fails without a network.
 */
export function policyBlocks(scope: PolicyScope, url: string, waitMs: number): Promise<boolean> {
	return new Promise((resolve) => {
		const onViolation = (event: Event): void => {
			const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
			if (effectiveDirective === 'connect-src' && blockedURI.startsWith(url.slice(0, -1))) end(true);
		};
		const end = (isBlocked: boolean): void => {
			scope.removeEventListener('securitypolicyviolation', onViolation);
			resolve(isBlocked);
		};
		scope.addEventListener('securitypolicyviolation', onViolation);
		scope.setTimeout(() => end(false), waitMs);
		scope.fetch(url).then(
			() => end(false),
			() => undefined
		);
	});
}

/** What `observeRequests` needs of a page or a worker. */
export interface TimingScope {
	readonly PerformanceObserver: typeof PerformanceObserver;
	readonly performance: { readonly timeOrigin: number };
}

/** Tells every request over http(s), those already made included. */
export function observeRequests(scope: TimingScope, tell: (requests: SeenRequest[]) => void): void {
	const observer = new scope.PerformanceObserver((list) => {
		const requests = list
			.getEntries()
			.filter(({ name }) => /^https?:/.test(name))
			.map(({ name, startTime }) => ({
				url: name.replace(/[?#].*$/s, ''),
				startedAtMs: scope.performance.timeOrigin + startTime
			}));
		if (requests.length > 0) tell(requests);
	});
	observer.observe({ type: 'resource', buffered: true });
}

/** What `guardWorker` needs of the worker's global scope. */
export type WorkerScope = PolicyScope & TimingScope & { readonly console: object };

/** What `guardWorker` does it with. */
export interface GuardTools {
	readonly scope: WorkerScope;
	readonly closeChannels: typeof closeChannels;
	readonly policyBlocks: typeof policyBlocks;
	readonly observeRequests: typeof observeRequests;
	readonly sideChannels: readonly string[];
	readonly testUrl: string;
}

/**
 * Guards a worker before its script runs. The page's first message brings the port for reports. Messages that arrive
 * before the script listens are kept; the function that it resolves to hands them over.
 */
export async function guardWorker(tools: GuardTools): Promise<() => void> {
	const { scope } = tools;
	tools.closeChannels(scope, tools.sideChannels);
	// The engine prints queries that fail, and a query may hold what a file holds.
	for (const name of ['debug', 'log', 'info', 'warn', 'error'])
		Reflect.set(scope.console, name, () => undefined);
	const held: MessageEvent[] = [];
	let onPort: (port: MessagePort) => void;
	const port = new Promise<MessagePort>((resolve) => {
		onPort = resolve;
	});
	const hold = (event: Event): void => {
		event.stopImmediatePropagation();
		const message = event as MessageEvent;
		if (message.data?.guardPort) onPort(message.data.guardPort);
		else held.push(message);
	};
	scope.addEventListener('message', hold);
	const reports = await port;
	tools.observeRequests(scope, (requests) => reports.postMessage({ violationSeen: null, requests }));
	const violationSeen = await tools.policyBlocks(scope, tools.testUrl, 3000);
	reports.postMessage({ violationSeen, requests: [] });
	return () => {
		scope.removeEventListener('message', hold);
		for (const { data, ports } of held) {
			scope.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
		}
	};
}
