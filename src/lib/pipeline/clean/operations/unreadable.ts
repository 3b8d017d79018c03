import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole, moneyKind, type SourceContext } from '../source.ts';
import { cancelled, cancelledByStatus } from './cancelled.ts';
import { isOn, type Rule } from './operation.ts';
import { refunded, refundRow } from './refunded.ts';

const NUMBERS = [
	{ role: 'quantity', value: sql`quantity`, text: sql`quantity_text` },
	{ role: 'unit_price', value: sql`unit_price`, text: sql`unit_price_text` },
	{ role: 'amount', value: sql`amount`, text: sql`amount_text` },
	{ role: 'order_total', value: sql`order_total`, text: sql`order_total_text` },
	{ role: 'refund', value: sql`refund`, text: sql`refund_text` }
] as const satisfies readonly { role: Role; value: Sql; text: Sql }[];

interface Failure {
	readonly role: Role;
	readonly condition: Sql;
	readonly text: Sql;
}

/** The numbers that the money of a row is made of. */
function moneyParts(source: SourceParams): (typeof NUMBERS)[number][] {
	const kind = moneyKind(source);
	const roles: readonly (Role | null)[] = kind === 'unit_price' ? ['quantity', 'unit_price'] : [kind];
	return NUMBERS.filter(({ role }) => roles.includes(role) && hasRole(source, role));
}

/** Condition for rows that are set aside for a better reason; null where there are none. */
function whereNoMoneyIsNeeded(context: SourceContext): Sql | null {
	const ways = [
		isOn(cancelled, context.switches) ? cancelledByStatus(context) : null,
		isOn(refunded, context.switches) ? refundRow(context.source) : null
	].filter((way) => way !== null);
	return ways.length > 0 ? sql`(${join(ways, ' OR ')})` : null;
}

/** Per role, the condition under which its text cannot be read. */
function failures(context: SourceContext): Failure[] {
	const { source } = context;
	const parts = moneyParts(source);
	const mapped = NUMBERS.filter(({ role }) => hasRole(source, role));
	// An empty number is a failure only where money needs it, and not in an order that was called off.
	const calledOff = whereNoMoneyIsNeeded(context);
	const numbers = mapped.map((number): Failure => {
		const filled = sql`trim(${number.text}) <> ''`;
		const excuse = parts.includes(number) ? calledOff : sql`true`;
		const condition = excuse
			? sql`${number.value} IS NULL AND (${filled} OR NOT ${excuse})`
			: sql`${number.value} IS NULL`;
		return { role: number.role, condition, text: number.text };
	});
	return [{ role: 'date', condition: sql`ordered_at IS NULL`, text: sql`date_text` }, ...numbers];
}

export const unreadable: Rule = {
	id: 'unreadable',
	kind: 'rule',
	label: 'Cannot be read',
	explanation:
		'The date, a quantity or an amount is missing or is no date or number, so nothing can be counted.',
	defaultOn: true,
	required: true,
	applies: () => true,
	condition: (context) => {
		const conditions = failures(context).map(({ condition }) => sql`(${condition})`);
		const parts = moneyParts(context.source).map(({ value }) => sql`${value} IS NOT NULL`);
		const tooLarge = parts.length > 0 ? [sql`(money IS NULL AND ${join(parts, ' AND ')})`] : [];
		return join([...conditions, ...tooLarge], ' OR ');
	},
	detail: (context) => {
		const branches = failures(context).map(
			({ role, condition, text }) =>
				sql`WHEN ${condition} THEN ${`${context.source.mapping[role] ?? role}: `} || left(coalesce(nullif(${text}, ''), '(empty)'), 200)`
		);
		return sql`CASE ${join(branches, '\n')} ELSE 'amount too large' END`;
	}
};
