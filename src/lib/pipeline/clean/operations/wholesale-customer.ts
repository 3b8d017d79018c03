import { hasWord, wordRule } from './word-rule.ts';

const WHOLESALE =
	'wholesalers?|wholesale|b2b|resellers?|retailers?|distributors?|dealers?|trade (?:customers?|accounts?)|' +
	'gro(?:ß|ss)h(?:andel|ändler)|h(?:ä|ae)ndler|wiederverkäufer|grossistes?|revendeurs?|mayoristas?|ingrosso|groothandel';

export const wholesaleCustomer = wordRule({
	id: 'wholesale_customer',
	label: 'Wholesale',
	explanation:
		'The tags or the customer group say wholesale, B2B or reseller. A few of them can outweigh everybody else.',
	defaultOn: false,
	roles: ['tags', 'customer_group'],
	says: (text) => hasWord(text, WHOLESALE)
});
