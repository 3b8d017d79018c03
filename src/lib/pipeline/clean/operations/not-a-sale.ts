import { hasWord, wordRule } from './word-rule.ts';

/** Words of payment reports (PayPal, Amazon, Adyen, Square) for money that nobody paid for goods. */
const WORDS = [
	'fees?|commissions?|charges|taxe?s?|bank charge|interest|bonus|debt|loan|payouts?|pay outs?|withdrawals?|transfers?',
	'(?:currency )?conversions?|(?:bank|credit card|general|card) deposit|holds?|release|reserves?|authori[sz]ations?',
	'void|no sale|reversal of .*|chargeback reversal|adjustments?|corrections?|deductions?|reimbursements?|liquidations?',
	'retrocharge|shipping services|top[- ]?up|cash back',
	// Adyen writes its booking types as one word.
	'merchantpayout|misccosts|balancetransfer|reserveadjustment|depositcorrection|invoicededuction|manualcorrected',
	'paymentcost|capturefailed|sentforsettle|chargebackreversed|refundedreversed|authorisationschemefee',
	'bankinstructionreturned|paidout|chargebackexternallywithinfo',
	'gebühr(?:en)?|[\\p{L}]+gebühr(?:en)?|übertrag|überweisung|auszahlung|abbuchung|einbehalt(?:ung)?|währungsumrechnung',
	'frais|virement|retrait|transfert|tarifas?|comisi[oó]n(?:es)?|transferencia|retirada|conversi[oó]n',
	'commissioni?|trasferimento|prelievo|conversione'
].join('|');

export const notASale = wordRule({
	id: 'not_a_sale',
	label: 'No sale: a fee, transfer or hold',
	explanation:
		'Payment reports list fees, payouts, holds and currency conversions between the sales. Nobody bought anything there.',
	defaultOn: true,
	roles: ['line_type'],
	says: (text) => hasWord(text, WORDS)
});
