import type { CanonicalKind } from './kind.ts';
import { code, text } from './values.sql.ts';

/** `clean.places`: one row per postcode of a table that tells where it is. */
export const places: CanonicalKind = {
	kind: 'places',
	table: 'places',
	people: [],
	columns: [
		{ name: 'postcode', role: 'postcode', type: code },
		{ name: 'region', role: 'region', type: text },
		{ name: 'city', role: 'city', type: text },
		{ name: 'country', role: 'country', type: text }
	],
	needs: [['postcode'], ['region', 'city']]
};
