import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAppError } from '#lib/core/errors.ts';
import { addRepairs } from '#lib/recipe/clean-edits.ts';
import { emptyRecipe, parseRecipe } from '#lib/recipe/recipe.ts';
import { Report } from '#lib/recipe/report.ts';
import { MADE_HEADER, makeOrders } from '../../tests/support/made-orders.ts';
import { expectSameRows } from '../../tests/support/recipe-script.ts';
import { exitCodeOf, failureLine } from './failure.ts';
import { parseOptions } from './options.ts';
import { runSegment } from './run.ts';

const STORED_RECIPE = new URL('../../tests/fixtures/recipes/v1-online-retail.json', import.meta.url);

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'run-'));
	await mkdir(join(folder, 'a-folder'));
	const files = {
		'good.csv': makeOrders().csv,
		'empty.csv': '',
		'header.csv': `${MADE_HEADER.join()}\n`,
		'nodate.csv': 'customer,colour\nann,red\nbob,blue\nann,green\n',
		'other.csv': 'customer,date,total\nann,2024-01-01,5\nbob,2024-01-02,6\n',
		'broken.json': '{"format": ',
		'options.json': JSON.stringify(withBrokenOptions()),
		'newer.json': '{"format":"pomelo-recipe","version":99}',
		'cut.csv.gz': gzipSync(makeOrders().csv).subarray(0, -20),
		'stored.json': await readFile(STORED_RECIPE, 'utf8')
	};
	for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function withBrokenOptions(): unknown {
	const recipe = emptyRecipe('Broken');
	const clustering = { ...recipe.segment.clustering, method: 'dbscan', options: { eps: '<b>' } };
	return { ...recipe, segment: { ...recipe.segment, clustering } };
}

/** Runs the command in this process and gives how it failed. */
async function failureOf(args: readonly string[]): Promise<{ line: string; code: number }> {
	try {
		const options = parseOptions(args);
		if (options !== 'help') await runSegment(options, folder, () => undefined);
	} catch (thrown) {
		const error = toAppError(thrown);
		return { line: failureLine(error), code: exitCodeOf(error) };
	}
	throw new Error('the run succeeded');
}

describe('a run that cannot work', () => {
	it.each([
		[['good.csv', '--colour', 'red'], 2, ['--colour']],
		[['good.csv', 'good.csv'], 2, ['named twice']],
		[['good.csv', '--out', 'empty.csv'], 2, ['--out', 'it is a file. Run with']],
		[['good.csv', '--out', 'empty.csv/x'], 2, ['--out', 'a part of the path is a file. Run with']],
		[['good.csv', '--mapping', 'customer'], 2, ['--mapping is “customer”', 'customer=CustomerID,date=']],
		[['good.csv', '--seed', '-1'], 2, ['--seed is “-1”; a whole number from 0 is needed. Run with']],
		[['cut.csv.gz'], 1, ['cut.csv.gz cannot be read. It ends in the middle']],
		[['a-folder'], 1, ['a-folder', 'folder']],
		[['empty.csv'], 1, ['empty.csv is empty']],
		[['header.csv'], 1, ['no rows']],
		[['nodate.csv'], 1, ['no orders', '--mapping']],
		[['nodate.csv', '--mapping', 'customer=customer'], 1, ['date', 'customer, colour', '--mapping']],
		[['nodate.csv', '--mapping', 'date=colour'], 1, ['“colour”', 'no dates', '“blue”']],
		[['good.csv', '--mapping', 'client=CustomerID'], 2, ['“client”', 'customer, date']],
		[['good.csv', '--recipe', 'missing.json'], 1, ['missing.json', 'no such file']],
		[['good.csv', '--recipe', 'broken.json'], 1, ['not JSON']],
		[['good.csv', '--recipe', 'newer.json'], 1, ['version 99']],
		[['good.csv', '--recipe', 'stored.json'], 1, ['“Description”', ...MADE_HEADER]],
		[
			['good.csv', '--method', 'k-prototypes'],
			1,
			['“favourite_category” cannot be computed', 'It needs', 'category', '--categories']
		],
		[['good.csv', '--categories', 'region'], 2, ['kmeans compares numbers alone', '--method']],
		[
			['good.csv', '--recipe', 'options.json'],
			1,
			['segment.clustering.options.eps: expected number, found “<b>”', 'Correct what is named']
		],
		[['good.csv', '--as-of', '2001-01-01'], 1, ['before 2001-01-01', '--as-of']]
	])('%j says why in one line, with what was found and needed', async (args, code, words) => {
		const withOut = args.includes('--out') ? args : [...args, '--out', 'nothing'];
		const failure = await failureOf(withOut);
		expect(failure.line).toMatch(/^pomelo: [^\n]+$/);
		for (const word of words) expect(failure.line).toContain(word);
		expect(failure.code).toBe(code);
	});

	it('leaves no file behind', async () => {
		expect(await readdir(join(folder, 'nothing'))).toEqual([]);
	});
});

