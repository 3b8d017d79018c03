import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureScope } from './bases/base.ts';
import { eventsOfKind } from './behaviour.ts';
import { FIELD_NEEDS } from './field-needs.ts';
import { isGivenBack } from '#lib/pipeline/clean/given-back.sql.ts';
import { hasTime } from './time-of-day.sql.ts';

/** Something that the files, or the settings, have to tell before a feature can be computed. */
type NeedDefinition = ToldByRow | ToldBySql;

interface ToldByRow {
	/** What is missing, as the object of “needs”: `a column of quantities in an orders file`. */
	readonly words: string;
	/** The table of `clean` that would tell it, and its column of times. */
	readonly table: string;
	readonly time: string;
	/** True for a row that tells it. */
	readonly condition: Sql;
}

interface ToldBySql {
	readonly words: string;
	/** True where it is told. */
	readonly told: (scope: FeatureScope) => Sql;
}

/** Everything that features and rules can need. Only what was known before the as-of day counts as told, and what has no time. */
const NEEDS = {
	amount: {
		words: 'amounts in an orders file',
		table: 'orders',
		time: 'ordered_at',
		condition: sql`amount IS NOT NULL`
	},
	quantity: {
		words: 'a column of quantities in an orders file',
		table: 'orders',
		time: 'ordered_at',
		condition: sql`item_count IS NOT NULL`
	},
	time_of_day: {
		words: 'times of day in an orders file',
		table: 'orders',
		time: 'ordered_at',
		condition: hasTime(sql`ordered_at`)
	},
	category: {
		words: 'a column of categories in an orders file',
		table: 'order_lines',
		time: 'ordered_at',
		condition: sql`category IS NOT NULL AND NOT is_return`
	},
	product: {
		words: 'a column of products in an orders file',
		table: 'order_lines',
		time: 'ordered_at',
		condition: sql`coalesce(sku, product) IS NOT NULL AND NOT is_return`
	},
	unit_price: {
		words: 'a column of prices in an orders file',
		table: 'order_lines',
		time: 'ordered_at',
		condition: sql`unit_price > 0 AND NOT is_return`
	},
	line_amount: {
		words: 'amounts or prices of single products in an orders file',
		table: 'order_lines',
		time: 'ordered_at',
		condition: sql`amount > 0`
	},
	discount: {
		words: 'a column of discounts in an orders file',
		table: 'order_details',
		time: 'ordered_at',
		condition: sql`discount IS NOT NULL`
	},
	discount_or_coupon: {
		words: 'a column of discounts or coupons in an orders file',
		table: 'order_details',
		time: 'ordered_at',
		condition: sql`discount IS NOT NULL OR coupon IS NOT NULL`
	},
	returns: {
		words: 'credit notes, refunds or orders that were given back in an orders file',
		told: ({ asOf }) =>
			sql`(${exists('rows', 'ordered_at', isGivenBack(), asOf)} OR ${exists('order_details', 'ordered_at', sql`refund > 0`, asOf)})`
	},
	margin: {
		words:
			'your margin: the share of the revenue that is left after the goods are paid; set it on the Features screen',
		told: ({ params }) => sql`${params.margin !== null}`
	},
	events: {
		words: 'a file of events, such as visits and carts',
		table: 'events',
		time: 'happened_at',
		condition: sql`customer_id IS NOT NULL`
	},
	sends: {
		words: 'a file of sends: messages to people, and what came back',
		table: 'sends',
		time: 'sent_at',
		condition: sql`customer_id IS NOT NULL`
	},
	order_channel: {
		words: 'a column of channels or stores in an orders file',
		table: 'order_details',
		time: 'ordered_at',
		condition: sql`channel IS NOT NULL OR store IS NOT NULL`
	},
	event_place: {
		words: 'a column of channels or stores in a file of events',
		table: 'events',
		time: 'happened_at',
		condition: sql`channel IS NOT NULL OR store IS NOT NULL`
	},
	event_device: {
		words: 'a column of devices in a file of events',
		table: 'events',
		time: 'happened_at',
		condition: sql`device IS NOT NULL`
	},
	event_session: {
		words: 'a column of sessions in a file of events',
		table: 'events',
		time: 'happened_at',
		condition: sql`session_id IS NOT NULL`
	},
	event_views: {
		words: 'events that are views of products',
		table: 'events',
		time: 'happened_at',
		condition: sql`event IN (${eventsOfKind('view')})`
	},
	event_carts: {
		words: 'events that fill a cart',
		table: 'events',
		time: 'happened_at',
		condition: sql`event IN (${eventsOfKind('cart')})`
	},
	send_clicks: {
		words: 'clicks in a file of sends',
		table: 'sends',
		time: 'sent_at',
		condition: sql`action = 'clicked'`
	},
	send_opens: {
		words: 'opens in a file of sends',
		table: 'sends',
		time: 'sent_at',
		condition: sql`action = 'opened'`
	},
	send_channel: {
		words: 'clicks in a file of sends with a column of channels',
		table: 'sends',
		time: 'sent_at',
		condition: sql`action = 'clicked' AND channel IS NOT NULL`
	},
	touches: {
		words: 'a column of channels or stores in a file of events, or clicks in a file of sends',
		told: ({ asOf }) => touched(asOf)
	},
	any_channel: {
		words:
			'a column of channels or stores in an orders file or a file of events, or clicks in a file of sends',
		told: ({ asOf }) => sql`(${exists('order_details', 'ordered_at', PLACED, asOf)} OR ${touched(asOf)})`
	},
	answers: {
		words: 'a file of answers to a survey',
		table: 'answers',
		time: 'answered_at',
		condition: sql`customer_id IS NOT NULL`
	},
	answer_days: {
		words: 'a column of days in a file of answers to a survey',
		table: 'answers',
		time: 'answered_at',
		condition: sql`answered_at IS NOT NULL`
	},
	answer_scores: {
		words: 'a column of scores in a file of answers to a survey',
		table: 'answers',
		time: 'answered_at',
		condition: sql`score IS NOT NULL`
	},
	birth_date: {
		words: 'a column of birth dates in a customers file',
		table: 'profiles',
		time: 'created_at',
		condition: sql`birth_date IS NOT NULL`
	},
	gender: {
		words: 'a column of genders in a customers file',
		table: 'profiles',
		time: 'created_at',
		condition: sql`gender IS NOT NULL`
	},
	language: {
		words: 'a column of languages in a customers file',
		table: 'profiles',
		time: 'created_at',
		condition: sql`language IS NOT NULL`
	},
	region: {
		words: 'a column of regions in a customers file',
		table: 'profiles',
		time: 'created_at',
		condition: sql`region IS NOT NULL`
	},
	email_consent: {
		words: 'a column of consents to e-mail in a customers file',
		table: 'profiles',
		time: 'created_at',
		condition: sql`email_consent IS NOT NULL`
	},
	sms_consent: {
		words: 'a column of consents to text messages in a customers file',
		table: 'profiles',
		time: 'created_at',
		condition: sql`sms_consent IS NOT NULL`
	},
	...FIELD_NEEDS
} as const satisfies Readonly<Record<string, NeedDefinition>>;

