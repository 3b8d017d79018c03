import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import type { RuleScope } from './rules/scope.ts';
import type { TemplateFacts } from './templates/template.ts';

/** One in four is above it. */
const HIGH = 0.75;
/** Money is proposed with so many digits: more would look as if they meant something. */
const DIGITS = 2;

interface Row {
	readonly usualGapDays: number | null;
	readonly secondGapDays: number | null;
	readonly highSpend: number | null;
	readonly highOrder: number | null;
}

/** Looks at what is usual among the customers, as known at the start of the as-of day. Rejects when aborted. */
export async function templateFacts(
	engine: Engine,
	scope: RuleScope,
	signal: AbortSignal
): Promise<TemplateFacts> {
	const { asOf, customers, features, carts } = scope;
	const hasMoney = Boolean(features.get('monetary_total')?.table);
	const spend = hasMoney
		? sql`quantile_cont(monetary_total, ${HIGH}::DOUBLE)::DOUBLE`
		: sql`max(NULL::DOUBLE)`;
	const [row] = await engine.rows<Row>(
		sql`
			WITH known AS (
				SELECT customer_id, order_id, ordered_at, amount FROM clean.orders
				WHERE customer_id IS NOT NULL AND NOT is_return AND ordered_at < ${asOf}
			),
			days AS (SELECT customer_id, ordered_at::DATE AS day FROM known GROUP BY ALL),
			gaps AS (
				SELECT day - lag(day) OVER days AS gap, row_number() OVER days AS place
				FROM days WINDOW days AS (PARTITION BY customer_id ORDER BY day)
			)
			SELECT
				(SELECT median(gap) FROM gaps)::DOUBLE AS usual_gap_days,
				(SELECT median(gap) FROM gaps WHERE place = 2)::DOUBLE AS second_gap_days,
				(SELECT ${spend} FROM ${id(...customers)})::DOUBLE AS high_spend,
				(SELECT quantile_cont(amount::DOUBLE, ${HIGH}::DOUBLE) FROM known)::DOUBLE AS high_order
			ORDER BY usual_gap_days`,
		signal
	);
	const { usualGapDays = null, secondGapDays = null, highSpend = null, highOrder = null } = row ?? {};
	return {
		usualGapDays,
		secondGapDays,
		highSpend: highSpend === null ? null : roundMoney(highSpend),
		highOrder: highOrder === null ? null : roundMoney(highOrder),
		cartStages: carts.stages.map(({ id: stage }) => stage),
		cartDays: carts.coldAfterDays
	};
}

/** A number of few digits near an amount: 1,473 is 1,500. Never below 1. */
export function roundMoney(amount: number): number {
	if (amount < 1) return 1;
	const unit = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - DIGITS + 1);
	return Math.round(amount / unit) * unit;
}
