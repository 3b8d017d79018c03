import type { Engine } from '#lib/engine/engine.ts';
import type { FeatureScope } from '../bases/base.ts';
import type { FeatureDefinition } from '../definitions/definition.ts';
import { affinities, isAffinity } from './affinity.ts';
import { channelShares, isChannelShare } from './channel-mix.ts';
import { isLoyaltyScore, loyaltyScore } from './loyalty-score.ts';

/** Features that depend on what the data has, such as one for each channel. */
export interface FoundFamily {
	/** True for the id of such a feature, found in the data or not. */
	readonly has: (feature: string) => boolean;
	/** @param kept ids that are found as long as the data has them, however many come before them */
	readonly find: (
		engine: Engine,
		scope: FeatureScope,
		kept: readonly string[],
		signal: AbortSignal
	) => Promise<FeatureDefinition[]>;
}

/** All such families, in the order in which they are shown. */
export const FAMILIES: readonly FoundFamily[] = [
	{ has: isAffinity, find: affinities },
	{ has: isChannelShare, find: channelShares },
	{ has: isLoyaltyScore, find: loyaltyScore }
];

/** The features of families that the data has. */
export async function foundFeatures(
	engine: Engine,
	scope: FeatureScope,
	kept: readonly string[],
	signal: AbortSignal,
	families: readonly FoundFamily[] = FAMILIES
): Promise<FeatureDefinition[]> {
	const found: FeatureDefinition[] = [];
	for (const family of families) found.push(...(await family.find(engine, scope, kept, signal)));
	return found;
}
