// @ts-check
/** What a fresh clone needs before anything can run: a Node that is new enough, the packages, and the built site. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that the built site is made of. */
const SOURCES = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];

/** Throws when this Node is older than `engines` of package.json asks for. */
export function requireNode() {
	const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const needed = /(\d+)\.(\d+)/.exec(engines.node);
	const found = /(\d+)\.(\d+)/.exec(process.versions.node);
	if (needed && found && release(found) < release(needed)) {
		throw new Error(`Pomelo needs Node ${needed[0]} or newer; this is Node ${process.versions.node}.`);
	}
}

/** @param {RegExpExecArray} version */
function release([, major, minor]) {
	return Number(major) * 1000 + Number(minor);
}

/** Installs the packages of package-lock.json, unless they are there and not older than it. */
export async function installPackages() {
	const installed = join(ROOT, 'node_modules', '.package-lock.json');
	if (existsSync(installed) && statSync(installed).mtimeMs >= newest('package-lock.json')) return;
	say('Installing packages');
	await runOrThrow('npm', ['ci', '--no-fund', '--no-audit']);
}

/** Builds the site, unless `build/` is there and not older than its sources. */
export async function buildSite() {
	// The file that the build writes last.
	const built = join(ROOT, 'build', '_headers');
	if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...SOURCES.map(newest))) return;
	say('Building the site');
	await runOrThrow('npm', ['run', 'build']);
}

/**
 * When anything in a file or folder of the project last changed; 0 where it does not exist.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
	const full = join(ROOT, path);
	if (!existsSync(full)) return 0;
	const { mtimeMs } = statSync(full);
	if (!statSync(full).isDirectory()) return mtimeMs;
	return Math.max(mtimeMs, ...readdirSync(full).map((name) => newest(join(path, name))));
}

/**
 * Runs a command of the project with its output on this terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} [env] Added to this process's own.
 * @returns {Promise<number>} Its exit code; 1 when a signal ended it or it cannot be started.
 */
export function run(command, args, env = {}) {
	return new Promise((done) => {
		const child = spawn(command, args, {
			cwd: ROOT,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'inherit', 'inherit'],
			// On Windows npm and npx are scripts of its shell.
			shell: process.platform === 'win32'
		});
		child.once('error', (error) => {
			say(`${command}: ${error.message}`);
			done(1);
		});
		child.once('exit', (code) => done(code ?? 1));
	});
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
async function runOrThrow(command, args) {
	const code = await run(command, args);
	if (code !== 0) throw new Error(`"${[command, ...args].join(' ')}" ended with code ${code}.`);
}

/**
 * Prints one line.
 *
 * @param {string} line
 */
export function say(line) {
	process.stdout.write(`${line}\n`);
}

/**
 * Ends the process with one line about what went wrong.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function stop(error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
}
