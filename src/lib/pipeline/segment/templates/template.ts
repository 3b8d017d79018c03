import type { Rule } from '../rules/schema.ts';

/** When people are worth a message: the headings of the ideas, in the order in which they are shown. */
export const MOMENTS = [
	{ id: 'browsing', label: 'Browsing', about: 'They are looking around now. A message is worth most today.' },
	{ id: 'buying', label: 'Buying', about: 'They have just bought, or are about to buy again.' },
	{
		id: 'slipping',
		label: 'Slipping away',
		about: 'They used to come, and come less. The sooner, the better.'
	},
	{ id: 'value', label: 'Value', about: 'What they are worth, and what they buy.' },
	{ id: 'care', label: 'Care', about: 'They need a different tone, or no message at all.' }
] as const;
export type MomentId = (typeof MOMENTS)[number]['id'];

/** A number of a template that the user may change. */
export interface TemplateParam {
	/** snake_case. */
	readonly id: string;
	/** What it is, where it stands alone: `Days since the last order, at least`. */
	readonly label: string;
	/** Money is shown with its currency, and a percentage with its sign; the words of the template name all others. */
	readonly unit: 'money' | 'percent' | 'days' | 'count';
	readonly least: number;
	readonly most: number;
	readonly step: number;
	readonly value: number;
}

/** What a template needs to know of the session to choose its numbers. */
export interface TemplateFacts {
	/** The usual (median) days between two days with an order of a customer; null where nobody ordered twice. */
	readonly usualGapDays: number | null;
	/** The same from the first day with an order to the second. */
	readonly secondGapDays: number | null;
	/** The total spend that one in four customers exceeds; null without amounts. */
	readonly highSpend: number | null;
	/** The amount that one in four orders exceeds; null without amounts. */
	readonly highOrder: number | null;
	/** The stages of a cart that was left and for which a message is due, by id. */
	readonly cartStages: readonly string[];
	/** After so many days a cart that was left is cold. */
	readonly cartDays: number;
}

/** The numbers of a template, by the ids of its params. */
export type TemplateValues = Readonly<Record<string, number>>;

/** A segment to begin with. One file per template. */
export interface SegmentTemplate {
	/** snake_case. */
	readonly id: string;
	/** What the segment is called. */
	readonly name: string;
	/** The same in a few words after “312 people”: `left a cart`. */
	readonly brief: string;
	/** When such people are worth a message, and which. Two sentences at most. */
	readonly why: string;
	/** The heading it stands under. */
	readonly moment: MomentId;
	/**
	 * The rule in words, after “Customers who”, in the past, with `{days}` where the param `days` stands. Each param stands
	 * once.
	 */
	readonly words: string | ((facts: TemplateFacts) => string);
	readonly params: (facts: TemplateFacts) => readonly TemplateParam[];
	/** Why nobody can be in it with these numbers, whatever the data, and what would help; null where somebody can. */
	readonly problem?: (values: TemplateValues) => string | null;
	/** The rule with these numbers. */
	readonly rule: (values: TemplateValues, facts: TemplateFacts) => Rule;
}

/** The numbers to begin with. */
export function defaultsOf(template: SegmentTemplate, facts: TemplateFacts): Record<string, number> {
	return Object.fromEntries(template.params(facts).map(({ id, value }) => [id, value]));
}

/** A piece of the words of a template: a text, or the id of the param that stands there. */
export interface TemplatePiece {
	readonly text: string;
	readonly param: string | null;
}

/** The words of a template in pieces. */
export function piecesOf({ words }: Pick<SegmentTemplate, 'words'>, facts: TemplateFacts): TemplatePiece[] {
	const text = typeof words === 'string' ? words : words(facts);
	return text.split(/(\{[a-z_]+\})/).flatMap((piece) => {
		if (piece === '') return [];
		const param = /^\{([a-z_]+)\}$/.exec(piece)?.[1] ?? null;
		return [{ text: param === null ? piece : '', param }];
	});
}

/** The longest time that a template looks back. */
const MOST_DAYS = 1095;

/** A number of days. */
export function daysParam(id: string, label: string, value: number, most = MOST_DAYS): TemplateParam {
	return { id, label, unit: 'days', least: 1, most, step: 1, value: within(value, 1, most) };
}

/** A number of things, such as orders. */
export function countParam(id: string, label: string, value: number, least = 1, most = 100): TemplateParam {
	return { id, label, unit: 'count', least, most, step: 1, value: within(value, least, most) };
}

/** A share, as a percentage. */
export function percentParam(id: string, label: string, value: number): TemplateParam {
	return { id, label, unit: 'percent', least: 1, most: 100, step: 1, value: within(value, 1, 100) };
}

/** An amount; 100 where the files do not tell one. */
export function moneyParam(id: string, label: string, value: number | null, least = 1): TemplateParam {
	const most = 10_000_000;
	return { id, label, unit: 'money', least, most, step: 1, value: within(value ?? 100, least, most) };
}

function within(value: number, least: number, most: number): number {
	return Math.min(Math.max(Math.round(value), least), most);
}
