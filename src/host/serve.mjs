// @ts-check
/**
 * A small static server for the built site: it sends the headers of `build/_headers`, as the hosts do. It needs nothing
 * but Node, and listens on this machine only.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { headersFor, parseHeadersFile } from './headers-file.mjs';

/**
 * @typedef {{ directory: string, port: number, host?: string, base?: string }} ServeOptions `base` is the folder of the
 * address that the site lives in, such as `/tools/pomelo`; port 0 takes any free one.
 * @typedef {{ url: string, port: number, close(): Promise<void> }} Site
 * @typedef {'br' | 'gzip' | 'identity'} Coding
 * @typedef {{ body: Buffer, etag: string, type: string, changedMs: number, coded: Map<Coding, Buffer> }} Asset
 * @typedef {{ file: string, path: string } | { redirect: string } | null} Location
 */

const DEFAULT_PORT = 4173;

/** @type {Readonly<Record<string, string>>} */
const MEDIA_TYPES = {
	'.bin': 'application/octet-stream',
	'.css': 'text/css; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.gz': 'application/gzip',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.md': 'text/markdown; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json',
	'.woff2': 'font/woff2'
};

const compressors = {
	br: (/** @type {Buffer} */ body) =>
		promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
	gzip: (/** @type {Buffer} */ body) => promisify(gzip)(body),
	identity: async (/** @type {Buffer} */ body) => body
};

/**
 * Serves a built site until it is closed.
 *
 * @param {ServeOptions} options
 * @returns {Promise<Site>} Rejects with the code `EADDRINUSE` when the port is taken.
 */
