import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureParams } from './schema.ts';
import { kindOf, plainWords, type TextKind } from './words.sql.ts';

/** A kind of event and how much one counts towards the behaviour score on the day it happens. */
export interface BehaviourWeight extends TextKind {
	readonly label: string;
	readonly weight: number;
}

/** The kinds of events, in the order in which a name is tried against them; what fits none is `other`. */
export const BEHAVIOUR_WEIGHTS: readonly BehaviourWeight[] = [
	{
		id: 'message',
		label: 'Message received, bounced or cancelled',
		weight: 0,
		pattern: 'received|delivered|bounce|unsubscri|opt(ed)? out|spam|(email|sms|push|message) sent'
	},
	{
		id: 'removal',
		label: 'Taken out or given back',
		weight: 0,
		pattern: 'remov|delet|refund|cancel|return(ed)? (item|product|order)'
	},
	{
		id: 'purchase',
		label: 'Purchase',
		weight: 10,
		pattern:
			'purchas|transaction|bought|^buy|^orders?$|^ordered|^sales?$|^paid$|^payment$|(placed|completed|paid) order|order (placed|completed|paid|created|confirmed)|checkout complete'
	},
	{
		id: 'checkout',
		label: 'Checkout',
		weight: 6,
		pattern: 'checkout|check out|(payment|shipping) info'
	},
	{ id: 'wishlist', label: 'Wish list', weight: 3, pattern: 'wish|favou?rit|save(d)? for later' },
	{ id: 'search', label: 'Search', weight: 2, pattern: 'search' },
	{
		id: 'open',
		label: 'Message opened',
		weight: 0.5,
		pattern: 'open(ed)? (e ?mail|mail|push|message|sms)|(e ?mail|mail|push|message|sms) open|^open(s|ed)?$'
	},
	{
		id: 'visit',
		label: 'Visit',
		weight: 1,
		pattern:
			'page ?view|view(ed)? (page|home|cart|basket|bag)|visit|session|screen|scroll|log ?(ged )?in|active on|engagement|app open|open(ed)? app'
	},
	{ id: 'cart', label: 'Into the cart', weight: 5, pattern: 'cart|basket|\\bbag\\b|trolley' },
	{ id: 'click', label: 'Click', weight: 2, pattern: 'click|\\btap|select' },
	{ id: 'view', label: 'Product seen', weight: 2, pattern: 'view|product|item|detail|brows' },
	{ id: 'other', label: 'Any other event', weight: 1, pattern: '' }
];

/** How many decimals of the points of an event count. Sums of decimals do not depend on the order of the rows. */
const POINTS = sql`DECIMAL(18,9)`;

/** The kind of an event by its name; `other` where it has none. */
export function eventKind(event: Sql): Sql {
	return kindOf(sql`coalesce(${event}, '')`, BEHAVIOUR_WEIGHTS);
}

/** The names of the events of a kind. They stand in a list first, because a filter on `DISTINCT` would run on every event. */
export function eventsOfKind(kind: string): Sql {
	return sql`SELECT event FROM (SELECT unnest(list(DISTINCT event)) AS event FROM clean.events) WHERE ${eventKind(sql`event`)} = ${kind}`;
}

/** What an event counts on its day: the weight of its name, else of its kind, in the recipe, else that of the table. */
export function eventWeight(event: Sql, kind: Sql, { behaviour }: FeatureParams): Sql {
	const named = Object.entries(behaviour.weights).map(
		([name, weight]) =>
			sql`WHEN ${plainWords(sql`coalesce(${event}, '')`)} = ${plainWords(sql`${name}`)} THEN ${weight}::DOUBLE`
	);
	const kinds = behaviourWeights({ behaviour }).map(
		({ id, weight }) => sql`WHEN ${kind} = ${id} THEN ${weight}::DOUBLE`
	);
	return sql`CASE ${join([...named, ...kinds], '\n')} END`;
}

/** The table as the recipe has it. */
export function behaviourWeights({
	behaviour
}: Pick<FeatureParams, 'behaviour'>): readonly BehaviourWeight[] {
	return BEHAVIOUR_WEIGHTS.map((kind) => ({ ...kind, weight: behaviour.weights[kind.id] ?? kind.weight }));
}

/** What is left of a weight at the as-of day: half of it for each half-life, rounded to nine decimals. */
export function decayed(weight: Sql, daysAgo: Sql, { behaviour }: FeatureParams): Sql {
	return sql`(${weight} * pow(0.5::DOUBLE, ${daysAgo} / ${behaviour.halfLifeDays}::DOUBLE))::${POINTS}`;
}

/** The behaviour score in words, with the weights and the half-life of the recipe. */
export function behaviourFormula({ behaviour }: Pick<FeatureParams, 'behaviour'>): string {
	const kinds = behaviourWeights({ behaviour });
	const isKind = (name: string) => kinds.some(({ id }) => id === name);
	const named = Object.entries(behaviour.weights).filter(([name]) => !isKind(name));
	const weights = [...kinds.map(({ label, weight }) => [label.toLowerCase(), weight]), ...named];
	const words = weights.map(([name, weight]) => `${name} ${weight}`).join(', ');
	return `sum over the events before the as-of day of weight × 0.5^(days ago ÷ ${behaviour.halfLifeDays}). Weights: ${words}`;
}
