// @ts-check
/**
 * `npm test`: everything that must hold, on a fresh clone, in one command. It installs the packages and finds a browser,
 * stops at the first stage that fails, and closes with the number of tests that passed and failed.
 *
 *     npm test
 *     npm test -- --only check|unit|e2e
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages, requireNode, run, say, stop } from '../src/host/prepare.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, again: number }} Counts `again`: passed at the second try
 * @typedef {{ part: string, title: string, command: readonly string[], env?: Record<string, string>,
 *   count?: () => Counts }} Stage `count` reads the report that the stage leaves.
 */

const PARTS = ['check', 'unit', 'e2e'];

async function test() {
	requireNode();
	const only = chosenPart(process.argv.slice(2));
	await installPackages();
	if (only !== 'check' && only !== 'unit') await findBrowser();
	const reports = mkdtempSync(join(tmpdir(), 'pomelo-test-'));
	const stages = allStages(reports).filter(({ part }) => !only || part.split(' ').includes(only));
	const counts = { passed: 0, failed: 0, skipped: 0, again: 0 };
	const passed = await runStages(stages, counts);
	rmSync(reports, { recursive: true });
	const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
	const again = counts.again > 0 ? `, ${counts.again} of them only at the second try` : '';
	say(`${counts.passed} passed${again}, ${counts.failed} failed${skipped}`);
	process.exitCode = passed ? 0 : 1;
}

/**
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
function chosenPart(args) {
	if (args.length === 0) return undefined;
	const [flag, part] = args;
	if (flag === '--only' && part && PARTS.includes(part) && args.length === 2) return part;
	throw new Error(`Expected "--only ${PARTS.join('|')}", found "${args.join(' ')}".`);
}

/**
 * The stages, cheapest first. The build comes before the unit tests because some of them read the built bundle.
 *
 * @param {string} reports The folder for the reports.
 * @returns {Stage[]}
 */
function allStages(reports) {
	const unit = join(reports, 'unit.json');
	const e2e = join(reports, 'e2e.json');
	return [
		{ part: 'check', title: 'Lint and types', command: ['npm', 'run', 'check'] },
		{ part: 'e2e', title: 'Build', command: ['npm', 'run', 'build'] },
		{
			part: 'unit',
			title: 'Unit tests',
			command: ['npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`],
			count: () => unitCounts(unit)
		},
		{
			part: 'e2e',
			title: 'End-to-end tests',
			command: ['npx', 'playwright', 'test', '-c', 'tests/e2e/playwright.config.ts'],
			env: { PLAYWRIGHT_REPORT: e2e },
			count: () => e2eCounts(e2e)
		}
	];
}

/**
 * Runs the stages until one fails, and adds up their tests. A stage that fails without a failed test, such as lint or
 * the build, counts as one.
 *
 * @param {readonly Stage[]} stages
 * @param {Counts} counts
 * @returns {Promise<boolean>} Whether all passed.
 */
async function runStages(stages, counts) {
	for (const { title, command, env, count } of stages) {
		const [program = '', ...args] = command;
		say(`\n${title}: ${command.join(' ')}`);
		const code = await run(program, args, env);
		const { passed, failed, skipped, again } = count?.() ?? { passed: 0, failed: 0, skipped: 0, again: 0 };
		counts.passed += passed;
		counts.failed += code === 0 ? failed : Math.max(failed, 1);
		counts.skipped += skipped;
		counts.again += again;
		if (code !== 0) {
			say(`\n${title} failed.`);
			return false;
		}
	}
	say('');
	return true;
}

/**
 * @param {string} file
 * @returns {Counts}
 */
function unitCounts(file) {
	const report = readReport(file);
	return {
		passed: report.numPassedTests ?? 0,
		failed: report.numFailedTests ?? 0,
		skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
		again: 0
	};
}

/**
 * @param {string} file
 * @returns {Counts}
 */
function e2eCounts(file) {
	const { stats = {} } = readReport(file);
	return {
		passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
		failed: stats.unexpected ?? 0,
		skipped: stats.skipped ?? 0,
		again: stats.flaky ?? 0
	};
}

/**
 * A report; empty when the runner ended before it wrote one.
 *
 * @param {string} file
 */
function readReport(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Sees to it that there is a browser, and hands its path on in `CHROMIUM_PATH` where it is not Playwright's own. */
async function findBrowser() {
	if (await installedBrowser()) return;
	say('Installing a browser');
	if ((await run('npx', ['playwright', 'install', 'chromium'])) === 0) return;
	const isRoot = process.getuid?.() === 0;
	if (isRoot && existsSync('/etc/debian_version')) {
		const env = { DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update'], env);
		await run('apt-get', ['install', '-y', 'chromium'], env);
		if (await installedBrowser()) return;
	}
	throw new Error('No browser found. Install Chromium or Chrome, or name one in CHROMIUM_PATH.');
}

async function installedBrowser() {
	const { tsImport } = await import('tsx/esm/api');
	const { browserPath } = await tsImport('./support/browser.ts', import.meta.url);
	const path = browserPath();
	if (path) process.env['CHROMIUM_PATH'] = path;
	return path !== undefined;
}

test().catch(stop);
