import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import { netReturns } from './operations/net-returns.ts';
import { rowOperations, rules } from './operations/index.ts';
import { isOn, type RowOperation } from './operations/operation.ts';
import type { SourceContext } from './source.ts';

/** The bit of an operation in `clean.rows.marks`. */
export function markOf(operation: RowOperation): number {
	return 1 << rowOperations.indexOf(operation);
}

/** `marks INTEGER`: the bits of all operations that speak of the row, whether they are on or off. */
export function marks(context: SourceContext): Sql {
	const bits = rowOperations
		.filter((operation) => operation.applies(context))
		.map((operation) => sql`CASE WHEN ${operation.condition(context)} THEN ${markOf(operation)} ELSE 0 END`);
	return as(sql`(${join(bits, ' + ')})::INTEGER`, 'marks');
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
		.map((rule) => sql`WHEN ${rule.id} THEN ${rule.detail(context)}`);
	return as(sql`CASE reason ${join(branches, '\n')} END`, 'detail');
}