describe('a replayed recipe', () => {
	it('is matched to the files by their columns, whatever their order', async () => {
		const progress: string[] = [];
		const run = (...args: string[]): Promise<string> => {
			const options = parseOptions(args);
			if (options === 'help') throw new Error('help was not asked for');
			return runSegment(options, folder, (what) => progress.push(what));
		};
		await run('good.csv', 'other.csv', '--out', 'both');
		await run('other.csv', 'good.csv', '--recipe', 'both/recipe.json', '--out', 'turned');
		const read = (out: string): Promise<string> => readFile(join(folder, out, 'segments.csv'), 'utf8');
		expect(await read('turned')).toBe(await read('both'));
		expect(progress).toContain('Looking for natural segments');
	});

	it('says in words what is recommended, and in the report with every index', async () => {
		const options = parseOptions('good.csv --method stages --out stages'.split(' '));
		if (options === 'help') throw new Error('help was not asked for');
		const summary = await runSegment(options, folder, () => undefined);
		expect(summary).toContain('The method found the number of groups itself.');
		const recipe = parseRecipe(JSON.parse(await readFile(join(folder, 'stages/recipe.json'), 'utf8')));
		expect(recipe.segment.clustering).toMatchObject({ method: 'stages', categories: ['lifecycle_stage'] });
		const report = Report.parse(JSON.parse(await readFile(join(folder, 'stages/report.json'), 'utf8')));
		expect(report.clustering?.recommendation.reason).toBe('found');
	});

	it('is changed by the options beside it', async () => {
		const options = parseOptions(
			'good.csv --recipe both/recipe.json --clusters 5 --seed 9 --as-of 2025-01-15 --out changed'.split(' ')
		);
		if (options === 'help') throw new Error('help was not asked for');
		await runSegment(options, folder, () => undefined);
		const recipe = JSON.parse(await readFile(join(folder, 'changed/recipe.json'), 'utf8'));
		expect(recipe).toMatchObject({
			features: { asOf: '2025-01-15' },
			segment: { clustering: { clusterCount: 5, seed: 9, method: 'kmeans' } }
		});
	});

	it('keeps customers in while a rule of it that must hold does not', async () => {
		const recipe = JSON.parse(await readFile(join(folder, 'both/recipe.json'), 'utf8'));
		const [{ series }] = recipe.import.sources;
		const params = { least: null, most: 0, severity: 'block' };
		const rule = { id: 'r1', operation: 'rule_range', on: true, series, columns: ['UnitPrice'], params };
		recipe.clean.repairs = [rule];
		await writeFile(join(folder, 'blocking.json'), JSON.stringify(recipe));
		const failure = await failureOf('good.csv other.csv --recipe blocking.json --out blocked'.split(' '));
		expect(failure.code).toBe(1);
		expect(failure.line).toMatch(/held back by 1 rule of yours. “UnitPrice” is 0 or less: [\d,]+ rows/);
		const written = await readdir(join(folder, 'blocked'));
		// The script reads the copy of the file that is no plain UTF-8.
		const told = [
			'good.utf8.csv',
			'passports.json',
			'recipe.json',
			'recipe.sql',
			'report.json',
			'set_aside.csv'
		];
		expect(written.sort()).toEqual(told);
	});
});

describe('the steps of a stored recipe', () => {
	const run = (...args: string[]): Promise<string> => {
		const options = parseOptions(args);
		if (options === 'help') throw new Error('help was not asked for');
		return runSegment(options, folder, () => undefined);
	};

	it('run headless, also on a newer export of the list, and are told with their counts', async () => {
		const day = (i: number) => (i % 2 === 0 ? `${1 + (i % 9)}/3/2024` : `2024-03-${10 + (i % 20)}`);
		const lines = (first: number, last: number) =>
			Array.from({ length: last - first }, (_, i) => {
				const order = first + i;
				return `${order}, c${order % 7} ,${day(order)},${order % 10 === 0 ? '' : order}`;
			});
		const header = 'order_id,customer,date,amount';
		await writeFile(join(folder, 'march.csv'), [header, ...lines(100, 130), ''].join('\n'));
		await writeFile(join(folder, 'april.csv'), [header, ...lines(120, 160), ''].join('\n'));
		await run('march.csv', '--date-order', 'dmy', '--out', 'march');
		const stored = parseRecipe(JSON.parse(await readFile(join(folder, 'march/recipe.json'), 'utf8')));
		const step = (operation: string, columns: string[], params: Record<string, unknown>, on = true) => ({
			...{ operation, on, series: 's1', columns, params }
		});
		const recipe = addRepairs([
			step('trim_case', ['customer'], { case: 'upper', singleBlanks: true }),
			step('standardise_dates', ['date'], { from: 'dmy', form: 'iso date' }),
			step('rule_filled', ['amount'], { severity: 'set_aside' }),
			step('emails', ['customer'], { correctTypos: false }, false)
		])({
			...stored,
			// The step settles what nobody has to be asked any longer.
			import: {
				sources: stored.import.sources.map((source) => ({
					...source,
					reading: { ...source.reading, dateOrder: null }
				}))
			}
		});
		await writeFile(join(folder, 'steps.json'), JSON.stringify(recipe));
		const summary = await run(
			'march.csv',
			'--newer',
			'april.csv',
			'--recipe',
			'steps.json',
			'--out',
			'april'
		);
		expect(summary).toContain('4 steps of the clean-up');
		expect(summary).toContain('Trim “customer” in capitals: 70 rows changed');
		expect(summary).toContain('Write “date” as 2024-01-31, read day first: 35 rows changed');
		expect(summary).toMatch(/“amount”.*: 7 rows set aside/);
		expect(summary).toMatch(/“customer” as plain email addresses: switched off/);
		expect(summary).toMatch(/set aside by a step of the clean-up/);
		const segments = await readFile(join(folder, 'april/segments.csv'), 'utf8');
		expect(segments).toContain('\nC1,');
		const script = await readFile(join(folder, 'april/recipe.sql'), 'utf8');
		await expectSameRows(script, segments);
	});
});
