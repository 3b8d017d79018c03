import { resolve } from 'node:path';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { REPAIR_OPERATIONS } from '#lib/pipeline/clean/repairs/operations/index.ts';
import { makeSampleShop } from '#lib/pipeline/import/sample-shop/index.ts';
import { addRepairs } from '#lib/recipe/clean-edits.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';
import { openBlockingEngine } from './support/engines.ts';
import { expectSameRows } from './support/recipe-script.ts';
import { runScripted, type ScriptedRun } from './support/scripted-recipe.ts';
import { afterScript, askEngine, tableHashes } from './support/table-hashes.ts';

const LONG_MS = 120_000;
const FIXTURES = resolve(import.meta.dirname, 'fixtures');

/** Every table that a script makes. Records that could not be read are no part of it: a script holds no data. */
const TABLES = [
	...[
		'rows',
		'orders',
		'customers',
		'order_lines',
		'order_details',
		'profiles',
		'events',
		'sends',
		'campaigns',
		'answers',
		'places'
	],
	...['superseded', 'accounts', 'account_sources', 'keys', 'links']
].map((table) => ['clean', table] as const);

/** The number of segments is not what is tested here. */
function withFewClusters(recipe: Recipe): Recipe {
	const clustering = { ...recipe.segment.clustering, clusterCount: 3, initCount: 1 };
	return { ...recipe, segment: { ...recipe.segment, clustering } };
}

/** Steps on what the columns mean: blanks taken off, dates in one form, rows without a customer or day set aside. */
function withSteps(recipe: Recipe): Recipe {
	const steps = recipe.import.sources
		.filter(({ id, series, kind }) => id === series && kind !== 'report')
		.flatMap(({ series, mapping, columns }) => {
			const step = (
				operation: string,
				names: readonly (string | undefined)[],
				params: Record<string, unknown>
			) => {
				const named = names.filter((name) => name !== undefined);
				return named.length === 0 ? [] : [{ operation, on: true, series, columns: named, params }];
			};
			return [
				...step('trim_case', columns.slice(0, 3), { case: 'as_written', singleBlanks: true }),
				...step('trim_case', [mapping.country ?? mapping.product], { case: 'upper', singleBlanks: true }),
				...step('standardise_dates', [mapping.date], { from: 'auto', form: 'iso date and time' }),
				...step('emails', [mapping.email], { correctTypos: true }),
				...step('rule_filled', [mapping.customer ?? mapping.email], { severity: 'set_aside' })
			];
		});
	return addRepairs(steps)(withFewClusters(recipe));
}

/** Says that native DuckDB makes the same tables from the script of a run. */
async function expectSameTables(engine: Engine, { script, recipe, segments }: ScriptedRun): Promise<void> {
	const sources = recipe.import.sources
		.filter(({ kind }) => kind !== 'report')
		.map(({ id }) => ['clean', `source_${id}`] as const);
	const tables = [...TABLES, ...sources];
	const here = await tableHashes(askEngine(engine), [...tables, ['features', 'customers']]);
	const there = await afterScript(script, (ask) => tableHashes(ask, [...tables, ['features', 'customers']]));
	expect(there).toEqual(here);
	await expectSameRows(script, segments);
}

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'hashes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tables of a recipe and those of its script', () => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await openBlockingEngine();
	}, 90_000);
	afterAll(() => engine.close());

	it.each([
		...['shopify/orders.csv', 'woocommerce/orders.csv', 'stripe/payments.csv', 'square/items.csv'],
		...['square/transactions.csv', 'paypal/activity_full.csv', 'adyen/settlement_shoppers.csv'],
		...['bigcommerce/orders.csv', 'magento/orders.csv', 'cdnow/sample.txt']
	])(
		'are the same for %s',
		async (name) => {
			const run = await runScripted(engine, { paths: [join(FIXTURES, name)] }, withSteps);
			expect(run.values.clean.repairs.some(({ state }) => state === 'done')).toBe(true);
			await expectSameTables(engine, run);
		},
		LONG_MS
	);

	it(
		'are the same for amazon/transactions.csv, which names no customers but their postcodes',
		async () => {
			const change = (recipe: Recipe): Recipe => {
				const sources = recipe.import.sources.map((source) => ({
					...source,
					mapping: { ...source.mapping, customer: 'order postal' }
				}));
				return withSteps({ ...recipe, import: { sources } });
			};
			const paths = [join(FIXTURES, 'amazon/transactions.csv')];
			await expectSameTables(engine, await runScripted(engine, { paths }, change));
		},
		LONG_MS
	);

	it(
		'are the same with a step of every operation',
		async () => {
			const path = join(folder, 'made.csv');
			await writeFile(path, madeCsv());
			const repairs = REPAIR_OPERATIONS.map(({ id, defaults }) => {
				const made = STEPS[id];
				if (!made) throw new Error(`no step for ${id}`);
				const params = { ...(defaults as object), ...made.params };
				return { operation: id, on: true, series: 's1', columns: [...made.columns], params };
			});
			const run = await runScripted(engine, { paths: [path] }, (recipe) =>
				addRepairs(repairs)(withFewClusters(recipe))
			);
			expect(run.values.clean.repairs.map(({ id, state }) => [id, state])).toEqual(
				repairs.map((_, i) => [`r${i + 1}`, 'done'])
			);
			await expectSameTables(engine, run);
		},
		LONG_MS
	);
});

