// @ts-check
/**
 * The `_headers` file that Netlify, Cloudflare Pages and their kin read: a path, then its headers, indented.
 *
 * @typedef {{ path: string, headers: Record<string, string> }} HeaderBlock A path of the site (a last `*` stands
 * for anything) and the headers that its responses carry.
 */

/**
 * The text of a `_headers` file.
 *
 * @param {readonly HeaderBlock[]} blocks
 * @returns {string}
 */
export function formatHeadersFile(blocks) {
	return blocks.map(formatBlock).join('\n');
}

/** @param {HeaderBlock} block */
function formatBlock({ path, headers }) {
	const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
	return [path, ...lines, ''].join('\n');
}

/**
 * Reads what `formatHeadersFile` wrote.
 *
 * @param {string} text
 * @returns {HeaderBlock[]}
 */
export function parseHeadersFile(text) {
	/** @type {HeaderBlock[]} */
	const blocks = [];
	for (const line of text.split('\n')) {
		if (/^\s*(#|$)/.test(line)) continue;
		if (line.startsWith('/')) blocks.push({ path: line.trim(), headers: {} });
		else addHeader(blocks.at(-1), line);
	}
	return blocks;
}

/**
 * @param {HeaderBlock | undefined} block
 * @param {string} line
 */
function addHeader(block, line) {
	const colon = line.indexOf(':');
	if (!block || colon < 0) throw new Error(`_headers: expected "Name: value" under a path, found "${line}"`);
	block.headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
}

/**
 * The headers of a path. As on the hosts, every block that matches counts, and a header named by two of them holds
 * both values, joined by a comma.
 *
 * @param {readonly HeaderBlock[]} blocks
 * @param {string} path The path of the request, such as `/data/`.
 * @returns {Record<string, string>}
 */
export function headersFor(blocks, path) {
	/** @type {Record<string, string>} */
	const found = {};
	for (const { headers } of blocks.filter((block) => matches(block.path, path))) {
		for (const [name, value] of Object.entries(headers)) {
			found[name] = name in found ? `${found[name]}, ${value}` : value;
		}
	}
	return found;
}

/**
 * @param {string} pattern
 * @param {string} path
 */
function matches(pattern, path) {
	return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
