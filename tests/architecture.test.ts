import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModule, readModules, ROOT, type Module } from './support/modules.ts';

/** The layers, lowest first: each may import itself and those before it. */
const LAYERS = ['core', 'stats', 'engine', 'pipeline', 'recipe', 'workers', 'session', 'routes'];

/** Folders beside the layers, and what each may import besides itself. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
	ui: ['core'],
	cli: ['core', 'stats', 'engine', 'pipeline', 'recipe'],
	routes: ['ui', ...LAYERS]
};

/** The steps in the order of the pipeline. */
const STEPS = [
	'import',
	'clean',
	'queries',
	'features',
	'segment',
	'validate',
	'predict',
	'persona',
	'experiment',
	'export'
];

/** The files of a step that later steps may import, in every step that has them. */
const STEP_FRONT = ['schema.ts', 'step.ts', 'index.ts', 'compute.ts'];

/** Other files that offer something to later steps. */
const STEP_OFFERS = [
	'src/lib/pipeline/segment/assign.ts',
	'src/lib/pipeline/segment/categories.ts',
	'src/lib/pipeline/segment/choose-count.ts',
	'src/lib/pipeline/segment/describe.ts',
	'src/lib/pipeline/segment/own/past.ts',
	'src/lib/pipeline/segment/own/scope.ts',
	'src/lib/pipeline/segment/past/past.sql.ts',
	'src/lib/pipeline/segment/renumber-details.ts',
	'src/lib/pipeline/segment/methods/method.ts',
	'src/lib/pipeline/segment/rules/compile.ts',
	'src/lib/pipeline/segment/rules/scope.ts',
	'src/lib/pipeline/segment/rules/test.sql.ts',
	'src/lib/pipeline/clean/contacts.sql.ts',
	'src/lib/pipeline/clean/details.ts',
	'src/lib/pipeline/clean/given-back.sql.ts',
	'src/lib/pipeline/clean/identity/keys.sql.ts',
	'src/lib/pipeline/clean/known-name.sql.ts',
	'src/lib/pipeline/clean/repairs/tables.ts',
	'src/lib/pipeline/clean/versions/compare.ts',
	'src/lib/pipeline/features/behaviour.ts',
	'src/lib/pipeline/features/needs.ts',
	'src/lib/pipeline/features/words.sql.ts',
	'src/lib/pipeline/features/time-of-day.sql.ts',
	'src/lib/pipeline/features/bases/channels.ts',
	'src/lib/pipeline/features/bases/profiles.ts',
	'src/lib/pipeline/import/load.ts',
	'src/lib/pipeline/import/raw-records.ts',
	'src/lib/pipeline/import/roles.ts',
	'src/lib/pipeline/queries/select.ts',
	'src/lib/pipeline/queries/workspace.ts',
	'src/lib/pipeline/segment/space.ts'
];

/** Folders where one file is one thing, listed in their `index.ts`. */
const REGISTRIES = [
	'src/lib/pipeline/import/platforms',
	'src/lib/pipeline/clean/operations',
	'src/lib/pipeline/clean/repairs/operations',
	'src/lib/pipeline/features/bases',
	'src/lib/pipeline/features/definitions',
	'src/lib/pipeline/segment/methods',
	'src/lib/pipeline/segment/rfm/schemes',
	'src/lib/pipeline/segment/rules/conditions',
	'src/lib/pipeline/segment/rules/subjects',
	'src/lib/pipeline/segment/templates',
	'src/lib/pipeline/export/destinations'
];

/** A sentence for each import that breaks a rule. */
type Rule = (modules: readonly Module[]) => string[];

/** `src/lib/core/days.ts` → `core`, `src/routes/+page.svelte` → `routes`, a package → undefined. */
function folderOf(path: string): string | undefined {
	return /^src\/(?:lib\/)?([\w-]+)\//.exec(path)?.[1];
}

function mayImport(from: string, to: string): boolean {
	if (from === to) return true;
	const beside = BESIDE[from];
	if (beside) return beside.includes(to);
	return LAYERS.includes(to) && LAYERS.indexOf(to) < LAYERS.indexOf(from);
}

function eachImport(modules: readonly Module[], isBroken: (from: string, to: string) => boolean): string[] {
	return modules.flatMap(({ path, imports }) =>
		imports.filter((target) => isBroken(path, target)).map((target) => `${path} imports ${target}`)
	);
}

const upwardImports: Rule = (modules) =>
	eachImport(modules, (from, to) => {
		const [source, target] = [folderOf(from), folderOf(to)];
		return source !== undefined && target !== undefined && !mayImport(source, target);
	});

const componentsImportedByLogic: Rule = (modules) =>
	eachImport(modules, (from, to) => !isTest(from) && from.endsWith('.ts') && to.endsWith('.svelte'));

function isTest(path: string): boolean {
	return /\.test\.ts$/.test(path);
}

function stepOf(path: string): string | undefined {
	return /^src\/lib\/pipeline\/([\w-]+)\//.exec(path)?.[1];
}

const importsBehindAStep: Rule = (modules) =>
	eachImport(modules, (from, to) => {
		const [source, target] = [stepOf(from), stepOf(to)];
		if (isTest(from) || source === undefined || target === undefined || source === target) return false;
		if (STEPS.indexOf(target) > STEPS.indexOf(source)) return true;
		return !STEP_FRONT.includes(basename(to)) && !STEP_OFFERS.includes(to);
	});

