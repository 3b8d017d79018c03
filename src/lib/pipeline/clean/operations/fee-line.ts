import { list, sql } from '#lib/engine/sql.ts';
import { wordRule } from './word-rule.ts';

const BEFORE =
	'dotcom|amazon|ebay|next day|same day|express|standard|free|international|domestic|uk|eu|economy|priority|' +
	'first class|second class|insured|tracked|additional|extra|flat rate|local|kostenloser?|livraison|gastos de|costi di';

const POSTAGE =
	'postage|carriage|shipping|shipment|delivery|freight|courier|handling|packing|packaging|p&p|s&h|' +
	'versand|porto|lieferung|fracht|verpackung|livraison|exp[eé]dition|frais de (?:port|livraison)|env[ií]o|spedizione|verzending|verzendkosten|frakt';

const AFTER =
	'fees?|costs?|charges?|rates?|surcharges?|insurance|protection|(?:s?kosten)|pauschale|gebühr(?:en)?';

/** The whole name of a product that is no product. */
const FEES = [
	`(?:(?:${BEFORE}) )*(?:${POSTAGE})(?: ?(?:&|and|und|et) ?(?:${POSTAGE}))?(?:[ -]?(?:${AFTER}))*`,
	'(?:versand|liefer|porto|verpackungs|service|bearbeitungs|zahlungs)(?:kosten|gebühr(?:en)?|pauschale)',
	'(?:bank|card|service|payment|processing|transaction|handling|booking|gift ?wrap(?:ping)?|amazon|paypal|late|restocking) (?:fees?|charges?|surcharges?)',
	'(?:cruk |sales )?commission|surcharge|fees?',
	'manual|(?:manual |stock |price )?adjust(?:ments?)?|adjust bad debt|rounding|samples?',
	'(?:discounts?|rabatte?|remises?|descuentos?|sconto|sconti|korting|coupons?)',
	'tips?|gratuity|trinkgeld'
].join('|');

/** Stock codes of Online Retail that name no product. */
const ONLINE_RETAIL_CODES = [
	'post',
	'dot',
	'm',
	'd',
	's',
	'bank charges',
	'amazonfee',
	'c2',
	'cruk',
	'pads',
	'b',
	'adjust',
	'adjust2'
] as const;

export const feeLine = wordRule({
	id: 'fee_line',
	label: 'Postage and fees',
	explanation:
		'The line is postage, a fee, a discount or a correction. Without it an order counts what was bought alone.',
	defaultOn: false,
	roles: ['product', 'sku', 'line_type'],
	// Single letters are sizes and colours in other shops.
	reads: (role, { platform }) => role !== 'sku' || platform === 'online-retail',
	says: (text, role) =>
		role === 'sku'
			? sql`${text} IN ${list(ONLINE_RETAIL_CODES)}`
			: sql`regexp_full_match(${text}, ${`(?:${FEES})`})`
});
