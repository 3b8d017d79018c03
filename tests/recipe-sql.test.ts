import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { SCALINGS } from '#lib/pipeline/segment/schema.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';
import { describeEngines } from './support/engines.ts';
import { makeOrders } from './support/made-orders.ts';
import { expectSameRows, runScript } from './support/recipe-script.ts';
import { runScripted, type ScriptedRun } from './support/scripted-recipe.ts';
import type { LoadOptions } from '#lib/pipeline/import/load.ts';
import { preparedFileName } from '#lib/pipeline/export/recipe-sql.ts';

const FIXTURES = resolve(import.meta.dirname, 'fixtures');

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'script-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a recipe on a file, and on further files beside it, and gives its script and its `segments.csv`. */
function runRecipe(
	engine: Engine,
	path: string,
	change?: (recipe: Recipe) => Recipe,
	name?: string,
	further: readonly string[] = [],
	options?: LoadOptions
): Promise<ScriptedRun> {
	const files = { paths: [path, ...further], ...(name && { name }), ...(options && { options }) };
	return runScripted(engine, files, change);
}

function withClustering(changes: Partial<Recipe['segment']['clustering']>): (recipe: Recipe) => Recipe {
	return (recipe) => ({
		...recipe,
		segment: { ...recipe.segment, clustering: { ...recipe.segment.clustering, ...changes } }
	});
}

describeEngines('the script of a recipe', (engine) => {
	let path: string;
	beforeAll(async () => {
		path = join(folder, 'made.csv');
		await writeFile(path, makeOrders().csv);
	});

	it('gives the rows of segments.csv in plain DuckDB', async () => {
		const { script, segments } = await runRecipe(engine(), path);
		await expectSameRows(script, segments);
		expect(script).toContain('Left out of it as unreadable: 1 records.');
	});

	it.each([
		['unscaled features and more of them', { scaling: 'none', features: ['frequency', 'items_per_order'] }],
		['a standard scale and a given number', { scaling: 'standard', clusterCount: 5 }]
	] as const)('does so with %s', async (_, changes) => {
		const change = withClustering({
			...changes,
			features: [...('features' in changes ? changes.features : [])]
		});
		const { script, segments } = await runRecipe(engine(), path, change);
		await expectSameRows(script, segments);
	});

	const kinds = SCALINGS.map((scaling, i) => ({ scaling, componentShare: i % 2 === 0 ? 0.8 : null }));
	it.each([...kinds, { scaling: 'log1p-standard', componentShare: null } as const])(
		'does so on a scale and on components: %o',
		async (changes) => {
			const features = ['frequency', 'recency_days', 'tenure_days', 'lines_per_order'];
			const positive =
				changes.scaling === 'box-cox' ? features.filter((id) => id !== 'tenure_days') : features;
			const change = withClustering({ ...changes, features: positive, clusterCount: 4 });
			const { script, segments, values } = await runRecipe(engine(), path, change);
			expect(values.clustering.result.scaler.scaling).toBe(changes.scaling);
			await expectSameRows(script, segments);
		}
	);

	it('does so with fifths by rank, credit notes netted, an earlier day and a given name', async () => {
		const { script, segments } = await runRecipe(engine(), path, (recipe) => ({
			...recipe,
			clean: { ...recipe.clean, operations: { net_returns: true, exact_duplicate: true } },
			features: { ...DEFAULT_FEATURES, asOf: '2024-11-01' },
			segment: {
				...withClustering({ clusterCount: 3 })(recipe).segment,
				rfm: { scheme: 'ntile', cutPoints: null, groups: null },
				names: { '3:0': "It's; -- mine" }
			}
		}));
		await expectSameRows(script, segments);
		expect(segments).toContain("It's; -- mine");
	});

	it('does so for a big file, of which the engine has only columns with a role', async () => {
		const change = (recipe: Recipe): Recipe => ({
			...recipe,
			clean: { ...recipe.clean, operations: { exact_duplicate: true } }
		});
		const big = { plainBytes: 0, pieceBytes: 2_000 };
		const { script, segments } = await runRecipe(engine(), path, change, 'orders.csv', [], big);
		await expectSameRows(script, segments);
		expect(script).not.toContain('row_hash');
	});

	it('has the tables of other files, the time zone, the currency and the days as well', async () => {
		const orders = join(folder, 'euros.csv');
		const lines = Array.from({ length: 40 }, (_, i) => {
			const [day, hour] = [String(1 + (i % 28)).padStart(2, '0'), String(i % 24).padStart(2, '0')];
			return `${i},c${i % 12},2024-03-${day}T${hour}:30:00Z,${10 + i} ${i % 5 === 0 ? 'USD' : 'EUR'},Gift card`;
		});
		await writeFile(orders, ['id,customer_id,order_date,amount,product', ...lines, ''].join('\n'));
		const people = join(folder, 'people.csv');
		await writeFile(people, 'customer_id,email,consent\nc1,A@b.c,yes\nc2,d@e.f,no\n,,\n');
		const change = (recipe: Recipe): Recipe => ({
			...recipe,
			import: {
				sources: recipe.import.sources.map((source, i) =>
					i === 0
						? {
								...source,
								mapping: { order_id: 'id', customer: 'customer_id', date: 'order_date', amount: 'amount' }
							}
						: {
								...source,
								kind: 'customers',
								mapping: { customer: 'customer_id', email: 'email', email_consent: 'consent' }
							}
				)
			},
			clean: {
				...recipe.clean,
				dates: { from: '2024-03-03', to: null },
				settings: { ...recipe.clean.settings, currency: 'EUR', timeZone: 'America/New_York' }
			}
		});
		const { script, segments } = await runRecipe(engine(), orders, change, 'orders.csv', [people]);
		await expectSameRows(script, segments);
		// A script gives the rows of its first query, so the one at its end makes room for another.
		const tables = script.slice(0, script.lastIndexOf('SELECT segments.*'));
		const profiles = await runScript(
			`${tables} SELECT customer_id, email, email_consent FROM clean.profiles ORDER BY row;`
		);
		expect(profiles.rows).toEqual([
			['c1', 'a@b.c', 'subscribed'],
			['c2', 'd@e.f', 'unsubscribed']
		]);
		const records = await runScript(`${tables} SELECT source, row, reason FROM clean.records ORDER BY row;`);
		expect(records.rows).toEqual([['s2', 3, 'missing_customer']]);
	});

	it('keeps odd names of files and columns in comments and literals', async () => {
		const odd = join(folder, "it's; DROP.csv");
		const rows = Array.from({ length: 30 }, (_, i) => `c${i % 15},2024-01-${10 + (i % 20)},${i}`);
		await writeFile(odd, ['"customer\n; SELECT 1; --","date","total; DROP"', ...rows, ''].join('\n'));
		const change = (recipe: Recipe): Recipe => {
			const sources = recipe.import.sources.map((source) => {
				const [customer = '', date = '', amount = ''] = source.columns;
				return { ...source, mapping: { customer, date, amount } };
			});
			return { ...recipe, name: 'two\nlines', import: { sources } };
		};
		const { script, segments } = await runRecipe(engine(), odd, change, 'a\nb.csv');
		await expectSameRows(script, segments);
		expect(script).toContain('-- Recipe: two lines\n');
	});
});

