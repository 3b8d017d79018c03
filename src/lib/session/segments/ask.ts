import type { Engine } from '#lib/engine/engine.ts';
import { problemOf } from '#lib/pipeline/segment/own/step.ts';
import { scopeOfToday, withoutUnasked, type RuleFacts } from '#lib/pipeline/segment/own/scope.ts';
import { membersSql } from '#lib/pipeline/segment/rules/compile.ts';
import type { Rule } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import type { Session } from '../session.svelte.ts';

/** What a session shows, as far as rules ask for it. */
export type Asked = Pick<
	Session,
	'recipe' | 'features' | 'library' | 'rfm' | 'clustering' | 'queries' | 'customers' | 'runner' | 'own'
>;

/** Who a rule holds of today. */
export interface RuleAnswer {
	/** Their `idx`, ascending. */
	readonly rows: Int32Array;
	readonly customers: number;
	/** Null without amounts. */
	readonly revenue: number | null;
	/** Everyone else. */
	readonly others: number;
	readonly othersRevenue: number | null;
}

/** The results that rules are asked of; null before there are results. */
export function factsOf({
	recipe,
	features,
	library,
	rfm,
	clustering,
	queries
}: Pick<Session, 'recipe' | 'features' | 'library' | 'rfm' | 'clustering' | 'queries'>): RuleFacts | null {
	if (!features || !rfm) return null;
	return {
		params: recipe.segment,
		featureParams: recipe.features,
		features,
		library,
		rfm,
		clustering: clustering?.result ?? null,
		queries: recipe.queries,
		queryResults: queries ?? []
	};
}

/** What rules are asked of; null before there are results. */
export function scopeOf(session: Asked): RuleScope | null {
	const facts = factsOf(session);
	return facts && withoutUnasked(scopeOfToday(facts), session.own?.segments ?? []);
}

/** Asks a rule. A text says why it cannot be asked. Rejects when aborted. */
export async function askRule(session: Asked, rule: Rule, signal: AbortSignal): Promise<RuleAnswer | string> {
	const scope = scopeOf(session);
	const { customers: arrays, runner } = session;
	if (scope === null || arrays === null) return 'The numbers are not ready yet.';
	const problem = await problemOf(runner.engine, rule, scope, signal);
	if (problem !== null) return problem;
	const rows = await rowsOf(runner.engine, rule, scope, signal);
	return answerOf(rows, arrays.features.get('monetary_total'), arrays.count);
}

async function rowsOf(
	engine: Engine,
	rule: Rule,
	scope: RuleScope,
	signal: AbortSignal
): Promise<Int32Array> {
	const columns = await engine.columns(membersSql(rule, scope), signal);
	return columns.get('idx') as Int32Array;
}

/** Size and money of these customers, and of everyone else. */
export function answerOf(rows: Int32Array, money: Float64Array | undefined, everyone: number): RuleAnswer {
	const total = money?.reduce((sum, each) => sum + each, 0) ?? 0;
	const revenue = money ? rows.reduce((sum, row) => sum + (money[row] ?? 0), 0) : null;
	return {
		rows,
		customers: rows.length,
		revenue,
		others: everyone - rows.length,
		othersRevenue: revenue === null ? null : total - revenue
	};
}
