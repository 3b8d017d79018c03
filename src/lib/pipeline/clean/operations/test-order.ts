import { sql } from '#lib/engine/sql.ts';
import { hasTag, hasWord, wordRule } from './word-rule.ts';

const TESTS = 'test|tests|testing|test[ _-]?(?:order|mode|purchase|payment|sale)s?|order[ _-]?test|sandbox';

export const testOrder = wordRule({
	id: 'test_order',
	label: 'Test order',
	explanation: 'Paid with a test gateway, or tagged as a test: somebody tried the shop out.',
	defaultOn: true,
	roles: ['payment_method', 'tags', 'status', 'line_type', 'sku'],
	says: (text, role) => {
		switch (role) {
			case 'payment_method':
				return hasWord(text, `bogus|${TESTS}`);
			case 'tags':
				// The word inside a tag, as in "A/B test", is no test order.
				return hasTag(text, TESTS);
			case 'sku':
				return sql`regexp_full_match(${text}, ${String.raw`test[-_ ]?\d*`})`;
			default:
				return sql`regexp_full_match(${text}, ${TESTS})`;
		}
	}
});
