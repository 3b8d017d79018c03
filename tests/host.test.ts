import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatHeadersFile, headersFor, parseHeadersFile } from '../src/host/headers-file.mjs';
import {
	contentSecurityPolicy,
	headerBlocks,
	inlineScriptHashes,
	inlineStyleHashes,
	readSite
} from '../src/host/headers.mjs';
import { NOT_FOUND_PAGE } from '../src/host/not-found.mjs';
import { serve } from '../src/host/serve.mjs';
import { directives } from '../svelte.config.js';

const BOOTSTRAP = '\n\tstart();\n';
const PAGE = `<!doctype html><script src="a.js"></script><script>${BOOTSTRAP}</script>`;
const HASH = `sha256-${createHash('sha256').update(BOOTSTRAP).digest('base64')}`;

const SITE = new Map([
	['_app/immutable/workers/compute.js', null],
	['_app/version.json', null],
	['icon.svg', null],
	['samples/shop.csv', null],
	['data/about.txt', null],
	['index.html', PAGE.replace('start', 'begin')],
	['data/index.html', PAGE]
]);

describe('the policy of a page', () => {
	it('quotes keywords and hashes, and leaves schemes and names alone', () => {
		const shared = {
			'script-src': ['self', 'wasm-unsafe-eval'],
			'img-src': ['data:'],
			'trusted-types': ['app-worker']
		};
		expect(contentSecurityPolicy(shared, ['sha256-abc='])).toBe(
			"script-src 'self' 'wasm-unsafe-eval' 'sha256-abc='; img-src data:; trusted-types app-worker; " +
				"frame-ancestors 'none'; sandbox allow-scripts allow-same-origin allow-downloads allow-modals"
		);
	});
	it('hashes inline scripts only', () => {
		expect(inlineScriptHashes(PAGE)).toEqual([HASH]);
		expect(inlineScriptHashes('<script type="application/json">{}</script>')).toEqual([]);
		expect(inlineScriptHashes('<script type="module" data-src="x">1</script>')).toHaveLength(1);
	});
});

