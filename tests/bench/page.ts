import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { browserPath } from '../support/browser.ts';
import { makeOrders } from './make-orders.ts';

/**
 * From a dropped file to the k = 2 … 10 sweep on screen, in the real page, against the script that an analyst would
 * write. Run by `npm run bench [-- --rows 1000000 --runs 3 --no-peer]` on a built site. `--gigabyte` is one run on a
 * file of 1 GB, without the script. `--file` names a place where the made file stays for further runs.
 */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];
const PORT = 4191;
const isGigabyte = process.argv.includes('--gigabyte');
const rows = numberOption('--rows', isGigabyte ? 12_500_000 : 1_000_000);
const runs = numberOption('--runs', isGigabyte ? 1 : 3);
const keptFile = textOption('--file');
const hasPeer = !isGigabyte && !process.argv.includes('--no-peer');
const TIMEOUT_MS = 1_200_000;

interface PageRun {
	readonly stages: Readonly<Record<string, number>>;
	readonly total: number;
	readonly longestTaskMs: number;
	readonly peakMb: number;
}

interface PeerRun {
	readonly read: number;
	readonly rfm: number;
	readonly sweep: number;
	readonly total: number;
	readonly customers: number;
	readonly versions: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
	if (!existsSync('build/_headers')) throw new Error('build/ is missing: run npm run build first');
	const folder = await mkdtemp(join(tmpdir(), 'pomelo-bench-'));
	const server = spawn(process.execPath, ['src/host/serve.mjs', '--port', String(PORT), '--dir', 'build']);
	try {
		const file = keptFile ?? join(folder, 'orders.csv');
		if (!existsSync(file)) await makeOrders(file, rows);
		await answering(server);
		const pages: PageRun[] = [];
		const peers: PeerRun[] = [];
		for (let run = 0; run < runs; run += 1) {
			pages.push(await pageRun(file));
			const peer = hasPeer ? peerRun(file) : null;
			if (peer) peers.push(peer);
		}
		print(pages, peers);
	} finally {
		server.kill();
		await rm(folder, { recursive: true });
	}
}

async function answering(server: ChildProcess): Promise<void> {
	for (let i = 0; i < 100; i += 1) {
		if (server.exitCode !== null) throw new Error('the server ended');
		const ok = await fetch(`http://localhost:${PORT}/`).then(
			(response) => response.ok,
			() => false
		);
		if (ok) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('the server does not answer');
}

async function pageRun(file: string): Promise<PageRun> {
	const executablePath = browserPath();
	const browser = await chromium.launch({ args: FLAGS, ...(executablePath ? { executablePath } : {}) });
	try {
		const page = await browser.newPage();
		await page.goto(`http://localhost:${PORT}/`);
		await page
			.getByRole('button', { name: 'Try the sample shop', disabled: false })
			.waitFor({ timeout: 120_000 });
		await watchTasks(page);
		const memory = sampleMemory();
		await page.locator('input[type=file]').first().setInputFiles(file);
		await page.waitForFunction(
			() =>
				document.querySelector('[role=alert]') !== null ||
				['pomelo:clustering', 'pomelo:details'].every(
					(mark) => performance.getEntriesByName(mark).length > 0
				),
			undefined,
			{ timeout: TIMEOUT_MS }
		);
		const alerts = await page.getByRole('alert').allInnerTexts();
		if (alerts.some((text) => text.trim() !== '')) throw new Error(alerts.join('\n'));
		const peakMb = memory.stop();
		return { ...(await readStages(page)), peakMb };
	} finally {
		await browser.close();
	}
}

const STAGES = ['dropped', 'import', 'clean', 'features', 'rfm', 'clustering'];

/** Seconds of each stage, from the marks that the page sets. */
async function readStages(page: Page): Promise<Omit<PageRun, 'peakMb'>> {
	// Nothing named may stand in here: what runs in the page knows none of our helpers.
	const { marks, longest } = await page.evaluate(() => ({
		marks: performance.getEntriesByType('mark').map((mark) => [mark.name, mark.startTime] as const),
		longest: (globalThis as { longestTask?: number }).longestTask ?? 0
	}));
	const times = STAGES.map((stage) => marks.find(([mark]) => mark === `pomelo:${stage}`)?.[1] ?? NaN);
	const stages: Record<string, number> = {};
	STAGES.slice(1).forEach((stage, i) => {
		stages[stage] = ((times[i + 1] ?? NaN) - (times[i] ?? NaN)) / 1000;
	});
	return { stages, total: ((times.at(-1) ?? NaN) - (times[0] ?? NaN)) / 1000, longestTaskMs: longest };
}

async function watchTasks(page: Page): Promise<void> {
	await page.evaluate(() => {
		const scope = globalThis as { longestTask?: number };
		scope.longestTask = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				scope.longestTask = Math.max(scope.longestTask ?? 0, entry.duration);
		}).observe({ type: 'longtask', buffered: false });
	});
}

