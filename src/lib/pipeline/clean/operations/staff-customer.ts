import { hasWord, wordRule } from './word-rule.ts';

const STAFF =
	'staff|employees?|team[ -]?members?|mitarbeiter(?:in|innen)?|personalkauf|personnel|employée?s?|empleados?|dipendenti|dipendente|medewerkers?';

export const staffCustomer = wordRule({
	id: 'staff_customer',
	label: 'Staff',
	explanation: 'The tags or the customer group say that one of your own people bought.',
	defaultOn: false,
	roles: ['tags', 'customer_group'],
	says: (text) => hasWord(text, STAFF)
});
