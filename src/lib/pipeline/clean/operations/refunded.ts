import { sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole } from '../source.ts';
import { hasWord, wordRule } from './word-rule.ts';

/** Kinds of rows that give money back. */
const REFUND_ROWS =
	'refund(?:s|ed)?|returns?|returned|chargebacks?|secondchargeback|reversal|credit ?notes?|guarantee claim|disputes?|' +
	'(?:rück)?erstattung(?:en)?|gutschrift(?:en)?|rückzahlung|storno|remboursements?|reembolsos?|rimborso|rimborsi|terugbetaling';

/** Words of a status column for an order whose whole money was given back. */
const REFUNDED =
	'refunded|fully[ _]refunded|wc-refunded|erstattet|rückerstattet|remboursée?|reembolsado|rimborsato|terugbetaald';

/** Condition for a row that gives money back, by its kind; null where the file does not tell kinds of rows apart. */
export function refundRow(source: SourceParams): Sql | null {
	return hasRole(source, 'line_type') ? sql`is_refund` : null;
}

export const refunded = wordRule({
	id: 'refunded',
	label: 'Money given back',
	explanation:
		'A refund on a row of its own, or an order whose status says refunded in a file that tells no refunded amount.',
	defaultOn: true,
	roles: ['line_type', 'status'],
	// Where the file tells how much was given back, the order stays and its money is lowered.
	reads: (role, source) =>
		role === 'line_type' || !(hasRole(source, 'refund') || hasRole(source, 'line_type')),
	says: (text, role) =>
		role === 'line_type' ? hasWord(text, REFUND_ROWS) : sql`regexp_full_match(${text}, ${REFUNDED})`
});
