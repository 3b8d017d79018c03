import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, type FeatureTableName } from '#lib/pipeline/features/step.ts';
import { methodById } from './methods/index.ts';
import type { CategoryColumn } from './methods/method.ts';
import type { ClusteringParams } from './schema.ts';

/**
 * The text features that a clustering uses: none where its method compares numbers alone.
 * @throws `features.unavailable` when the files cannot tell one of them, `recipe.invalid` when the method lacks one
 */
export async function categoriesOf(
	engine: Engine,
	{ method: methodId, categories }: Pick<ClusteringParams, 'method' | 'categories'>,
	{ features }: Pick<FeatureResult, 'features'>,
	signal: AbortSignal
): Promise<readonly CategoryColumn[]> {
	const method = methodById(methodId);
	if (method.categories === 'none') return [];
	if (categories.length === 0) {
		throw new AppError('recipe.invalid', {
			issues: [`segment.clustering.categories: none found, “${method.id}” needs one text feature or more`]
		});
	}
	const lacking = categories.find(
		(feature) => !features.some((each) => each.id === feature && each.kind === 'text' && each.available)
	);
	if (lacking !== undefined) {
		const needs = features.find((each) => each.id === lacking)?.needs ?? [];
		throw new AppError('features.unavailable', { feature: lacking, needs });
	}
	return readCategories(engine, categories, signal);
}

/** Text features of a table of customers, in the order of `idx`; without a value a customer has “”. */
export async function readCategories(
	engine: Engine,
	features: readonly string[],
	signal: AbortSignal,
	table: FeatureTableName = CUSTOMERS
): Promise<CategoryColumn[]> {
	const columns: CategoryColumn[] = [];
	for (const feature of features) {
		const text = sql`coalesce(${id(feature)}::VARCHAR, '')`;
		// Spelled out: a column's number would be a constant inside a window.
		const order = sql`count(*) DESC, ${text}`;
		const found = await engine.rows<{ level: string }>(
			sql`SELECT ${text} AS level FROM ${id(...table)} GROUP BY 1 ORDER BY ${order}`,
			signal
		);
		const levels = found.map(({ level }) => level);
		const codes = await engine.columns(
			sql`WITH levels AS (
	SELECT ${text} AS level, (row_number() OVER (ORDER BY ${order}) - 1)::INTEGER AS code
	FROM ${id(...table)} GROUP BY 1
)
SELECT levels.code::INTEGER AS code
FROM ${id(...table)} AS people JOIN levels ON levels.level = coalesce(people.${id(feature)}::VARCHAR, '')
ORDER BY people.idx`,
			signal
		);
		columns.push({ feature, levels, codes: Int32Array.from(codes.get('code') as ArrayLike<number>) });
	}
	return columns;
}
