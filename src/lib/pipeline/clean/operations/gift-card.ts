import { sql } from '#lib/engine/sql.ts';
import { hasWord, wordRule } from './word-rule.ts';

const GIFT_CARDS =
	'e?-?gift[ -]?(?:cards?|vouchers?|certificates?)|e-gift|geschenk(?:gutscheine?|karten?)|(?:wert)?gutscheine?|' +
	'ch[eè]ques?[ -]cadeaux?|cartes?[ -]cadeaux?|bons?[ -]cadeaux?|tarjetas?(?: de)? regalo|buon[oi] regalo|carta regalo|' +
	'cadeaubon(?:nen)?|cadeaukaart(?:en)?|presentkort|gavekort|lahjakortti';

/** What is sold with gift cards and is none. */
const AROUND = 'holders?|box(?:es)?|envelopes?|wallets?|stands?|sleeves?|hüllen?|umschl(?:ag|äge)|étuis?';

/** Several products in one cell, as `1× Print, 2× Gift Card`: the row holds more than a gift card. */
const SEVERAL = String.raw`\d+\s*[×x]\s.*,\s*\d+\s*[×x]\s`;

export const giftCard = wordRule({
	id: 'gift_card',
	label: 'Gift card',
	explanation: 'A gift card or voucher was bought. It is money for later, and counts again when it is used.',
	defaultOn: false,
	roles: ['product', 'sku'],
	says: (text, role) =>
		role === 'sku'
			? sql`regexp_full_match(${text}, ${String.raw`gift[-_ ]?(?:card)?[-_ ]?\d*(?:_\d+)?`})`
			: sql`CASE WHEN ${hasWord(text, GIFT_CARDS)} THEN NOT ${hasWord(text, AROUND)} AND NOT regexp_matches(${text}, ${SEVERAL}) END`
});
