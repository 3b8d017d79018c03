import type { CanonicalKind } from './kind.ts';
import { decimal, email, moment, text } from './values.sql.ts';

/** `clean.events`: one row per thing that a person did. */
export const events: CanonicalKind = {
	kind: 'events',
	table: 'events',
	people: ['customer', 'email', 'phone', 'card'],
	columns: [
		{ name: 'email', role: 'email', type: email },
		{ name: 'happened_at', role: 'date', type: moment },
		{ name: 'event', role: 'event', type: text },
		{ name: 'product', role: 'product', type: text },
		{ name: 'category', role: 'category', type: text },
		{ name: 'quantity', role: 'quantity', type: decimal },
		{ name: 'value', role: 'amount', type: decimal },
		{ name: 'channel', role: 'channel', type: text },
		{ name: 'store', role: 'store', type: text },
		{ name: 'device', role: 'device', type: text },
		{ name: 'session_id', role: 'session_id', type: text },
		{ name: 'url', role: 'url', type: text }
	],
	needs: [['happened_at']]
};
