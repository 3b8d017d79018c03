// @ts-check
/** `npm start`: installs and builds what is missing or out of date, and serves the site on this machine. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildSite, installPackages, requireNode, ROOT, say, stop } from './prepare.mjs';

const FIRST_PORT = 4173;
const PORTS_TRIED = 50;

async function start() {
	requireNode();
	await installPackages();
	await buildSite();
	// Only now: an older Node could not even read this module.
	const { closeOnSignal, serve } = await import('./serve.mjs');
	const site = await serveOnFreePort(serve);
	closeOnSignal(site);
	say(`Pomelo is at http://localhost:${site.port}/`);
}

/** @param {typeof import('./serve.mjs').serve} serve */
async function serveOnFreePort(serve) {
	for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
		if (await isTaken('::1', port)) continue;
		try {
			return await serve({ directory: join(ROOT, 'build'), port });
		} catch (error) {
			if (codeOf(error) !== 'EADDRINUSE') throw error;
		}
	}
	throw new Error(`Every port from ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} is taken.`);
}

/**
 * Whether another server listens at this address. `localhost` may mean 127.0.0.1 or ::1, and a page must not land on a
 * stranger.
 *
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isTaken(host, port) {
	return new Promise((done) => {
		const probe = createServer()
			.once('error', (error) => done(codeOf(error) === 'EADDRINUSE'))
			.listen(port, host, () => probe.close(() => done(false)));
	});
}

/** @param {unknown} error */
function codeOf(error) {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

start().catch(stop);