describe('the script of a recipe for an export of a shop', () => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await openNativeEngine();
	});
	afterAll(() => engine.close());

	it.each([
		'shopify/orders.csv',
		'stripe/payments.csv',
		'square/items.csv',
		'cdnow/sample.txt',
		'online_retail/orders.csv.gz'
	])(
		'gives the rows of segments.csv for %s',
		async (name) => {
			const { script, segments } = await runRecipe(engine, join(FIXTURES, name));
			await expectSameRows(script, segments);
		},
		120_000
	);

	it('makes the features that are compared, also those that are found in the data', async () => {
		const features = [
			...['frequency', 'orders_last_90_days', 'distinct_products', 'overdue_ratio'],
			...['preferred_weekday_share', 'premium_share', 'product_index_regency_cakestand_3_tier']
		];
		const path = join(FIXTURES, 'online_retail/orders.csv.gz');
		const change = withClustering({ features, clusterCount: 3, initCount: 1 });
		const { script, segments, values } = await runRecipe(engine, path, change);
		expect(values.clustering.result.features).toEqual(features);
		await expectSameRows(script, segments);
	}, 120_000);
});

describe('preparedFileName', () => {
	it.each([
		['orders.csv', 'orders.utf8.csv'],
		['orders.csv.gz', 'orders.utf8.csv'],
		['Orders 1.2.TXT', 'Orders 1.2.utf8.csv'],
		['orders', 'orders.utf8.csv']
	])('%s becomes %s', (name, expected) => {
		expect(preparedFileName(name)).toBe(expected);
	});
});
