import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { MissingValue, QueryUse } from '#lib/pipeline/queries/schema.ts';
import type { ResultFit } from '#lib/pipeline/queries/result.ts';

/** What a query can be saved as, and what that means. */
export const USE_WORDS: Readonly<Record<QueryUse, { readonly label: string; readonly meaning: string }>> = {
	table: { label: 'Table', meaning: 'Other queries can read it by its name.' },
	feature: {
		label: 'Feature',
		meaning:
			'Its numbers describe each customer; those that everyone has can make natural segments. One row per customer.'
	},
	segment: {
		label: 'Segment',
		meaning: 'The customers in it can be shown under Customers and taken as an audience.'
	}
};

/** Whether a result may be saved for a use: the reason why not, or what it will be. */
export interface UseFit {
	readonly fits: boolean;
	readonly words: string;
}

/** How a result fits a use, in words. `cut`: only the first rows were looked at. */
export function useFit(use: QueryUse, fit: ResultFit, format: Format): UseFit {
	if (use === 'table') return { fits: true, words: `${counted(fit.rows, 'row', format)}.` };
	if (!fit.hasCustomerId) {
		return { fits: false, words: 'It has no column customer_id. Add it to the SELECT.' };
	}
	const unknown =
		fit.unknown === 0
			? ''
			: ` ${counted(fit.unknown, 'id', format)} in it ${fit.unknown === 1 ? 'is' : 'are'} no customer with orders and will be left out.`;
	if (use === 'segment') {
		if (fit.withOrders === 0) return { fits: false, words: `Nobody in it has an order.${unknown}` };
		return { fits: true, words: `${counted(fit.withOrders, 'customer', format)} with orders.${unknown}` };
	}
	if (fit.numbers.length === 0) {
		return { fits: false, words: 'It has no number beside customer_id. A feature is a number.' };
	}
	if (fit.repeated > 0) {
		return {
			fits: false,
			words: `${counted(fit.repeated, 'row', format)} speak of customers who have a row already. Use GROUP BY customer_id.`
		};
	}
	const which = `${fit.numbers.slice(0, 4).join(', ')}${fit.numbers.length > 4 ? ', …' : ''}`;
	const everyone = counted(fit.everyone, 'customer', format);
	const who = lacking(fit) === 0 ? everyone : `${format.count(fit.withNumbers)} of ${everyone}`;
	return { fits: true, words: `${which} for ${who}.${unknown}` };
}

/** Customers with orders whom a result leaves without a number. */
export function lacking({ everyone, withNumbers }: ResultFit): number {
	return everyone - withNumbers;
}

/** What it means that a feature leaves some customers without a number, or that they get 0. */
export function missingWords(fit: ResultFit, missing: MissingValue, format: Format): string {
	const others = counted(lacking(fit), 'other customer', format);
	return missing === 'zero'
		? `The ${others} count as 0, so all can be compared on it.`
		: `Customers can only be compared on a number that all have: the ${others} have none.`;
}

const TOTALS = /\b(count|count_if|sum)\s*\(/i;
const OTHER_NUMBERS =
	/\b(avg|mean|median|mode|min|max|any_value|first|last|arg_\w+|date_\w+|quantile\w*|stddev\w*)\s*\(|\//i;

/** What a query most likely means where it gives no number: nothing of what it counts or sums up is 0. */
export function likelyMissing(text: string): MissingValue {
	return TOTALS.test(text) && !OTHER_NUMBERS.test(text) ? 'zero' : 'none';
}
