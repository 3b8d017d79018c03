import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { emptyRecipe, parseRecipe, RECIPE_VERSION } from './recipe.ts';

const FIXTURES = new URL('../../../tests/fixtures/recipes/', import.meta.url);
const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.json'));

function read(name: string): Record<string, unknown> {
	return JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')) as Record<string, unknown>;
}

function failureOf(input: unknown): AppError {
	try {
		parseRecipe(input);
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	throw new Error('the recipe was accepted');
}

describe('parseRecipe', () => {
	it.each(files)('reads %s', (name) => {
		expect(parseRecipe(read(name)).version).toBe(RECIPE_VERSION);
	});

	it('has a stored file of every version', () => {
		for (let version = 1; version <= RECIPE_VERSION; version += 1) {
			expect(files.some((name) => name.startsWith(`v${version}-`))).toBe(true);
		}
	});

	it('keeps a recipe of today as it is', () => {
		const recipe = parseRecipe(read('v1-online-retail.json'));
		expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
		expect(parseRecipe(emptyRecipe('New'))).toEqual(emptyRecipe('New'));
	});

	it('keeps steps, merges and queries of version 4, and gives older recipes none', () => {
		const { clean, queries } = parseRecipe(read('v4-steps-and-queries.json'));
		expect(clean.repairs.map(({ id, operation, on }) => [id, operation, on])).toEqual([
			['r1', 'trim_case', true],
			['r2', 'standardise_dates', true],
			['r3', 'emails', false]
		]);
		expect([clean.identity.merges.length, clean.identity.apart.length, queries.length]).toEqual([1, 1, 1]);
		const older = parseRecipe(read('v3-identity-and-series.json'));
		expect([older.clean.repairs, older.clean.identity.merges, older.queries]).toEqual([[], [], []]);
		expect(older.clean.identity.cuts).toHaveLength(1);
	});

	it('keeps groups and scales of version 5, and reads the scores of older recipes as the scheme they were', () => {
		const { features, segment } = parseRecipe(read('v5-groups-and-scales.json'));
		expect(features).toMatchObject({ margin: 0.4, behaviour: { halfLifeDays: 14, weights: { cart: 5 } } });
		expect(segment.rfm.groups?.map(({ id, cells }) => [id, cells.length])).toEqual([
			['gone', 10],
			['here', 15]
		]);
		expect(segment.clustering).toMatchObject({ scaler: { centers: [40, 2] }, componentShare: 0.9 });
		const byRank = parseRecipe(read('v4-steps-and-queries.json'));
		expect(byRank.segment.rfm).toEqual({ scheme: 'ntile', cutPoints: null, groups: null });
		expect(parseRecipe(read('v1-online-retail.json')).segment.rfm.scheme).toBe('quintiles');
	});

	it('keeps segments, carts and journeys of version 6, and gives older recipes the usual ones', () => {
		const { own, carts, journeys } = parseRecipe(read('v6-own-segments.json')).segment;
		expect(own.segments.map(({ id, kind }) => [id, kind])).toEqual([
			['g1', 'rule'],
			['g2', 'list'],
			['g3', 'sql']
		]);
		expect(own).toMatchObject({
			looks: { 'own:g1': { color: 2, note: 'Ask before sending' } },
			priority: ['own:g1', 'group:gone'],
			guard: { floor: 100, overrides: { 'own:g1': 'A pilot with sixty people' } }
		});
		expect([carts.delayMinutes, carts.valueCuts, journeys.omniChannels]).toEqual([45, [50], 3]);
		const older = parseRecipe(read('v5-groups-and-scales.json')).segment;
		const { own: none, carts: usual, journeys: paths } = emptyRecipe('New').segment;
		expect([older.own, older.carts, older.journeys]).toEqual([none, usual, paths]);
	});

	it('keeps the method and the checks of version 7, and gives older recipes the usual ones', () => {
		const { segment, validate } = parseRecipe(read('v7-proof.json'));
		expect(segment.clustering).toMatchObject({
			method: 'mixture',
			options: { covariance: 'diag' },
			categories: ['favourite_category']
		});
		expect(segment.own.segments[0]).toMatchObject({ of: { segment: 'cluster:4:0', fidelity: 0.91 } });
		expect(validate).toMatchObject({
			audits: [{ seed: 7, verdicts: ['fits', 'does-not-fit', 'unsure', null] }],
			testing: { baselineRate: 0.02, alpha: 0.1, power: 0.9, holdoutShare: 0.1 },
			fairnessFeatures: ['gender'],
			plans: { 'cluster:4:0': 'Thank them first' }
		});
		const older = parseRecipe(read('v6-own-segments.json'));
		expect(older.validate).toEqual(emptyRecipe('New').validate);
		expect(older.segment.clustering).toMatchObject({ method: 'kmeans', options: {}, categories: [] });
		expect(older.segment.own.segments[0]).toMatchObject({ kind: 'rule', of: null });
	});

	it('refuses own segments that nobody could have made', () => {
		const recipe = read('v6-own-segments.json') as { segment: { own: Record<string, unknown> } };
		const withOwn = (own: Record<string, unknown>) => ({
			...recipe,
			segment: { ...recipe.segment, own: { ...recipe.segment.own, ...own } }
		});
		const list = { kind: 'list', id: 'g1', name: 'A', members: [], origin: '' };
		expect(parseRecipe(withOwn({ segments: [list] })).segment.own.segments).toEqual([list]);
		for (const wrong of [
			{ segments: [{ ...list, members: ['anna@example.org'] }] },
			{ segments: [{ ...list, id: 'x1' }] },
			{ segments: [{ ...list, kind: 'other' }] },
			{ priority: ['everyone'] },
			{ guard: { floor: -1, activeDays: 1, mostSegments: 1, overrides: {} } }
		]) {
			expect(failureOf(withOwn(wrong)).code).toBe('recipe.invalid');
		}
	});

	it('refuses a newer version, naming both', () => {
		const error = failureOf({ ...read('v1-online-retail.json'), version: RECIPE_VERSION + 1 });
		expect(error.code).toBe('recipe.too-new');
		expect(error.details).toEqual({ found: RECIPE_VERSION + 1, supported: RECIPE_VERSION });
	});

	it.each([
		['no object', 5],
		['null', null],
		['another format', { format: 'other', version: 1 }],
		['no version', { format: 'pomelo-recipe' }],
		['version 0', { format: 'pomelo-recipe', version: 0 }]
	])('refuses %s', (_, input) => {
		expect(failureOf(input).code).toBe('recipe.invalid');
	});

	it('names the places that are wrong, at most five', () => {
		const broken = {
			...read('v1-online-retail.json'),
			features: { asOf: '31/08/2011' },
			segment: { rfm: { method: 'thirds' }, clustering: {}, names: {} }
		};
		const error = failureOf(broken) as AppError<'recipe.invalid'>;
		expect(error.code).toBe('recipe.invalid');
		expect(error.details.issues).toHaveLength(5);
		expect(error.details.issues[0]).toBe('features.asOf: Invalid ISO date, found “31/08/2011”');
	});

	const withClustering = (clustering: Record<string, unknown>) => {
		const empty = emptyRecipe('New');
		return {
			...empty,
			segment: { ...empty.segment, clustering: { ...empty.segment.clustering, ...clustering } }
		};
	};

	it.each([
		['dbscan', { eps: '<b>' }, 'eps: expected number, found “<b>”'],
		['dbscan', { eps: -1 }, 'eps: expected number to be >0, found -1'],
		['hdbscan', { minPoints: 2.5 }, 'minPoints: expected int, found 2.5'],
		[
			'mixture',
			{ covariance: ['x'.repeat(50)] },
			`covariance: expected one of "full"|"tied"|"diag"|"spherical", found ["${'x'.repeat(38)}…`
		]
	])('refuses options that %s cannot take: %j', (method, options, words) => {
		const error = failureOf(withClustering({ method, options })) as AppError<'recipe.invalid'>;
		expect(error.code).toBe('recipe.invalid');
		expect(error.details.issues).toEqual([`segment.clustering.options.${words}`]);
	});

	it('refuses a method that is unknown', () => {
		const error = failureOf(withClustering({ method: 'magic' })) as AppError<'recipe.invalid'>;
		expect(error.details.issues).toEqual([
			expect.stringMatching(/^segment\.clustering\.method: “magic” is none of kmeans, /)
		]);
	});

	it('keeps options of every method, and features that are named twice once', () => {
		const { clustering } = parseRecipe(
			withClustering({
				options: { unheardOf: 1 },
				features: ['recency_days', 'frequency', 'recency_days'],
				categories: Array.from({ length: 6 }, () => 'region')
			})
		).segment;
		expect(clustering).toMatchObject({
			options: { unheardOf: 1 },
			features: ['recency_days', 'frequency'],
			categories: ['region']
		});
	});
});
