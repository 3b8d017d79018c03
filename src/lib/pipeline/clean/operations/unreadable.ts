import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole, moneyKind } from '../source.ts';
import type { Rule } from './operation.ts';

const NUMBER_ROLES = ['quantity', 'unit_price', 'amount', 'order_total', 'refund'] as const satisfies readonly Role[];

/** Per role, the condition under which its text cannot be read. An empty number is one only where money needs it. */
function failures(source: SourceParams): { role: Role; condition: Sql; text: Sql }[] {
	const kind = moneyKind(source);
	const needed: readonly (Role | null)[] = kind === 'unit_price' ? ['quantity', 'unit_price'] : [kind];
	const numbers = NUMBER_ROLES.filter((role) => hasRole(source, role)).map((role) => ({
		role,
		condition: needed.includes(role)
			? sql`${NUMBER_VALUES[role]} IS NULL`
			: sql`${NUMBER_VALUES[role]} IS NULL AND trim(${NUMBER_TEXTS[role]}) <> ''`,
		text: NUMBER_TEXTS[role]
	}));
	return [{ role: 'date', condition: sql`ordered_at IS NULL`, text: sql`date_text` }, ...numbers];
}

const NUMBER_VALUES = {
	quantity: sql`quantity`,
	unit_price: sql`unit_price`,
	amount: sql`amount`,
	order_total: sql`order_total`,
	refund: sql`refund`
} as const;

const NUMBER_TEXTS = {
	quantity: sql`quantity_text`,
	unit_price: sql`unit_price_text`,
	amount: sql`amount_text`,
	order_total: sql`order_total_text`,
	refund: sql`refund_text`
} as const;

export const unreadable: Rule = {
	id: 'unreadable',
	kind: 'rule',
	label: 'Cannot be read',
	explanation: 'The date, a quantity or an amount is missing or is no date or number, so nothing can be counted.',
	defaultOn: true,
	required: true,
	applies: () => true,
	condition: ({ source }) => {
		const conditions = failures(source).map(({ condition }) => sql`(${condition})`);
		const tooLarge = moneyKind(source) === null ? [] : [sql`money IS NULL`];
		return join([...conditions, ...tooLarge], ' OR ');
	},
	detail: ({ source }) => {
		const branches = failures(source).map(
			({ role, condition, text }) =>
				sql`WHEN ${condition} THEN ${`${source.mapping[role] ?? role}: `} || left(coalesce(nullif(${text}, ''), '(empty)'), 200)`
		);
		return sql`CASE ${join(branches, '\n')} ELSE 'amount too large' END`;
	}
};