export type Need = keyof typeof NEEDS;

/** What is missing, in words: `a column of quantities in an orders file`. */
export function needWords(need: string): string {
	return Object.hasOwn(NEEDS, need) ? NEEDS[need as Need].words : need;
}

/** So many rows of a file are looked at before all of them: they tell most needs. */
const FIRST_ROWS = 1000;

/** The needs that nothing known before the as-of day fulfils; those of `asked` alone. */
export async function missingNeeds(
	engine: Engine,
	asked: readonly Need[],
	scope: FeatureScope,
	signal: AbortSignal
): Promise<Set<Need>> {
	const atOnce = await untold(engine, asked, (needs) => toldByFirstRows(needs, scope), signal);
	return new Set(await untold(engine, atOnce, (needs) => toldByAllRows(needs, scope), signal));
}

/** The needs that a query does not tell; it has one row with a column `n0`, `n1` and so on for each. */
async function untold(
	engine: Engine,
	needs: readonly Need[],
	query: (needs: readonly NeedDefinition[]) => Sql,
	signal: AbortSignal
): Promise<Need[]> {
	if (needs.length === 0) return [];
	const asked = query(needs.map((need) => NEEDS[need]));
	const [row] = await engine.rows<Record<string, boolean>>(asked, signal);
	return needs.filter((_, i) => row?.[`n${i}`] !== true);
}

/** Grouped orders have no rows of their own, and are quickly looked through. */
function toldByFirstRows(needs: readonly NeedDefinition[], scope: FeatureScope): Sql {
	const first = sql`${id('row')} <= ${FIRST_ROWS}`;
	const told = needs.map((need) => {
		if ('told' in need) return sql`false`;
		const condition = need.table === 'orders' ? need.condition : sql`${first} AND (${need.condition})`;
		return exists(need.table, need.time, condition, scope.asOf);
	});
	return sql`SELECT ${answers(told)} ORDER BY 1`;
}

function toldByAllRows(needs: readonly NeedDefinition[], scope: FeatureScope): Sql {
	const told = needs.map((need) =>
		'told' in need ? need.told(scope) : exists(need.table, need.time, need.condition, scope.asOf)
	);
	return sql`SELECT ${answers(told)} ORDER BY 1`;
}

function answers(conditions: readonly Sql[]): Sql {
	return join(
		conditions.map((condition, i) => as(sql`(${condition})::BOOLEAN`, `n${i}`)),
		', '
	);
}

/** What a row has that names a channel. */
const PLACED = sql`channel IS NOT NULL OR store IS NOT NULL`;

/** True where anybody was in a channel before an order. */
function touched(asOf: Sql): Sql {
	return sql`(${exists('events', 'happened_at', PLACED, asOf)} OR ${exists('sends', 'sent_at', sql`action = 'clicked'`, asOf)})`;
}

/** The first row that tells it ends the search. */
function exists(table: string, time: string, condition: Sql, asOf: Sql): Sql {
	const at = id(time);
	return sql`EXISTS (SELECT 1 FROM ${id('clean', table)} WHERE (${at} < ${asOf} OR ${at} IS NULL) AND (${condition}))`;
}
