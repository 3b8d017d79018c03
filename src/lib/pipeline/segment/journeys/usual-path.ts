import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { journeysSql, type JourneyScope } from './journeys.sql.ts';
import { BETWEEN, channelNamesSql } from './touches.sql.ts';

/**
 * The path of channels, as they are compared, that led to most orders; of equal ones the first by name. Where nothing led to
 * an order, the first channel that is known; empty without any.
 */
export async function usualPath(
	engine: Engine,
	scope: JourneyScope,
	signal: AbortSignal
): Promise<readonly string[]> {
	const [most] = await engine.rows<{ path: string }>(
		sql`
			SELECT array_to_string(path, ${BETWEEN})::VARCHAR AS path FROM (${journeysSql(scope)}) AS led
			GROUP BY led.path ORDER BY count(*) DESC, path LIMIT 1`,
		signal
	);
	if (most) return most.path.split(BETWEEN);
	const [first] = await engine.rows<{ channel: string }>(
		sql`SELECT channel::VARCHAR AS channel FROM (${channelNamesSql(scope.asOf)}) ORDER BY channel LIMIT 1`,
		signal
	);
	return first ? [first.channel] : [];
}
