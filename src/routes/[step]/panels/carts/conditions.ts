import type { CartBoardResult, CartFilter } from '#lib/pipeline/segment/carts/result.ts';
import type { Condition, NumberTest, TextTest } from '#lib/pipeline/segment/rules/schema.ts';
import type { RfmResult } from '#lib/pipeline/segment/schema.ts';

/** The rule that says what a filter of carts says, of customers. */
export function conditionsOf(
	{ bands, stages, tierBy }: CartBoardResult,
	filter: CartFilter,
	groups: RfmResult['table']
): Condition[] {
	const asked = filter.stages.length > 0 ? [...filter.stages] : stages.map(({ id }) => id);
	const category: TextTest | null =
		filter.category === null
			? null
			: filter.category === ''
				? { op: 'unknown' }
				: { op: 'is', values: [filter.category] };
	const cart = (value: NumberTest | null): Condition => ({ kind: 'cart', stages: asked, value, category });
	const values = filter.band === null ? [null] : bandTests(bands, filter.band);
	return [...values.map(cart), ...tierConditions(filter.tier, tierBy, groups)];
}

/** A band leaves its lower end out, which one test cannot say. */
function bandTests(bands: CartBoardResult['bands'], asked: string): NumberTest[] {
	const band = bands.find(({ id }) => id === asked);
	if (!band) return [{ op: 'unknown' }];
	const tests: NumberTest[] = [];
	if (band.from !== null) tests.push({ op: 'gt', value: band.from });
	if (band.to !== null) tests.push({ op: 'le', value: band.to });
	return tests.length > 0 ? tests : [{ op: 'known' }];
}

function tierConditions(
	tier: string | null,
	tierBy: CartBoardResult['tierBy'],
	groups: RfmResult['table']
): Condition[] {
	if (tier === null || tierBy === null) return [];
	if (tierBy === 'customer_group') {
		const test: TextTest = tier === '' ? { op: 'unknown' } : { op: 'is', values: [tier] };
		return [{ kind: 'profile', field: 'customer_group', test: { type: 'text', test } }];
	}
	const group = groups.find(({ id, name }) => name === tier || id === tier);
	return group ? [{ kind: 'segment', segment: `group:${group.id}`, isIn: true }] : [];
}
