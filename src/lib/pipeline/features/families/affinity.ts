import type { Engine } from '#lib/engine/engine.ts';
import { as, id, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureBase, FeatureScope } from '../bases/base.ts';
import { categories } from '../bases/categories.ts';
import { lines } from '../bases/lines.ts';
import { products } from '../bases/products.ts';
import type { FeatureDefinition } from '../definitions/definition.ts';
import { slugsOf, type Named } from './slug.ts';

/** So many with most money are looked at; an id that a recipe names is found among them. */
const MOST_VALUES = 1000;
/** Longer names are cut in labels. */
const MOST_LETTERS = 40;

/** What customers can have a liking for. */
interface Liking {
	readonly what: 'category' | 'product';
	/** One row per customer and value, with `money`. */
	readonly base: FeatureBase;
	readonly column: 'category' | 'item';
	readonly ofAll: string;
}

const LIKINGS: readonly Liking[] = [
	{ what: 'category', base: categories, column: 'category', ofAll: 'all lines with a category' },
	{ what: 'product', base: products, column: 'item', ofAll: 'all lines with a product' }
];

/** A category or product, and the share of everybody's money that went to it. */
interface FoundValue extends Named {
	readonly what: Liking['what'];
	readonly share: number;
}

/** True for the id of such a feature, found in the data or not. */
export function isAffinity(feature: string): boolean {
	return /^(category|product)_(share|index)_/.test(feature);
}

/**
 * For the categories and the products with most money before the as-of day, and those that ids in `kept` name: the share of the
 * customer's money that went there, and that share against everybody's. None where there are fewer than two.
 */
export async function affinities(
	engine: Engine,
	scope: FeatureScope,
	kept: readonly string[],
	signal: AbortSignal
): Promise<FeatureDefinition[]> {
	const found = await engine.rows<FoundValue>(mostBought(scope), signal);
	return LIKINGS.flatMap((liking) => {
		const values = found.filter(({ what }) => what === liking.what);
		if (values.length < 2) return [];
		const slugs = slugsOf(values);
		const named = values.flatMap((value, place) => {
			const slug = slugs.get(value.value);
			if (slug === undefined) return [];
			const ids = [`${liking.what}_share_${slug}`, `${liking.what}_index_${slug}`] as const;
			return place < scope.params.affinityCount || ids.some((each) => kept.includes(each))
				? [{ value, ids }]
				: [];
		});
		return [
			...named.map(({ value, ids: [shareId] }) => shareOf(liking, value, shareId)),
			...named.map(({ value, ids: [shareId, indexId] }) => indexOf(liking, value, shareId, indexId))
		];
	});
}

function shareOf(
	{ what, base, column, ofAll }: Liking,
	{ value, name }: FoundValue,
	share: string
): FeatureDefinition {
	const called = shortName(name);
	return {
		id: share,
		label: `${titleOf(what)} ${called}: share`,
		family: 'products',
		unit: 'share',
		kind: 'number',
		meaning: `How much of the customer’s money went to the ${what} ${called}.`,
		formula: `money of lines of the ${what} ${called} ÷ money of ${ofAll}`,
		needs: [],
		complete: true,
		base,
		absent: 0,
		sql: () => sql`coalesce(sum(money) FILTER (WHERE ${id(column)} = ${value}) / nullif(sum(money), 0), 0)`
	};
}

function indexOf(
	{ what }: Liking,
	{ name, share: everybody }: FoundValue,
	share: string,
	index: string
): FeatureDefinition {
	const called = shortName(name);
	return {
		id: index,
		label: `${titleOf(what)} ${called}: against everybody`,
		family: 'products',
		unit: 'index',
		kind: 'number',
		meaning: `How much more of the money than usual went to the ${what} ${called}: 1 is as with everybody, 2 is twice as much.`,
		formula: `share of the ${what} ${called} ÷ its share of everybody’s money (${(100 * everybody).toFixed(1)} %)`,
		needs: [],
		complete: true,
		base: null,
		uses: [share],
		absent: null,
		sql: () => sql`${id(share)} / ${everybody}`
	};
}

/** Categories and products with most money, of equal ones in the order of their names. One row each. */
function mostBought(scope: FeatureScope): Sql {
	const ofCategories = sql`SELECT category AS value, category AS name, sum(money) AS money FROM sold GROUP BY category`;
	const named = sql`SELECT item AS value, name, sum(money) AS money FROM sold GROUP BY item, name`;
	const ofProducts = sql`SELECT value, max({'money': money, 'name': name}).name AS name, sum(money) AS money FROM (${named}) GROUP BY value`;
	return sql`
		WITH sold AS (
			SELECT category, item, name, sum(money) AS money FROM (${lines.sql(scope)}) GROUP BY category, item, name
		)
		SELECT * FROM (${ranked('category', ofCategories)} UNION ALL ${ranked('product', ofProducts)})
		ORDER BY what, share DESC, value`;
}

function ranked(what: Liking['what'], totals: Sql): Sql {
	return sql`(
			SELECT ${as(sql`${what}::VARCHAR`, 'what')}, value::VARCHAR AS value, name::VARCHAR AS name,
				(money::DOUBLE / (sum(money) OVER ())::DOUBLE)::DOUBLE AS share
			FROM (${totals}) WHERE money > 0 AND NOT contains(value, chr(0))
			ORDER BY money DESC, value LIMIT ${MOST_VALUES}
		)`;
}

function titleOf(what: Liking['what']): string {
	return what === 'category' ? 'Category' : 'Product';
}

/** On one line, and not too long for a label. */
function shortName(name: string): string {
	const line = name.replace(/[\p{C}\s]+/gu, ' ').trim();
	const letters = [...line];
	return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : line;
}
