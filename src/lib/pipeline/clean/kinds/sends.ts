import type { CanonicalKind } from './kind.ts';
import { action, email, moment, text } from './values.sql.ts';

/** `clean.sends`: one row per message to a person, or per thing that came back. */
export const sends: CanonicalKind = {
	kind: 'sends',
	table: 'sends',
	people: ['customer', 'email', 'phone'],
	columns: [
		{ name: 'email', role: 'email', type: email },
		{ name: 'sent_at', role: 'date', type: moment },
		{ name: 'campaign', role: 'campaign', type: text },
		{ name: 'channel', role: 'channel', type: text },
		{ name: 'action', role: 'action', type: action, otherwise: 'sent' },
		{ name: 'variant', role: 'variant', type: text }
	],
	needs: [['sent_at']]
};
