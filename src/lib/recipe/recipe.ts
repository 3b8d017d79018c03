import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { CleanParams, DEFAULT_CLEAN } from '#lib/pipeline/clean/schema.ts';
import { DEFAULT_FEATURES, FeatureParams } from '#lib/pipeline/features/schema.ts';
import { ImportParams } from '#lib/pipeline/import/schema.ts';
import { SavedQuery } from '#lib/pipeline/queries/schema.ts';
import { methodById } from '#lib/pipeline/segment/methods/index.ts';
import { requireRfm } from '#lib/pipeline/segment/rfm/group-table.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import { DEFAULT_JOURNEYS } from '#lib/pipeline/segment/journeys/schema.ts';
import { DEFAULT_OWN } from '#lib/pipeline/segment/own/schema.ts';
import { SegmentParams, type ClusteringParams } from '#lib/pipeline/segment/schema.ts';
import { DEFAULT_VALIDATE, ValidateParams } from '#lib/pipeline/validate/schema.ts';
import { migrations } from './migrations.ts';

/** The version that is written today. It follows from the migrations and cannot be forgotten. */
export const RECIPE_VERSION = migrations.length + 1;

/** What to do, and no data: it rebuilds every table and every label from the same files. */
export const Recipe = z.object({
	format: z.literal('pomelo-recipe'),
	version: z.literal(RECIPE_VERSION),
	name: z.string().min(1).max(120),
	import: ImportParams,
	clean: CleanParams,
	/** Queries that were saved as tables, features or segments, in the order in which they may read each other. */
	queries: z.array(SavedQuery),
	features: FeatureParams,
	segment: SegmentParams,
	validate: ValidateParams
});
export type Recipe = z.infer<typeof Recipe>;

/** A recipe without sources and with every default. */
export function emptyRecipe(name: string): Recipe {
	return {
		format: 'pomelo-recipe',
		version: RECIPE_VERSION,
		name,
		import: { sources: [] },
		clean: DEFAULT_CLEAN,
		queries: [],
		features: DEFAULT_FEATURES,
		segment: {
			rfm: { scheme: 'quintiles', cutPoints: null, groups: null },
			clustering: {
				method: 'kmeans',
				options: {},
				features: [],
				categories: [],
				scaling: 'log1p-standard',
				scaler: null,
				componentShare: null,
				clusterCount: 'auto',
				seed: 1,
				initCount: 10
			},
			names: {},
			own: DEFAULT_OWN,
			carts: DEFAULT_CARTS,
			journeys: DEFAULT_JOURNEYS
		},
		validate: DEFAULT_VALIDATE
	};
}

/**
 * Reads a recipe of any version that was ever written.
 * @throws `recipe.too-new`, `recipe.invalid`, `rfm.groups-invalid`, `rfm.lines-invalid`
 */
export function parseRecipe(input: unknown): Recipe {
	const head = z.object({ format: z.literal('pomelo-recipe'), version: z.int().min(1) }).safeParse(input);
	if (!head.success) throw invalid(head.error, input);
	if (head.data.version > RECIPE_VERSION) {
		throw new AppError('recipe.too-new', { found: head.data.version, supported: RECIPE_VERSION });
	}
	const current = migrations
		.slice(head.data.version - 1)
		.reduce<unknown>((old, migrate) => migrate(old), input);
	const parsed = Recipe.safeParse(current);
	if (!parsed.success) throw invalid(parsed.error, current);
	requireRfm(parsed.data.segment.rfm);
	requireMethod(parsed.data.segment.clustering);
	return parsed.data;
}

/** @throws `recipe.invalid` for a method that is unknown, and for options that it cannot take */
function requireMethod({ method, options }: ClusteringParams): void {
	const parsed = methodById(method).params.safeParse(options);
	if (!parsed.success) throw invalid(parsed.error, options, ['segment', 'clustering', 'options']);
}

/** @param under where in the recipe the input is */
function invalid(
	error: z.ZodError,
	input: unknown,
	under: readonly string[] = []
): AppError<'recipe.invalid'> {
	const issues = error.issues.slice(0, 5).map(({ path, message }) => {
		const place = [...under, ...path].join('.') || 'recipe';
		return `${place}: ${wantedWords(message)}, found ${foundWords(valueAt(input, path))}`;
	});
	return new AppError('recipe.invalid', { issues });
}

/** “Invalid input: expected number, received string” without what stands around “expected number”. */
function wantedWords(message: string): string {
	return message.replace(/^[A-Z][a-z ]+: (?=expected)/, '').replace(/, received \w+$/, '');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

/** What is longer is cut: the place is told beside it. */
const MOST_SHOWN = 40;

function foundWords(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
	return typeof value === 'string' ? `“${shown}”` : shown;
}
