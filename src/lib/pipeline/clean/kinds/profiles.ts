import type { CanonicalKind } from './kind.ts';
import { code, consent, day, decimal, email, integer, moment, text } from './values.sql.ts';

/** `clean.profiles`: one row per person of a customers file. */
export const profiles: CanonicalKind = {
	kind: 'customers',
	table: 'profiles',
	people: ['customer', 'email', 'phone', 'card'],
	everyRowIsPerson: true,
	columns: [
		{ name: 'email', role: 'email', type: email },
		{ name: 'phone', role: 'phone', type: code },
		{ name: 'card', role: 'card', type: code },
		{ name: 'name', role: 'name', type: text },
		{ name: 'first_name', role: 'first_name', type: text },
		{ name: 'last_name', role: 'last_name', type: text },
		{ name: 'country', role: 'country', type: text },
		{ name: 'region', role: 'region', type: text },
		{ name: 'city', role: 'city', type: text },
		{ name: 'postcode', role: 'postcode', type: code },
		{ name: 'street', role: 'street', type: text },
		{ name: 'created_at', role: 'created_at', type: moment },
		{ name: 'email_consent', role: 'email_consent', type: consent },
		{ name: 'sms_consent', role: 'sms_consent', type: consent },
		{ name: 'consented_at', role: 'consented_at', type: moment },
		{ name: 'birth_date', role: 'birth_date', type: day },
		{ name: 'gender', role: 'gender', type: text },
		{ name: 'language', role: 'language', type: text },
		{ name: 'tags', role: 'tags', type: text },
		{ name: 'customer_group', role: 'customer_group', type: text },
		{ name: 'total_spent', role: 'total_spent', type: decimal },
		{ name: 'order_count', role: 'order_count', type: integer },
		{ name: 'updated_at', role: 'updated_at', type: moment }
	],
	needs: []
};
