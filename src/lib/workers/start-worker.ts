import { AppError } from '#lib/core/errors.ts';
import {
	closeChannels,
	guardWorker,
	observeRequests,
	policyBlocks,
	SIDE_CHANNELS,
	TEST_URL,
	type GateReport
} from './guard.ts';
import { revokeScript, trustedScript } from './trusted-url.ts';

/** The script of a worker, loaded once: a worker that starts later, in place of one that ended, asks for nothing. */
export interface WorkerScript {
	/** Absolute, of this site. */
	readonly url: string;
	readonly text: string;
}

export interface StartOptions {
	/** As the script was built: DuckDB-WASM's is classic, ours are modules. */
	readonly type: 'classic' | 'module';
	/** Told whether the worker's policy blocks requests, and then of every request it makes. */
	readonly onGateReport: (report: GateReport) => void;
}

/** Loads a worker's script, which must be of this site. Throws `engine.unavailable` when it cannot be loaded. */
export async function loadScript(address: string): Promise<WorkerScript> {
	const { href: url, origin } = new URL(address, location.href);
	if (origin !== location.origin) throw new TypeError(`not a script of this site: ${url}`);
	try {
		const response = await fetch(url);
		if (!response.ok) throw new Error(`the server answered ${response.status}`);
		return { url, text: await response.text() };
	} catch (error) {
		const reason = `${new URL(url).pathname}: ${error instanceof Error ? error.message : String(error)}`;
		throw new AppError('engine.unavailable', { reason }, { cause: error });
	}
}

/**
 * Starts a worker from a blob, so that it inherits the page's content security policy on any host, and guards it before
 * its script runs. A script that fails shows as the worker's `error` event.
 */
export function startWorker(script: WorkerScript, { type, onGateReport }: StartOptions): Worker {
	const url = trustedScript(bootstrap(script, type));
	const worker = new Worker(url, { type });
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = ({ data }: MessageEvent<GateReport>) => {
		revokeScript(url);
		onGateReport(data);
	};
	worker.postMessage({ guardPort: port2 }, [port2]);
	return worker;
}

/** The text a worker starts with: the guard, then the script. */
export function bootstrap(script: WorkerScript, type: 'classic' | 'module'): string {
	const guard = `await (${guardWorker})({
	scope: self,
	closeChannels: ${closeChannels},
	policyBlocks: ${policyBlocks},
	observeRequests: ${observeRequests},
	sideChannels: ${JSON.stringify(SIDE_CHANNELS)},
	testUrl: ${JSON.stringify(TEST_URL)}
})`;
	if (type === 'module') return `const guardRelease = ${guard};\n${moduleText(script)}\nguardRelease();`;
	return `(async () => {
const guardRelease = ${guard};
(function () {
${script.text}
}).call(self);
guardRelease();
})().catch(reportError);`;
}

/**
 * A script of one file moves into the blob. One that imports others, as in development, is imported from its address,
 * each time anew.
 */
function moduleText({ url, text }: WorkerScript): string {
	const hasImports = /(?<![\w$.])import\s*(?:["'`({*]|\w+\s*(?:,|from\b))/.test(text);
	return hasImports ? `await import(${JSON.stringify(url)});` : text;
}
