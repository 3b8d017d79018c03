import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import { markOf } from './marks.ts';
import { netReturns } from './operations/net-returns.ts';
import { rowOperations, rules } from './operations/index.ts';
import { isOn } from './operations/operation.ts';
import { isWordRule } from './operations/word-rule.ts';
import type { SourceContext } from './source.ts';
import { wordDetail, wordMarks } from './words.sql.ts';

/** `marks INTEGER`: the bits of all operations that speak of the row, whether they are on or off. */
export function marks(context: SourceContext): Sql {
	const judged = rowOperations.filter((operation) => operation.applies(context) && !isWordRule(operation));
	const bits = judged.map(
		(operation) => sql`CASE WHEN ${operation.condition(context)} THEN ${markOf(operation)} ELSE 0 END`
	);
	const all = wordMarks(context.source).reduce(
		(known, more) => sql`${known} | ${more}`,
		sql`(${join(bits, ' + ')})`
	);
	return as(sql`(${all})::INTEGER`, 'marks');
}

/** `is_return BOOLEAN`: the row is loaded as a credit note. */
export function isReturn(context: SourceContext): Sql {
	const netted = isOn(netReturns, context.switches) && netReturns.applies(context);
	return as(netted ? sql`(marks & ${markOf(netReturns)}) <> 0` : sql`false`, 'is_return');
}

/** `reason VARCHAR`: the first rule that is on and speaks of the row; NULL loads it. Needs `marks` and `is_return`. */
export function reason(context: SourceContext): Sql {
	const active = rules.filter((rule) => rule.applies(context) && isOn(rule, context.switches));
	const branches = active.map((rule) => {
		const marked = sql`(marks & ${markOf(rule)}) <> 0`;
		const exempt = netReturns.exemptFrom.includes(rule.id) ? sql` AND NOT is_return` : sql``;
		return sql`WHEN ${marked}${exempt} THEN ${rule.id}`;
	});
	return as(sql`CASE ${join(branches, '\n')} END`, 'reason');
}

/** `detail VARCHAR`: what the rule that set the row aside has to show. Needs `reason`. */
export function detail(context: SourceContext): Sql {
	const branches = rules
		.filter((rule) => rule.applies(context))
		.map(
			(rule) =>
				sql`WHEN ${rule.id} THEN ${isWordRule(rule) ? wordDetail(rule, context.source) : rule.detail(context)}`
		);
	return as(sql`CASE reason ${join(branches, '\n')} END`, 'detail');
}
