import type { Engine } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureScope } from '../bases/base.ts';
import { CHANNEL, channels } from '../bases/channels.ts';
import type { FeatureDefinition } from '../definitions/definition.ts';
import { slugsOf } from './slug.ts';

/** So many with most rows are looked at; an id that a recipe names is found among them. */
const MOST_VALUES = 1000;
const PREFIX = 'channel_share_';

/** True for the id of such a feature, found in the data or not. */
export function isChannelShare(feature: string): boolean {
	return feature.startsWith(PREFIX);
}

/**
 * For the channels with most rows of orders before the as-of day, as many as categories, and those that ids in `kept` name:
 * the share of the customer's orders. None where there are fewer than two.
 */
export async function channelShares(
	engine: Engine,
	scope: FeatureScope,
	kept: readonly string[],
	signal: AbortSignal
): Promise<FeatureDefinition[]> {
	const found = await engine.rows<{ value: string }>(mostUsed(scope), signal);
	if (found.length < 2) return [];
	const slugs = slugsOf(found.map(({ value }) => ({ value, name: value })));
	return found.flatMap(({ value }, place) => {
		const slug = slugs.get(value);
		if (slug === undefined) return [];
		const feature = PREFIX + slug;
		return place < scope.params.affinityCount || kept.includes(feature) ? [shareOf(feature, value)] : [];
	});
}

function shareOf(feature: string, channel: string): FeatureDefinition {
	return {
		id: feature,
		label: `Channel ${channel}: share of orders`,
		family: 'channels',
		unit: 'share',
		kind: 'number',
		meaning: `Which share of the orders came through the channel ${channel}.`,
		formula: `orders through the channel ${channel} ÷ orders`,
		needs: ['order_channel'],
		complete: true,
		base: channels,
		absent: 0,
		sql: () =>
			sql`coalesce(sum(order_count) FILTER (WHERE channel = ${channel}) / nullif(sum(order_count), 0)::DOUBLE, 0)`
	};
}

/** Channels by their rows in orders files, of equal ones by name. One row each. */
function mostUsed({ asOf }: FeatureScope): Sql {
	return sql`
		SELECT value::VARCHAR AS value FROM (
			SELECT ${CHANNEL} AS value, count(*) AS row_count FROM clean.order_details
			WHERE ordered_at < ${asOf} AND NOT is_return GROUP BY ALL
		)
		WHERE value IS NOT NULL AND NOT contains(value, chr(0))
		ORDER BY row_count DESC, value LIMIT ${MOST_VALUES}`;
}
