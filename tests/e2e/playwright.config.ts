import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { browserPath } from '../support/browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const port = 4183;
const executablePath = browserPath();

export default defineConfig({
	testDir: '.',
	outputDir: `${root}/test-results`,
	timeout: 120_000,
	workers: 1,
	// A browser beside other work on two cores can starve; what passes only at the second try is said at the end.
	retries: process.env['CI'] ? 1 : 0,
	forbidOnly: Boolean(process.env['CI']),
	reporter: [
		['list'],
		['json', { outputFile: process.env['PLAYWRIGHT_REPORT'] ?? `${root}/test-results/report.json` }]
	],
	use: {
		baseURL: `http://localhost:${port}/`,
		browserName: 'chromium',
		actionTimeout: 60_000,
		launchOptions: {
			...(executablePath === undefined ? {} : { executablePath }),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	webServer: {
		command: `node src/host/serve.mjs --port ${port} --dir build`,
		cwd: root,
		url: `http://127.0.0.1:${port}/`,
		reuseExistingServer: !process.env['CI']
	}
});
