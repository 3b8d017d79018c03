import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { directives } from '../svelte.config.js';
import { filesBelow, ROOT, scriptsOf } from './support/modules.ts';

/** Addresses that the sources may name. */
const IN_SOURCES = [
	/^https?:\/\/www\.w3\.org\//, // Names of XML vocabularies.
	/^https:\/\/gate-test\.invalid\b/, // What the gate tries to reach, and must not.
	/^http:\/\/(localhost|127\.0\.0\.1)\b/, // The server on this machine.
	/^http:\/\/\$\{/
];

/** Addresses that packages bring into the bundle: names and words of errors, which nothing requests. */
const IN_BUNDLE = [
	...IN_SOURCES,
	/^https:\/\/svelte\.dev\//,
	/^https?:\/\/json-schema\.org\//,
	/^https?:\/\/(raw\.)?github(usercontent)?\.com\//,
	/^https:\/\/developer\.mozilla\.org\//,
	/^http:\/\/\[\$\{/ // How an IPv6 address is checked.
];

/** DuckDB names the server of its extensions, which the gate closes and its settings forbid. */
const ENGINE_WORKER = /engine\.worker/;
const OF_ENGINE = [/^https?:\/\/extensions\.duckdb\.org\b/, /^(https?|wss?):\/\/$/];

/** The addresses of other hosts in a text. */
function addressesIn(text: string): string[] {
	return [...text.matchAll(/\b(?:https?|wss?):\/\/[^\s"'`<>\\)]*/g)].map(([address]) => address);
}

function unknown(addresses: readonly string[], known: readonly RegExp[]): string[] {
	return [...new Set(addresses)].filter((address) => !known.some((pattern) => pattern.test(address)));
}

/** The text of every string, template and regular expression of a source file: all of it but code and comments. */
function literalsOf(code: string): string {
	const pieces: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)) pieces.push(node.getText());
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile('source.ts', code, ts.ScriptTarget.Latest, true));
	return pieces.join('\n');
}

function withoutComments(markup: string): string {
	return markup.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g, '');
}

/** What a source file says, comments left out. */
function textOf(path: string, text: string): string {
	if (/\.(ts|js|mjs)$/.test(path)) return literalsOf(text);
	if (!path.endsWith('.svelte')) return withoutComments(text);
	return `${literalsOf(scriptsOf(text))}\n${withoutComments(text.replace(/<script[\s\S]*?<\/script>/g, ''))}`;
}

describe('the sources', () => {
	const files = filesBelow('src', /\.(ts|js|mjs|svelte|html|css)$/).filter(
		(path) => !/\.test\.ts$/.test(path)
	);

	it.each(files)('%s names no other host', (path) => {
		const text = textOf(path, readFileSync(join(ROOT, path), 'utf8'));
		expect(unknown(addressesIn(text), IN_SOURCES)).toEqual([]);
	});

	it('would be caught if they did', () => {
		const texts = [
			"const x = 'https://a.example/';",
			'const x = `https://a.example/${y}`;',
			'/https:\\/\\/a/.test(x)'
		];
		expect(texts.map((text) => addressesIn(textOf('x.ts', text)).length)).toEqual([1, 1, 0]);
		expect(addressesIn(textOf('x.ts', '// https://a.example/'))).toEqual([]);
		expect(addressesIn(textOf('X.svelte', '<img src="https://a.example/x.png">'))).toEqual([
			'https://a.example/x.png'
		]);
		expect(unknown(['https://www.w3.org/2000/svg', 'https://a.example/'], IN_SOURCES)).toEqual([
			'https://a.example/'
		]);
	});
});

// `npm test` builds the site before it runs this; alone it reads the last build, or what there is of one.
describe('the built bundle', () => {
	const files = existsSync(join(ROOT, 'build')) ? filesBelow('build', /\.(js|html|css|json|svg)$/) : [];

	it('names no other host', () => {
		const found = files.flatMap((path) => {
			const known = ENGINE_WORKER.test(path) ? [...IN_BUNDLE, ...OF_ENGINE] : IN_BUNDLE;
			const addresses = addressesIn(readFileSync(join(ROOT, path), 'utf8'));
			return unknown(addresses, known).map((address) => `${path}: ${address}`);
		});
		expect(found).toEqual([]);
	});
});

describe('the content security policy', () => {
	it('lets nothing but this site answer', () => {
		const sources = Object.entries(directives).flatMap(([name, values]) =>
			name.endsWith('-src') ? values : []
		);
		expect([...new Set(sources)].sort()).toEqual(['blob:', 'data:', 'none', 'self', 'wasm-unsafe-eval']);
		expect(directives['connect-src']).toEqual(['self', 'blob:']);
	});
});
