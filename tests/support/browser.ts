import { existsSync } from 'node:fs';
import process from 'node:process';

/** Where Chromium and its kin live on the systems that people use. */
const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * The browser that the tests drive: the one named by `CHROMIUM_PATH`, else the first that is installed; undefined where
 * there is none, which leaves Playwright its own.
 */
export function browserPath(): string | undefined {
	const named = process.env['CHROMIUM_PATH'];
	if (!named) return PLACES.find(existsSync);
	if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
	return named;
}