describe('the page for unknown addresses', () => {
	const [meta = ''] = /<meta http-equiv="content-security-policy"[^>]*>/.exec(NOT_FOUND_PAGE) ?? [];
	const hashes = [...inlineScriptHashes(NOT_FOUND_PAGE), ...inlineStyleHashes(NOT_FOUND_PAGE)];

	it('carries a policy that allows its own script and style, and no other', () => {
		expect(hashes).toHaveLength(2);
		expect([...meta.matchAll(/'(sha256-[^']+)'/g)].map(([, hash]) => hash)).toEqual(hashes);
		expect(meta).not.toContain('unsafe-inline');
	});
	it('needs no file of the site, whose folder it does not know', () => {
		expect(NOT_FOUND_PAGE).not.toMatch(/\bsrc=|rel="(stylesheet|modulepreload)"/);
		expect([...NOT_FOUND_PAGE.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['data:,', '/']);
	});
	it('has the same script and style in its header', () => {
		const blocks = headerBlocks(new Map([['404.html', NOT_FOUND_PAGE]]), directives);
		const policy = headersFor(blocks, '/404.html')['Content-Security-Policy'];
		for (const hash of hashes) expect(policy).toContain(`'${hash}'`);
	});
});

describe('the headers of the site', () => {
	const blocks = headerBlocks(SITE, directives);
	const policyOf = (path: string): string => headersFor(blocks, path)['Content-Security-Policy'] ?? '';

	it('give each page its own bootstrap, by both of its addresses', () => {
		expect(policyOf('/data/')).toContain(`'${HASH}'`);
		expect(policyOf('/data/index.html')).toBe(policyOf('/data/'));
		expect(policyOf('/')).not.toContain(HASH);
		expect(policyOf('/')).toBe(policyOf('/index.html'));
	});
	it('hold every other file to the same policy without a bootstrap', () => {
		for (const [path, html] of SITE) {
			if (html === null) expect(policyOf(`/${path}`)).toBe(contentSecurityPolicy(directives));
		}
	});
	it('never name one header twice for a path, which would join two policies', () => {
		for (const path of SITE.keys()) {
			const names = blocks
				.filter((block) => Object.keys(headersFor([block], `/${path}`)).length > 0)
				.flatMap(({ headers }) => Object.keys(headers));
			expect(names).toEqual([...new Set(names)]);
		}
	});
	it('let only files with a hash in their name stay in caches', () => {
		expect(headersFor(blocks, '/_app/immutable/workers/compute.js')['Cache-Control']).toContain('immutable');
		expect(headersFor(blocks, '/_app/version.json')['Cache-Control']).toBe('no-cache');
		expect(headersFor(blocks, '/data/')['Cache-Control']).toBe('no-cache');
	});
	it('close the network on every path', () => {
		expect(headersFor(blocks, '/anything')['Connection-Allowlist']).toBe('(response-origin);webrtc=block');
	});
	it('stay within the limits of the hosts', () => {
		const text = formatHeadersFile(blocks);
		expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(2000);
		expect(blocks.length).toBeLessThan(100);
	});
	it('survive the file', () => {
		expect(parseHeadersFile(formatHeadersFile(blocks))).toEqual(blocks);
		expect(() => parseHeadersFile('  X-Name: lost')).toThrow('found "  X-Name: lost"');
	});
});

describe('the server', () => {
	const directory = mkdtempSync(join(tmpdir(), 'pomelo-site-'));
	const script = 'export const name = "pomelo";\n'.repeat(50);
	let root: Awaited<ReturnType<typeof serve>>;
	let nested: Awaited<ReturnType<typeof serve>>;

	beforeAll(async () => {
		for (const folder of ['data', '_app/immutable']) mkdirSync(join(directory, folder), { recursive: true });
		writeFileSync(join(directory, 'index.html'), PAGE.replace('start', 'begin'));
		writeFileSync(join(directory, 'data/index.html'), PAGE);
		writeFileSync(join(directory, '404.html'), NOT_FOUND_PAGE);
		writeFileSync(join(directory, '_app/immutable/app.js'), script);
		writeFileSync(join(directory, '_app/immutable/engine.bin'), Buffer.from([0x1f, 0x8b, 0, 1]));
		writeFileSync(
			join(directory, '_headers'),
			formatHeadersFile(headerBlocks(readSite(directory), directives))
		);
		root = await serve({ directory, port: 0 });
		nested = await serve({ directory, port: 0, base: '/tools/pomelo' });
	});
	afterAll(async () => {
		await Promise.all([root.close(), nested.close()]);
		rmSync(directory, { recursive: true });
	});

	interface Answer {
		status: number;
		headers: Record<string, string | string[] | undefined>;
		body: Buffer;
	}

	/** Asks for a path exactly as written, which `fetch` would tidy up first. */
	function ask(
		path: string,
		headers: Record<string, string> = {},
		method = 'GET',
		port = root.port
	): Promise<Answer> {
		return new Promise((done, failed) => {
			request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
				);
			})
				.on('error', failed)
				.end();
		});
	}

	it('sends a page with its own policy', async () => {
		const { status, headers, body } = await ask('/data/');
		expect([status, body.toString()]).toEqual([200, PAGE]);
		expect(headers['content-security-policy']).toContain(HASH);
		expect(headers['strict-transport-security']).toBeUndefined();
	});
	it('sends a folder without its slash to the one with it', async () => {
		expect((await ask('/data?k=4')).headers['location']).toBe('/data/?k=4');
		expect((await ask('/tools/pomelo', {}, 'GET', nested.port)).headers['location']).toBe('/tools/pomelo/');
		expect((await ask('/tools/pomelo/data', {}, 'GET', nested.port)).headers['location']).toBe(
			'/tools/pomelo/data/'
		);
	});
	it('serves from a sub-folder, and nothing beside it', async () => {
		const { status, headers } = await ask('/tools/pomelo/data/', {}, 'GET', nested.port);
		expect([status, headers['content-security-policy']]).toEqual([200, expect.stringContaining(HASH)]);
		expect((await ask('/data/', {}, 'GET', nested.port)).status).toBe(404);
		expect((await ask('/tools/pomelo-other/', {}, 'GET', nested.port)).status).toBe(404);
	});
	it('answers an unknown address with words, a policy and the status 404', async () => {
		for (const [path, port] of [
			['/nowhere', root.port],
			['/no/such/page/', root.port],
			['/data/index.html/', root.port],
			['/tools/pomelo/no/such/page', nested.port]
		] as const) {
			const { status, headers, body } = await ask(path, {}, 'GET', port);
			expect([status, body.toString()]).toEqual([404, NOT_FOUND_PAGE]);
			expect(headers['content-type']).toBe('text/html; charset=utf-8');
			expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
			expect(headers['cache-control']).toBe('no-cache');
		}
	});
	it.each([
		'/../package.json',
		'/%2e%2e/x',
		'/..%2f..%2fetc/passwd',
		'//data',
		'/%2fdata',
		'/a%00',
		'/%zz',
		'/_headers'
	])('finds nothing at %s', async (path) => {
		expect((await ask(path)).status).toBe(404);
	});
	it('compresses text when asked to', async () => {
		const path = '/_app/immutable/app.js';
		const [brotli, zipped, plain] = await Promise.all([
			ask(path, { 'accept-encoding': 'gzip, br' }),
			ask(path, { 'accept-encoding': 'gzip, br;q=0' }),
			ask(path)
		]);
		expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
		expect(gunzipSync(zipped.body).toString()).toBe(script);
		expect([plain.body.toString(), plain.headers['content-encoding']]).toEqual([script, undefined]);
		expect(plain.headers['vary']).toBe('Accept-Encoding');
		expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
	});
	it('sends the packed engine as it is', async () => {
		const { headers, body } = await ask('/_app/immutable/engine.bin', { 'accept-encoding': 'gzip, br' });
		expect([...body]).toEqual([0x1f, 0x8b, 0, 1]);
		expect([headers['content-type'], headers['content-encoding']]).toEqual([
			'application/octet-stream',
			undefined
		]);
		expect(headers['cache-control']).toContain('immutable');
	});
	it('answers HEAD, a known ETag and other methods', async () => {
		const head = await ask('/', {}, 'HEAD');
		expect([head.status, head.body.length, Number(head.headers['content-length']) > 0]).toEqual([
			200,
			0,
			true
		]);
		expect((await ask('/', { 'if-none-match': String(head.headers['etag']) })).status).toBe(304);
		expect((await ask('/', {}, 'POST')).status).toBe(405);
	});
	it('notices a new build', async () => {
		writeFileSync(join(directory, 'note.txt'), 'first');
		expect((await ask('/note.txt')).body.toString()).toBe('first');
		writeFileSync(join(directory, 'note.txt'), 'second, longer');
		expect((await ask('/note.txt')).body.toString()).toBe('second, longer');
	});
	it('says when its port is taken', async () => {
		await expect(serve({ directory, port: root.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});
});