export async function serve({ directory, port, host = '127.0.0.1', base = '' }) {
	const root = resolve(directory);
	/** @type {Map<string, Asset>} */
	const assets = new Map();
	const server = createServer((request, response) => {
		answer(root, base, assets, request, response).catch((error) => {
			if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
			response.end(`This file cannot be read: ${error instanceof Error ? error.message : error}\n`);
		});
	});
	await new Promise((done, failed) => server.once('error', failed).listen(port, host, () => done(null)));
	const address = server.address();
	const usedPort = typeof address === 'object' && address ? address.port : port;
	return {
		url: `http://${host}:${usedPort}${base}/`,
		port: usedPort,
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
}

/**
 * @param {string} root
 * @param {string} base
 * @param {Map<string, Asset>} assets
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, base, assets, request, response) {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.writeHead(405, { Allow: 'GET, HEAD' }).end();
		return;
	}
	const location = await locate(root, base, request.url ?? '/');
	if (location && 'redirect' in location) {
		response.writeHead(308, { Location: location.redirect }).end();
	} else if (location) {
		await send(root, assets, 200, location, request, response);
	} else {
		const page = await fileAt(root, '/404.html');
		if (page) await send(root, assets, 404, page, request, response);
		else response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('No page here.\n');
	}
}

/**
 * The file that an address means. Like the common hosts: a folder means its `index.html`, a folder without its last
 * slash is sent to the one with it, and `/page` means `page.html` where there is no such folder.
 *
 * @param {string} root
 * @param {string} base
 * @param {string} url
 * @returns {Promise<Location>}
 */
async function locate(root, base, url) {
	const [raw = '/', query] = url.split('?', 2);
	if (raw === base && base !== '') return { redirect: withQuery(`${base}/`, query) };
	const path = raw.startsWith(`${base}/`) ? decoded(raw.slice(base.length)) : null;
	// An empty segment would let `//host` pass for an address on another host; the rest would leave the folder.
	if (path === null || /\/\/|\\|\0|(^|\/)\.\.?(\/|$)/.test(path)) return null;
	if (path.endsWith('/')) return fileAt(root, path);
	const file = await fileAt(root, path);
	if (file) return file;
	if (await fileAt(root, `${path}/`)) return { redirect: withQuery(`${raw}/`, query) };
	return fileAt(root, path, '.html');
}

/**
 * @param {string} path
 * @param {string | undefined} query
 */
function withQuery(path, query) {
	return query === undefined ? path : `${path}?${query}`;
}

/** @param {string} path */
function decoded(path) {
	try {
		return decodeURIComponent(path);
	} catch (error) {
		if (error instanceof URIError) return null;
		throw error;
	}
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} ending
 * @returns {Promise<{ file: string, path: string } | null>}
 */
async function fileAt(root, path, ending = path.endsWith('/') ? 'index.html' : '') {
	const file = join(root, `${path}${ending}`);
	if (!file.startsWith(root + sep) || path === '/_headers') return null;
	return (await changedMs(file)) === null ? null : { file, path };
}

/**
 * When a file last changed; null where there is no such file.
 *
 * @param {string} file
 */
async function changedMs(file) {
	try {
		const found = await stat(file);
		return found.isFile() ? found.mtimeMs : null;
	} catch (error) {
		if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
			return null;
		throw error;
	}
}

/**
 * @param {string} root
 * @param {Map<string, Asset>} assets
 * @param {number} status
 * @param {{ file: string, path: string }} location
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function send(root, assets, status, { file, path }, request, response) {
	const asset = await readAsset(assets, file);
	const coding = codingFor(asset.type, request.headers['accept-encoding'] ?? '');
	const headers = {
		...(await siteHeaders(root, assets, path)),
		'Content-Type': asset.type,
		ETag: `"${asset.etag}-${coding}"`,
		...(isText(asset.type) ? { Vary: 'Accept-Encoding' } : {}),
		...(coding === 'identity' ? {} : { 'Content-Encoding': coding })
	};
	if (status === 200 && request.headers['if-none-match'] === headers.ETag) {
		response.writeHead(304, headers).end();
		return;
	}
	const body = await coded(asset, coding);
	response.writeHead(status, { ...headers, 'Content-Length': body.length });
	response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * The headers of `_headers` for a path. `Strict-Transport-Security` is for hosts with a certificate: here it would shut
 * every other server on localhost out of plain http.
 *
 * @param {string} root
 * @param {Map<string, Asset>} assets
 * @param {string} path
 */
async function siteHeaders(root, assets, path) {
	const file = join(root, '_headers');
	if ((await changedMs(file)) === null) return {};
	const { body } = await readAsset(assets, file);
	const { 'Strict-Transport-Security': _, ...headers } = headersFor(parseHeadersFile(body.toString()), path);
	return headers;
}

/**
 * A file, kept in memory until it changes.
 *
 * @param {Map<string, Asset>} assets
 * @param {string} file
 * @returns {Promise<Asset>}
 */
async function readAsset(assets, file) {
	const changed = (await changedMs(file)) ?? 0;
	const known = assets.get(file);
	if (known?.changedMs === changed) return known;
	const body = await readFile(file);
	const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
	const type = MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
	const asset = { body, etag, type, changedMs: changed, coded: new Map() };
	assets.set(file, asset);
	return asset;
}

/** @param {string} type */
function isText(type) {
	return /^text\/|json|svg/.test(type);
}

/**
 * @param {string} type
 * @param {string} accepted The `Accept-Encoding` of the request.
 * @returns {Coding}
 */
function codingFor(type, accepted) {
	if (!isText(type)) return 'identity';
	const names = accepted
		.split(',')
		.filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item))
		.map((item) => (item.split(';')[0] ?? '').trim());
	return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : 'identity';
}

/**
 * @param {Asset} asset
 * @param {Coding} coding
 */
async function coded(asset, coding) {
	const body = asset.coded.get(coding) ?? (await compressors[coding](asset.body));
	asset.coded.set(coding, body);
	return body;
}

/**
 * Closes the site and ends the process when it is told to stop.
 *
 * @param {Site} site
 */
export function closeOnSignal(site) {
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, () => void site.close().then(() => process.exit(0)));
	}
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			dir: { type: 'string', default: 'build' },
			base: { type: 'string', default: '' }
		}
	});
	const site = await serve({ directory: values.dir, port: Number(values.port), base: values.base });
	closeOnSignal(site);
	process.stdout.write(`${site.url}\n`);
}