describe('the tables of a big recipe and those of its script', () => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await openNativeEngine();
	});
	afterAll(() => engine.close());

	it(
		'are the same for online_retail/orders.csv.gz',
		async () => {
			const paths = [join(FIXTURES, 'online_retail/orders.csv.gz')];
			await expectSameTables(engine, await runScripted(engine, { paths }, withSteps));
		},
		LONG_MS
	);

	it(
		'are the same for every file of the sample shop',
		async () => {
			const paths = await Promise.all(
				makeSampleShop().files.map(async ({ name, blob }) => {
					const path = join(folder, name);
					await writeFile(path, blob.stream());
					return path;
				})
			);
			await expectSameTables(engine, await runScripted(engine, { paths }, withSteps));
		},
		LONG_MS
	);
});

/** What each operation works on in `madeCsv`, and what it needs besides its defaults. */
const STEPS: Readonly<Record<string, { readonly columns: readonly string[]; readonly params?: object }>> = {
	trim_case: { columns: ['city'], params: { case: 'title' } },
	standardise_dates: { columns: ['date'] },
	phones: { columns: ['phone'], params: { country: 'AT' } },
	emails: { columns: ['email'], params: { correctTypos: true } },
	convert_currency: { columns: ['fee'], params: { rates: { USD: 0.9 }, to: 'EUR' } },
	convert_units: { columns: ['weight'] },
	place_names: { columns: ['country'] },
	harmonise_labels: { columns: ['city'], params: { dictionary: { Wien: 'Vienna' } } },
	impute: { columns: ['score'] },
	impute_knn: { columns: ['points', 'age'] },
	winsorise: { columns: ['score'], params: { lower: 0.1, upper: 0.9 } },
	transform: { columns: ['points'] },
	flag_outliers: { columns: ['age'] },
	rule_email: { columns: ['email'] },
	rule_age: { columns: ['age'], params: { severity: 'set_aside' } },
	rule_not_future: { columns: ['date'], params: { latest: '2024-02-20' } },
	rule_range: { columns: ['score'], params: { least: 0, most: 50 } },
	rule_filled: { columns: ['phone'], params: { severity: 'block' } },
	rule_one_of: { columns: ['country'], params: { values: ['Austria', 'France'] } },
	rule_unique: { columns: ['order_id'] },
	rule_pattern: { columns: ['city'], params: { pattern: '[A-Z].*' } },
	custom_rule: { columns: ['score'], params: { condition: '"score" IS NOT NULL', severity: 'set_aside' } },
	drop_duplicates: { columns: ['order_id'] }
};

/** Sixty orders of twelve people, with something wrong in every column. */
function madeCsv(): string {
	const cities = ['Wien', ' vienna ', 'PARIS', 'Graz', ''];
	const countries = ['AT', 'Austria', 'france', 'FR'];
	const lines = Array.from({ length: 60 }, (_, i) => [
		...[
			`${1000 + i - (i % 20 === 19 ? 1 : 0)}`,
			`c${i % 12}`,
			`${1 + (i % 28)}/${1 + (i % 3)}/2024`,
			`${10 + (i % 7)}.5`
		],
		...[
			cities[i % 5],
			countries[i % 4],
			`${i % 3 === 0 ? 'USD ' : ''}${i}.25`,
			i % 4 === 0 ? `${i + 1} lb` : `${i + 1} kg`
		],
		...[i % 9 === 0 ? 'nobody' : ` P${i % 12}@gmial.com`, i % 6 === 0 ? '' : `0664 12345${10 + i}`],
		...[
			i % 8 === 0 ? '' : `${(i * 37) % 61}`,
			i % 11 === 0 ? '' : `${(i * 13) % 47}`,
			i === 7 ? '240' : `${18 + (i % 40)}`
		]
	]);
	const header = 'order_id,customer,date,amount,city,country,fee,weight,email,phone,score,points,age';
	return [header, ...lines.map((line) => line.join()), ''].join('\n');
}
