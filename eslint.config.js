import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/**
 * What a file may not use. `no-restricted-*` rules replace each other rather than add up, so each place names all the
 * groups that are closed to it.
 *
 * @typedef {object} Ban
 * @property {{ name: string, message: string }[]} [globals]
 * @property {{ object?: string, property: string, message: string }[]} [properties]
 * @property {{ selector: string, message: string }[]} [syntax]
 * @property {{ name: string, message: string }[]} [paths]
 * @property {{ regex: string, message: string }[]} [patterns]
 */

/** @type {Ban} Text is never markup, and the engine reads only files that were handed to it. */
const markup = {
	properties: [
		...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe'].map((property) => ({
			property,
			message: 'Text from files must never become markup.'
		})),
		{ property: 'registerFileURL', message: 'It passes by every lock of the engine. Register a file handle.' }
	],
	syntax: [
		{
			selector: "SvelteAttribute[key.name='style']:not(:has(SvelteMustacheTag)) > SvelteLiteral",
			message: 'The policy of the page blocks literal style attributes. Use a class or style:property={…}.'
		},
		{
			selector: "SvelteDirective[kind='Binding'][key.name.name=/^innerHTML$/]",
			message: 'Text from files must never become markup.'
		}
	]
};

const NETWORK = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection'];
const networkMessage = 'Only the engine and the workers load anything, and only from this site.';

/** @type {Ban} */
const network = {
	globals: NETWORK.map((name) => ({ name, message: networkMessage })),
	properties: [
		...['window', 'self', 'globalThis'].flatMap((object) =>
			NETWORK.map((property) => ({ object, property, message: networkMessage }))
		),
		{ property: 'sendBeacon', message: networkMessage }
	]
};

const storageMessage = 'Only session/store.ts touches IndexedDB.';

/** @type {Ban} */
const storage = {
	globals: [{ name: 'indexedDB', message: storageMessage }],
	properties: [{ property: 'indexedDB', message: storageMessage }],
	paths: [{ name: 'idb', message: storageMessage }]
};

const clockMessage = 'Below session/ time and seed are arguments: the same recipe gives the same answer.';

/** @type {Ban} */
const clock = {
	globals: ['localStorage', 'sessionStorage'].map((name) => ({
		name,
		message: 'Only session/ holds state.'
	})),
	properties: [
		{ object: 'Date', property: 'now', message: clockMessage },
		{ object: 'Math', property: 'random', message: clockMessage }
	],
	syntax: [
		{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
		{ selector: "CallExpression[callee.name='Date']", message: clockMessage }
	]
};

/** @type {Ban} */
const defaultExports = {
	syntax: [
		{ selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
		{ selector: "ExportSpecifier[exported.name='default']", message: 'Export by name.' }
	]
};

/** @type {Ban} */
const nodeModules = {
	patterns: [
		{ regex: '^node:', message: 'The library runs in the page. Only engine/native-engine.ts is for Node.' }
	]
};

/**
 * The rules that close all of these groups.
 *
 * @param {...Ban} bans
 */
function closed(...bans) {
	/** @param {keyof Ban} key */
	const all = (key) => bans.flatMap((ban) => ban[key] ?? []);
	return {
		'no-restricted-globals': ['error', ...all('globals')],
		'no-restricted-properties': ['error', ...all('properties')],
		'no-restricted-syntax': ['error', ...all('syntax')],
		'no-restricted-imports': ['error', { paths: all('paths'), patterns: all('patterns') }]
	};
}

const BELOW_SESSION = 'src/lib/{core,stats,engine,pipeline,recipe,workers}/**/*.ts';
const TESTS = ['**/*.test.ts', 'tests/**'];

export default defineConfig(
	globalIgnores([
		'**/.svelte-kit/',
		'build/',
		'out/',
		'test-results/',
		'playwright-report/',
		'tests/fixtures/'
	]),
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: { ...globals.browser, ...globals.worker } },
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-constant-condition': 'error',
			'no-control-regex': 'off',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'no-eval': 'error',
			'no-fallthrough': 'error',
			'no-implied-eval': 'error',
			'no-new-func': 'error',
			'no-script-url': 'error',
			'no-self-assign': 'error',
			'no-self-compare': 'error',
			'no-sparse-arrays': 'error',
			'no-unsafe-finally': 'error',
			'no-unsafe-optional-chaining': 'error',
			'no-useless-escape': 'error',
			'prefer-const': 'error',
			'use-isnan': 'error',
			'valid-typeof': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			'prefer-const': 'off',
			'svelte/prefer-const': 'error',
			// Maps of the session live in $state.raw: they are replaced, not changed.
			'svelte/prefer-svelte-reactivity': 'off',
			// Links are written for any sub-folder by the route components; a component has only what it is given.
			'svelte/no-navigation-without-resolve': ['error', { ignoreLinks: true }]
		}
	},
	{
		files: ['src/**/*.{ts,js,mjs}'],
		ignores: TESTS,
		rules: {
			'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
			'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }]
		}
	},
	{ files: ['src/**'], rules: closed(markup, network, storage) },
	{ files: ['src/lib/**/*.ts'], rules: closed(markup, network, storage, defaultExports, nodeModules) },
	{ files: [BELOW_SESSION], rules: closed(markup, network, storage, defaultExports, nodeModules, clock) },
	{ files: ['src/lib/**/*.test.ts'], rules: closed(markup, network, storage, clock) },
	{ files: ['src/lib/session/**/*.test.ts', 'src/lib/ui/**/*.test.ts'], rules: closed(markup, network) },
	{
		files: ['src/lib/engine/wasm-binary.ts', 'src/lib/workers/**/*.ts'],
		rules: closed(markup, storage, defaultExports, nodeModules, clock)
	},
	{
		files: ['src/lib/engine/native-engine.ts'],
		rules: closed(markup, network, storage, defaultExports, clock)
	},
	{ files: ['src/lib/session/store.ts'], rules: closed(markup, network, defaultExports, nodeModules) },
	{ files: ['src/lib/{core,stats,engine,pipeline,recipe,workers}/**'], rules: { 'no-console': 'error' } },
	{
		files: ['*.{js,ts}', 'src/host/**', 'src/cli/**', 'tests/**', '**/*.test.ts'],
		languageOptions: { globals: globals.node }
	}
);