/** The resident memory of the largest page of any browser on the machine, sampled from outside. */
function sampleMemory(): { stop(): number } {
	let peak = 0;
	const timer = setInterval(() => {
		const { stdout } = spawnSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' });
		for (const line of (stdout ?? '').split('\n')) {
			if (!line.includes('--type=renderer')) continue;
			peak = Math.max(peak, Number(line.trim().split(/\s+/)[0]) / 1024);
		}
	}, 250);
	return {
		stop() {
			clearInterval(timer);
			return Math.round(peak);
		}
	};
}

function peerRun(file: string): PeerRun | null {
	const env = { ...process.env };
	// These force an old kernel of the linear algebra library and slow the peer down.
	delete env['OPENBLAS_CORETYPE'];
	delete env['OPENBLAS_L2_SIZE'];
	for (const python of ['/usr/bin/python3', 'python3']) {
		const { status, stdout } = spawnSync(python, ['tests/bench/peer.py', file], { encoding: 'utf8', env });
		if (status === 0) return JSON.parse(stdout) as PeerRun;
	}
	return null;
}

function print(pages: readonly PageRun[], peers: readonly PeerRun[]): void {
	const row = (name: string, value: number, unit = 's') =>
		console.log(`${name.padEnd(28)}${value.toFixed(2).padStart(9)} ${unit}`);
	console.log(
		`${rows.toLocaleString('en-GB')} rows, ${runs} runs, medians; ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`
	);
	for (const stage of Object.keys(pages[0]?.stages ?? {})) {
		row(`page: ${stage}`, median(pages.map((page) => page.stages[stage] ?? NaN)));
	}
	row('page: dropped to sweep', median(pages.map((page) => page.total)));
	row('page: longest task', median(pages.map((page) => page.longestTaskMs)), 'ms');
	row('page: peak memory', median(pages.map((page) => page.peakMb)), 'MB (largest process)');
	if (!hasPeer) return;
	const [peer] = peers;
	if (!peer) {
		console.log('Python with pandas and scikit-learn was not found, so there is no peer.');
		return;
	}
	for (const stage of ['read', 'rfm', 'sweep', 'total'] as const) {
		row(`script: ${stage}`, median(peers.map((run) => run[stage])));
	}
	row('script / page', median(peers.map((run, i) => run.total / (pages[i]?.total ?? NaN))), 'times');
	console.log(
		`${peer.customers.toLocaleString('en-GB')} customers; ${Object.entries(peer.versions)
			.map(([name, version]) => `${name} ${version}`)
			.join(', ')}`
	);
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1
		? (sorted[middle] ?? NaN)
		: ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function textOption(name: string): string | undefined {
	const at = process.argv.indexOf(name);
	return at < 0 ? undefined : process.argv[at + 1];
}

function numberOption(name: string, otherwise: number): number {
	const value = Number(textOption(name) ?? otherwise);
	if (!Number.isInteger(value) || value < 1) throw new Error(`${name} needs a whole number above 0`);
	return value;
}

await main();
