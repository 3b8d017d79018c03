import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A source file: its path from the root of the project, and what it imports. */
export interface Module {
	readonly path: string;
	/** Paths from the root of the project, or names of packages. */
	readonly imports: readonly string[];
	/** Those that are left when types are erased. */
	readonly runtimeImports: readonly string[];
}

/** The files below a folder of the project whose names match, as paths from its root with `/`. */
export function filesBelow(folder: string, name: RegExp): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && name.test(entry.name))
		.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.filter((path) => !path.includes('/.'))
		.sort();
}

/** Every module below a folder, tests included. */
export function readModules(folder: string): Module[] {
	return filesBelow(folder, /\.(ts|js|mjs|svelte)$/).map((path) =>
		parseModule(path, readFileSync(join(ROOT, path), 'utf8'))
	);
}

/** A module from its path and text. */
export function parseModule(path: string, text: string): Module {
	const code = path.endsWith('.svelte') ? scriptsOf(text) : text;
	return { path, imports: importsOf(path, code), runtimeImports: importsOf(path, withoutTypes(code)) };
}

function importsOf(path: string, code: string): string[] {
	const { importedFiles } = ts.preProcessFile(code, true, true);
	return [...new Set(importedFiles.map(({ fileName }) => resolved(path, fileName)))];
}

function withoutTypes(code: string): string {
	return code.replace(/^\s*(import|export) type\s[^;'"]*from\s*['"][^'"]+['"];?/gm, '');
}

/** The scripts of a Svelte component, joined. */
export function scriptsOf(component: string): string {
	return [...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n');
}

function resolved(from: string, specifier: string): string {
	const [name = ''] = specifier.split('?');
	if (name.startsWith('#lib/')) return name.replace('#lib', 'src/lib');
	return name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
}
