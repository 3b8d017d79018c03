import type { CanonicalKind } from './kind.ts';
import { day, decimal, text, whole } from './values.sql.ts';

/** `clean.campaigns`: one row per campaign, or per stretch of time of one, as the file has it. */
export const campaigns: CanonicalKind = {
	kind: 'campaigns',
	table: 'campaigns',
	people: [],
	columns: [
		{ name: 'campaign', role: 'campaign', type: text },
		{ name: 'channel', role: 'channel', type: text },
		{ name: 'starts_on', role: 'date', type: day },
		{ name: 'ends_on', role: 'end_date', type: day },
		{ name: 'spend', role: 'spend', type: decimal },
		{ name: 'currency', role: 'currency', type: text },
		{ name: 'recipients', role: 'recipients', type: whole },
		{ name: 'impressions', role: 'impressions', type: whole },
		{ name: 'opens', role: 'opens', type: whole },
		{ name: 'clicks', role: 'clicks', type: whole },
		{ name: 'conversions', role: 'conversions', type: decimal },
		{ name: 'revenue', role: 'revenue', type: decimal },
		{ name: 'unsubscribes', role: 'unsubscribes', type: whole }
	],
	needs: [['campaign']]
};