/** Rings of imports. Types may refer to each other; what runs may not. */
const cycles: Rule = (modules) => {
	const importsOf = new Map(modules.map(({ path, runtimeImports }) => [path, runtimeImports]));
	const done = new Set<string>();
	const found: string[] = [];
	const visit = (path: string, trail: readonly string[]): void => {
		const start = trail.indexOf(path);
		if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
		if (start >= 0 || done.has(path)) return;
		for (const next of importsOf.get(path) ?? []) visit(next, [...trail, path]);
		done.add(path);
	};
	for (const { path } of modules) visit(path, []);
	return found;
};

/** The things of a registry folder that its index does not import. */
function unlisted(folder: string, entries: readonly string[], index: Module): string[] {
	return entries
		.filter((name) => name !== 'index.ts' && !/\.(test\.ts|svelte|md|json)$/.test(name))
		.filter((name) => !index.imports.some((target) => `${target}/`.startsWith(`${folder}/${name}/`)));
}

describe('the source', () => {
	const modules = readModules('src');
	const imported = new Set(modules.flatMap(({ imports }) => imports));

	it('imports only downwards', () => {
		expect(upwardImports(modules)).toEqual([]);
	});
	it('imports no component into logic', () => {
		expect(componentsImportedByLogic(modules)).toEqual([]);
	});
	it('reads another step only if it comes earlier, and only by its front', () => {
		expect(importsBehindAStep(modules)).toEqual([]);
	});
	it('has no cycles', () => {
		expect(cycles(modules)).toEqual([]);
	});
	it('imports no file that does not exist', () => {
		const files = [...imported].filter((path) => path.startsWith('src/') && !path.endsWith('/$types'));
		expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});
	it('names every folder of the pipeline as a step', () => {
		const folders = readdirSync(join(ROOT, 'src/lib/pipeline'), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name);
		expect(folders.filter((name) => !STEPS.includes(name))).toEqual([]);
	});
	it.each(REGISTRIES)('lists everything in %s', (folder) => {
		const index = modules.find(({ path }) => path === `${folder}/index.ts`);
		expect(index, `${folder}/index.ts`).toBeDefined();
		if (index) expect(unlisted(folder, readdirSync(join(ROOT, folder)), index)).toEqual([]);
	});
});

describe('the rules', () => {
	const caught = (rule: Rule, path: string, text: string): number => rule([parseModule(path, text)]).length;

	it.each([
		['src/lib/core/planted.ts', "import { x } from '#lib/stats/quantile.ts';"],
		['src/lib/stats/planted.ts', "export * from '../pipeline/step.ts';"],
		['src/lib/pipeline/planted.ts', "const x = await import('#lib/session/store.ts');"],
		['src/lib/pipeline/planted.ts', "import type { X } from '#lib/workers/pool.ts';"],
		['src/lib/ui/Planted.svelte', '<script lang="ts">import { x } from \'#lib/session/store.ts\';</script>'],
		['src/lib/session/planted.ts', "import Button from '#lib/ui/Button.svelte';"],
		['src/cli/planted.ts', "import { x } from '#lib/workers/pool.ts';"]
	])('catch an upward import in %s', (path, text) => {
		expect(caught(upwardImports, path, text)).toBe(1);
	});
	it('let a downward import pass', () => {
		expect(caught(upwardImports, 'src/lib/session/x.ts', "import { x } from '#lib/core/days.ts';")).toBe(0);
		expect(
			caught(upwardImports, 'src/routes/+page.svelte', "<script>import '#lib/ui/A.svelte';</script>")
		).toBe(0);
	});
	it('catch a component in logic', () => {
		const text = "import Panel from './Panel.svelte';";
		expect(caught(componentsImportedByLogic, 'src/lib/ui/planted.ts', text)).toBe(1);
		expect(caught(componentsImportedByLogic, 'src/lib/ui/planted.ts', "import './x.svelte.ts';")).toBe(0);
	});
	it('catch a later step, and the inside of an earlier one', () => {
		const path = 'src/lib/pipeline/features/planted.ts';
		expect(caught(importsBehindAStep, path, "import '../segment/schema.ts';")).toBe(1);
		expect(caught(importsBehindAStep, path, "import '../clean/operations/index.ts';")).toBe(0);
		expect(caught(importsBehindAStep, path, "import '../clean/orders.sql.ts';")).toBe(1);
		expect(caught(importsBehindAStep, path, "import '../clean/schema.ts';")).toBe(0);
	});
	it('catch a cycle', () => {
		const ring = [parseModule('src/a.ts', "import './b.ts';"), parseModule('src/b.ts', "import './a.ts';")];
		expect(cycles(ring)).toEqual(['src/a.ts → src/b.ts → src/a.ts']);
		const back = parseModule('src/b.ts', "import type { A } from './a.ts';");
		expect(cycles([parseModule('src/a.ts', "import './b.ts';"), back])).toEqual([]);
	});
	it('catch a thing that its registry does not list', () => {
		const index = parseModule(
			'src/x/index.ts',
			"import { a } from './a.ts'; import { b } from './b/index.ts';"
		);
		expect(unlisted('src/x', ['index.ts', 'a.ts', 'a.test.ts', 'b', 'c.ts', 'README.md'], index)).toEqual([
			'c.ts'
		]);
	});
});
