// @ts-check
/**
 * Writes `build/404.html` and `build/_headers` after the build. The headers are the content security policy of every
 * page, with the hash of its own inline bootstrap, and those that keep the rest of the site to the same rules. A policy
 * in a `<meta>` tag cannot say `frame-ancestors` or `sandbox`, and does not bind a worker that is started by its
 * address; these headers do.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { directives } from '../../svelte.config.js';
import { formatHeadersFile } from './headers-file.mjs';
import { NOT_FOUND_PAGE } from './not-found.mjs';

/** @typedef {import('./headers-file.mjs').HeaderBlock} HeaderBlock */
/** @typedef {Readonly<Record<string, readonly string[]>>} Directives The sources of each directive, without quotes. */

/** Directives that only a header can carry. */
const HEADER_ONLY = {
	'frame-ancestors': ['none'],
	sandbox: ['allow-scripts', 'allow-same-origin', 'allow-downloads', 'allow-modals']
};

const POWERFUL_FEATURES = [
	'accelerometer',
	'autoplay',
	'bluetooth',
	'browsing-topics',
	'camera',
	'display-capture',
	'encrypted-media',
	'geolocation',
	'gyroscope',
	'hid',
	'identity-credentials-get',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'publickey-credentials-get',
	'screen-wake-lock',
	'serial',
	'storage-access',
	'usb',
	'web-share',
	'xr-spatial-tracking'
];

/**
 * The headers of every response. `Cross-Origin-Embedder-Policy` is left out: it exists to allow `SharedArrayBuffer`,
 * which nothing here uses.
 */
export const COMMON_HEADERS = {
	'Connection-Allowlist': '(response-origin);webrtc=block',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Origin-Agent-Cluster': '?1',
	'Permissions-Policy': [...POWERFUL_FEATURES.map((name) => `${name}=()`), 'fullscreen=(self)'].join(', '),
	'Referrer-Policy': 'no-referrer',
	'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
	'X-Content-Type-Options': 'nosniff',
	'X-DNS-Prefetch-Control': 'off',
	'X-Frame-Options': 'DENY'
};

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The value of a `Content-Security-Policy` header: the directives of every page, those that only a header can carry,
 * and the hashes of the inline scripts and styles of this one.
 *
 * @param {Directives} shared
 * @param {readonly string[]} scriptHashes Such as `sha256-…`.
 * @param {readonly string[]} styleHashes
 * @returns {string}
 */
export function contentSecurityPolicy(shared, scriptHashes = [], styleHashes = []) {
	const all = {
		...shared,
		...HEADER_ONLY,
		'script-src': [...(shared['script-src'] ?? []), ...scriptHashes],
		...(styleHashes.length > 0 ? { 'style-src': [...(shared['style-src'] ?? []), ...styleHashes] } : {})
	};
	return Object.entries(all)
		.map(([name, sources]) => [name, ...sources.map(quoted)].join(' '))
		.join('; ');
}

/** @param {string} source */
function quoted(source) {
	return /^(self|none|script|strict-dynamic|(wasm-)?unsafe-[a-z]+|(sha(256|384|512)|nonce)-.+)$/.test(source)
		? `'${source}'`
		: source;
}

/**
 * The hash of each inline script of a page, in the order of the page.
 *
 * @param {string} html
 * @returns {string[]} Such as `sha256-…`, as a policy names them.
 */
export function inlineScriptHashes(html) {
	return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
		.filter(([, attributes = '']) => !/\s(src|type="application\/(ld\+)?json")/i.test(attributes))
		.map(([, , code = '']) => hashOf(code));
}

/**
 * The hash of each inline style sheet of a page, in the order of the page.
 *
 * @param {string} html
 * @returns {string[]} Such as `sha256-…`.
 */
export function inlineStyleHashes(html) {
	return [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)].map(([, code = '']) => hashOf(code));
}

/** @param {string} code */
function hashOf(code) {
	return `sha256-${createHash('sha256').update(code).digest('base64')}`;
}

/**
 * The blocks of `_headers`. Only the block of common headers overlaps the others, since hosts join the values of a
 * header that two blocks name, and two policies joined allow only what both allow.
 *
 * @param {ReadonlyMap<string, string | null>} files Each file by its path in the site (`data/index.html`): the text of
 * a page, and null for anything else.
 * @param {Directives} shared
 * @returns {HeaderBlock[]}
 */
export function headerBlocks(files, shared) {
	const pages = [...files].filter(([, html]) => html !== null);
	const pageFolders = new Set(pages.map(([path]) => topFolder(path)));
	const others = [...files.keys()].filter((path) => files.get(path) === null);
	const patterns = new Set(others.map((path) => patternOf(path, pageFolders)));
	return [
		{ path: '/*', headers: COMMON_HEADERS },
		...[...patterns].map((path) => ({ path, headers: assetHeaders(path, shared) })),
		...pages.flatMap(([path, html]) => pageBlocks(path, html ?? '', shared))
	];
}

/**
 * @param {string} path
 * @param {string} html
 * @param {Directives} shared
 * @returns {HeaderBlock[]}
 */
function pageBlocks(path, html, shared) {
	const policy = contentSecurityPolicy(shared, inlineScriptHashes(html), inlineStyleHashes(html));
	const headers = { 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' };
	return [`/${path.replace(/(index)?\.html$/, '')}`, `/${path}`].map((address) => ({
		path: address,
		headers
	}));
}

/**
 * @param {string} pattern
 * @param {Directives} shared
 */
function assetHeaders(pattern, shared) {
	const lasting = pattern.startsWith('/_app/immutable/');
	return {
		'Content-Security-Policy': contentSecurityPolicy(shared),
		'Cache-Control': lasting ? IMMUTABLE : 'no-cache'
	};
}

/**
 * The path of the block that covers a file which is no page: one for each folder, where nothing else lives in it.
 *
 * @param {string} path
 * @param {ReadonlySet<string | null>} pageFolders
 */
function patternOf(path, pageFolders) {
	if (path.startsWith('_app/immutable/')) return '/_app/immutable/*';
	const folder = topFolder(path);
	return folder === null || folder === '_app' || pageFolders.has(folder) ? `/${path}` : `/${folder}/*`;
}

/** @param {string} path */
function topFolder(path) {
	return path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
}

/**
 * The files of a built site, as `headerBlocks` takes them.
 *
 * @param {string} directory
 * @returns {Map<string, string | null>}
 */
export function readSite(directory) {
	const files = readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== '_headers')
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	return new Map(files.map((file) => [relative(directory, file).split(sep).join('/'), pageText(file)]));
}

/** @param {string} file */
function pageText(file) {
	return file.endsWith('.html') ? readFileSync(file, 'utf8') : null;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	const directory = fileURLToPath(new URL('../../build', import.meta.url));
	writeFileSync(join(directory, '404.html'), NOT_FOUND_PAGE);
	const blocks = headerBlocks(readSite(directory), directives);
	writeFileSync(join(directory, '_headers'), formatHeadersFile(blocks));
	process.stdout.write(`Wrote build/_headers: ${blocks.length} blocks\n`);
}
