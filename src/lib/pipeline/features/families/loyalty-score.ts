import type { Engine } from '#lib/engine/engine.ts';
import { id } from '#lib/engine/sql.ts';
import type { FeatureScope } from '../bases/base.ts';
import { usedBy, type FeatureDefinition } from '../definitions/definition.ts';
import { DEFINITIONS } from '../definitions/index.ts';
import { LOYALTY_PARTS, loyaltyFormula, loyaltySql, type LoyaltyPart } from '../loyalty.ts';
import { missingNeeds, type Need } from '../needs.ts';

const ID = 'loyalty_score';

/** True for the id of the loyalty score. */
export function isLoyaltyScore(feature: string): boolean {
	return feature === ID;
}

/** The loyalty score, of the parts that the files can tell. */
export async function loyaltyScore(
	engine: Engine,
	scope: FeatureScope,
	_kept: readonly string[],
	signal: AbortSignal
): Promise<FeatureDefinition[]> {
	const parts = LOYALTY_PARTS.map((part) => ({ part, feature: featureOf(part) }));
	const asked = new Set(parts.flatMap(({ feature }) => needsOf(feature)));
	const missing = await missingNeeds(engine, [...asked], scope, signal);
	return [scoreOf(parts.filter(({ feature }) => needsOf(feature).every((need) => !missing.has(need))))];
}

interface PartFeature {
	readonly part: LoyaltyPart;
	readonly feature: FeatureDefinition;
}

function scoreOf(parts: readonly PartFeature[]): FeatureDefinition {
	const plain = parts.filter(({ feature }) => feature.base !== null);
	const composed = parts.filter(({ feature }) => feature.base === null);
	return {
		id: ID,
		label: 'Loyalty score',
		family: 'scores',
		unit: 'score',
		kind: 'number',
		meaning: 'How loyal the customer is beside all others, from 0 to 100, by weights that you can change.',
		formula: (params) =>
			loyaltyFormula(
				params,
				parts.map(({ part }) => part)
			),
		needs: [],
		complete: true,
		base: null,
		uses: [
			...plain.map(({ feature }) => feature.id),
			...composed.flatMap(({ feature }) => feature.uses ?? [])
		],
		parts: composed.flatMap(({ feature }) => feature.parts ?? []),
		absent: null,
		sql: (scope) =>
			loyaltySql(
				scope.params,
				parts.map(({ part, feature }) => ({
					...part,
					value: feature.base === null ? feature.sql(scope) : id(feature.id)
				}))
			)
	};
}

function featureOf({ feature }: LoyaltyPart): FeatureDefinition {
	const found = DEFINITIONS.find(({ id: each }) => each === feature);
	if (!found) throw new RangeError(`no feature ${feature}`);
	return found;
}

function needsOf(feature: FeatureDefinition): Need[] {
	return [feature, ...usedBy(feature, DEFINITIONS)].flatMap(({ needs }) => needs);
}
