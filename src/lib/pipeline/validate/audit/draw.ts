import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { id, list, sql, type Sql } from '#lib/engine/sql.ts';
import { wilson, type Interval } from '#lib/stats/wilson.ts';
import type { Verdict } from '../schema.ts';

/** People who are looked at one by one. */
export const AUDIT_CARDS = 20;

/** Who the cards of an audit are. */
export interface Drawn {
	/** Their `idx`, ascending. */
	readonly rows: readonly number[];
	/** The `idx` of everyone in the segment, ascending. */
	readonly members: Int32Array;
	/** Fingerprint of who they are, which holds as long as they are the same people in the same order. */
	readonly people: string;
}

/**
 * Draws the people of an audit at random; all of a segment that has fewer.
 * @param members a SELECT of the `idx` of the people of the segment
 */
export async function drawAudit(
	engine: Engine,
	members: Sql,
	seed: number,
	signal: AbortSignal
): Promise<Drawn> {
	const columns = await engine.columns(
		sql`SELECT DISTINCT members.idx::INTEGER AS idx FROM (${members}) AS members ORDER BY idx`,
		signal
	);
	const all = columns.get('idx') as Int32Array;
	const places = sampleWithoutReplacement(seeded(seed), AUDIT_CARDS, all.length);
	const rows = Array.from(places, (place) => all[place] as number);
	return { rows, members: all, people: await fingerprintOf(engine, rows, signal) };
}

async function fingerprintOf(engine: Engine, rows: readonly number[], signal: AbortSignal): Promise<string> {
	const isIn = rows.length > 0 ? sql`idx IN ${list([...rows])}` : sql`false`;
	const [row] = await engine.rows<{ people: string }>(
		sql`
			SELECT left(sha256(coalesce(string_agg(customer_id, chr(10) ORDER BY idx), '')), 16)::VARCHAR AS people
			FROM ${id('features', 'customers')} WHERE ${isIn} ORDER BY people`,
		signal
	);
	return row?.people ?? '';
}

/** What an audit says by now. */
export interface AuditCount {
	readonly fits: number;
	readonly doesNotFit: number;
	readonly unsure: number;
	/** Cards without a verdict. */
	readonly left: number;
	/** Share of the cards that fit, of those of which it can be told, with its 95 % interval. */
	readonly share: Interval;
}

/** Counts the verdicts of so many cards. */
export function countVerdicts(verdicts: readonly (Verdict | null)[], cards: number): AuditCount {
	const count = (asked: Verdict): number => verdicts.filter((verdict) => verdict === asked).length;
	const [fits, doesNotFit, unsure] = [count('fits'), count('does-not-fit'), count('unsure')];
	const share = wilson(fits, fits + doesNotFit);
	return { fits, doesNotFit, unsure, left: Math.max(0, cards - fits - doesNotFit - unsure), share };
}
