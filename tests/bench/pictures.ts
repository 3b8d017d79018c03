import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { browserPath } from '../support/browser.ts';

/**
 * How long the map of customers takes to be drawn in a browser: 100,000 as dots and 1,000,000 as how many lie where. Run by
 * `npx tsx tests/bench/pictures.ts [--gpu] [--runs 5]`; without `--gpu` the browser draws without a graphics processor, the
 * worst case.
 */
const FLAGS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const COUNTS = [100_000, 1_000_000];
const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 5;

type Times = Readonly<Record<string, number | string>>;

async function main(): Promise<void> {
	const server = await createServer({
		configFile: false,
		root: new URL('./pictures/', import.meta.url).pathname,
		plugins: [svelte({ configFile: false })],
		server: { port: 4192, fs: { allow: [new URL('../../', import.meta.url).pathname] } },
		logLevel: 'error'
	});
	await server.listen();
	const executablePath = browserPath();
	const args = process.argv.includes('--gpu') ? FLAGS : [...FLAGS, '--disable-gpu'];
	const browser = await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
	try {
		const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
		await page.goto('http://localhost:4192/');
		await page.waitForFunction(() => 'measure' in globalThis, undefined, { timeout: 120_000 });
		for (const count of COUNTS) {
			const found: Times[] = [];
			for (let run = 0; run < runs; run += 1) {
				found.push(
					await page.evaluate(
						(points) => (globalThis as unknown as { measure(count: number): Promise<Times> }).measure(points),
						count
					)
				);
			}
			print(count, found);
		}
	} finally {
		await browser.close();
		await server.close();
	}
}

function print(count: number, found: readonly Times[]): void {
	const of = (name: string): string => `${median(found.map((times) => Number(times[name]))).toFixed(0)} ms`;
	console.log(
		`${count.toLocaleString('en-GB')} customers, ${String(found[0]?.['painter'])}, medians of ${found.length}`
	);
	console.log(`  first picture ${of('first')}, longest task ${of('longest')}`);
	console.log(
		`  selection: next frame ${of('selectFrame')}, complete ${of('select')}; outline ${of('outline')}`
	);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

await main();
