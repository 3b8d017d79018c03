import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const MODULE = 'virtual:engine-asset';
const RESOLVED = `\0${MODULE}`;

/** Where the development server serves the two files. */
const DEV = { wasm: '/@engine/engine.bin', worker: '/@engine/engine.worker.js' };

/**
 * Gives the page `virtual:engine-asset`: `{ wasmUrl, sha256, workerUrl }` of DuckDB-WASM's `eh` bundle. The code is
 * gzipped (34 MB raw is more than some hosts serve) under the ending `.bin`, which no host sends with
 * `Content-Encoding`: it arrives as stored, and its SHA-256 can be checked. The addresses are absolute, made from the
 * address of the module, so the site may live in any folder.
 */
export function engineAsset(): Plugin {
	let cacheDirectory = 'node_modules/.cache/engine';
	let isBuild = false;
	return {
		name: 'engine-asset',
		configResolved(config) {
			cacheDirectory = join(config.root, 'node_modules/.cache/engine');
			isBuild = config.command === 'build';
		},
		resolveId: (source) => (source === MODULE ? RESOLVED : undefined),
		load(id) {
			if (id !== RESOLVED) return undefined;
			// Prerendering never starts the engine.
			if (this.environment.config.consumer === 'server')
				return moduleOf({ wasmUrl: "''", sha256: '', workerUrl: "''" });
			const { bytes, sha256 } = gzippedWasm(cacheDirectory);
			if (!isBuild) {
				const urlOf = (path: string): string => `new URL(${JSON.stringify(path)}, location.href).href`;
				return moduleOf({ wasmUrl: urlOf(DEV.wasm), sha256, workerUrl: urlOf(DEV.worker) });
			}
			const wasm = this.emitFile({ type: 'asset', name: 'engine.bin', source: bytes });
			const worker = this.emitFile({
				type: 'asset',
				name: 'engine.worker.js',
				source: workerSource()
			});
			const urlOf = (reference: string): string => `import.meta.ROLLUP_FILE_URL_${reference}`;
			return moduleOf({ wasmUrl: urlOf(wasm), sha256, workerUrl: urlOf(worker) });
		},
		configureServer(server) {
			server.middlewares.use((request, response, next) => {
				const path = request.url?.split('?')[0];
				if (path === DEV.wasm) {
					response.setHeader('Content-Type', 'application/octet-stream');
					response.end(gzippedWasm(cacheDirectory).bytes);
				} else if (path === DEV.worker) {
					response.setHeader('Content-Type', 'text/javascript');
					response.end(workerSource());
				} else next();
			});
		}
	};
}

/** The text of the module: addresses are expressions. */
function moduleOf(asset: { wasmUrl: string; sha256: string; workerUrl: string }): string {
	return [
		`export const wasmUrl = ${asset.wasmUrl};`,
		`export const sha256 = ${JSON.stringify(asset.sha256)};`,
		`export const workerUrl = ${asset.workerUrl};`
	].join('\n');
}

/** The gzipped code; compressing takes seconds, so it is kept under the hash of what went in. */
function gzippedWasm(cacheDirectory: string): { bytes: Buffer; sha256: string } {
	const raw = readFileSync(resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));
	const path = join(cacheDirectory, `${hash(raw)}.gz`);
	if (!existsSync(path)) {
		mkdirSync(cacheDirectory, { recursive: true });
		writeFileSync(`${path}.${process.pid}`, gzipSync(raw, { level: 9 }));
		renameSync(`${path}.${process.pid}`, path);
	}
	const bytes = readFileSync(path);
	return { bytes, sha256: hash(bytes) };
}

/** DuckDB-WASM's worker, without the address of a source map that we do not serve. */
function workerSource(): string {
	const path = resolve('@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js');
	return readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
}

function resolve(specifier: string): string {
	return createRequire(import.meta.url).resolve(specifier);
}

function hash(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
