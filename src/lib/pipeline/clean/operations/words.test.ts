import { expect, it } from 'vitest';
import { join, sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../tests/support/raw-tables.ts';
import { feeLine } from './fee-line.ts';
import { giftCard } from './gift-card.ts';
import { wordRules } from './index.ts';
import { notASale } from './not-a-sale.ts';
import { refunded } from './refunded.ts';
import { staffCustomer } from './staff-customer.ts';
import { testOrder } from './test-order.ts';
import { unpaid } from './unpaid.ts';
import { wholesaleCustomer } from './wholesale-customer.ts';
import type { WordRule } from './operation.ts';
import { plainText } from './word-rule.ts';

interface Case {
	readonly rule: WordRule;
	readonly role: Role;
	readonly platform?: string;
	readonly yes: readonly string[];
	readonly no: readonly string[];
}

const CASES: readonly Case[] = [
	{
		rule: notASale,
		role: 'line_type',
		yes: [
			'General Withdrawal - Bank Account',
			'User Initiated Currency Conversion',
			'General Currency Conversion 12',
			'Payment Hold',
			'Payment Release',
			'Account Hold for Open Authorization',
			'Chargeback Fee',
			'Transfer',
			'Service Fee',
			'FBA Inventory Fee',
			'Refund_Retrocharge',
			'MerchantPayout',
			'Fee',
			'Übertrag',
			'Servicegebühr',
			'Adjustment'
		],
		no: [
			'Website Payment',
			'Express Checkout Payment',
			'General Payment',
			'Order',
			'Refund',
			'Payment',
			'Settled',
			'Refunded',
			'Sale',
			'Feelings',
			'line_item',
			''
		]
	},
	{
		rule: refunded,
		role: 'line_type',
		yes: [
			'Refund',
			'Payment Refund',
			'Refunded',
			'Chargeback',
			'A-to-z Guarantee Claim',
			'Erstattung',
			'Return'
		],
		no: ['Payment', 'Order', 'Settled', 'returning customer', '']
	},
	{
		rule: refunded,
		role: 'status',
		yes: ['refunded', 'Refunded', 'wc-refunded', 'fully_refunded'],
		no: ['partially_refunded', 'refund pending', 'paid', '']
	},
	{
		rule: unpaid,
		role: 'status',
		yes: [
			'on-hold',
			'On Hold',
			'wc-on-hold',
			'Pending payment',
			'pending_payment',
			'checkout-draft',
			'draft',
			'unpaid'
		],
		no: ['pending', 'authorized', 'paid', 'completed', 'processing', 'partially_paid', '']
	},
	{
		rule: unpaid,
		role: 'status',
		platform: 'woocommerce-orders',
		yes: ['pending', 'wc-pending', 'on-hold'],
		no: ['processing', 'completed']
	},
	{
		rule: testOrder,
		role: 'payment_method',
		yes: ['bogus', '(for testing) Bogus Gateway', 'Stripe (test mode)', 'Test'],
		no: ['visa', 'Shopify Payments', 'latest', '']
	},
	{
		rule: testOrder,
		role: 'tags',
		yes: ['test', 'vip, test', '"Test","VIP"', 'test-order', 'vip; Test order'],
		no: ['vip', 'A/B test', 'taste tester', 'latest', 'tested, vip']
	},
	{
		rule: testOrder,
		role: 'sku',
		yes: ['TEST001', 'test-2', 'test'],
		no: ['TESTER-1', 'CONTEST1', '85123A']
	},
	{
		rule: staffCustomer,
		role: 'tags',
		yes: ['staff', 'vip, Staff discount', 'Employee', 'Mitarbeiterin'],
		no: ['staffordshire', 'wholesale', '']
	},
	{
		rule: wholesaleCustomer,
		role: 'customer_group',
		yes: ['Wholesale', 'vip, wholesale', 'B2B', 'Reseller', 'Großhandel', 'Retailer'],
		no: ['General', 'Retail', 'NOT LOGGED IN', '']
	},
	{
		rule: giftCard,
		role: 'product',
		yes: [
			'Gift Card',
			'$50 Gift Card',
			'Dotcomgiftshop Gift Voucher £20.00',
			'E-Gift Card',
			'Geschenkgutschein'
		],
		no: ['Gift Card Holder', 'GIFT BAG PAISLEY', '1× Fern Print, A4, 3× Gift Card', '']
	},
	{ rule: giftCard, role: 'sku', yes: ['gift_0001_20', 'GIFT', 'gift-card'], no: ['GIFTBAG1', '21123'] },
	{
		rule: feeLine,
		role: 'product',
		yes: [
			'POSTAGE',
			'DOTCOM POSTAGE',
			'CARRIAGE',
			'Next Day Carriage',
			'Manual',
			'Discount',
			'SAMPLES',
			'AMAZON FEE',
			'Bank Charges',
			'CRUK Commission',
			'Adjust bad debt',
			'PACKING CHARGE',
			'Shipping & Handling',
			'Versandkosten',
			'Frais de port'
		],
		no: [
			'FRENCH CARRIAGE LANTERN',
			'COFFEE MUG',
			'ZINC HEART LATTICE CHARGER LARGE',
			'POSTAGE STAMP CUSHION',
			''
		]
	},
	{
		rule: feeLine,
		role: 'sku',
		platform: 'online-retail',
		yes: ['POST', 'DOT', 'M', 'm', 'D', 'S', 'BANK CHARGES', 'AMAZONFEE', 'C2', 'CRUK', 'PADS', 'B'],
		no: ['85123A', 'DCGSSGIRL', 'POSTER']
	}
];

describeEngines('the word rules', (engine) => {
	it.each(CASES)('$rule.id by $role: $yes.0, not $no.0', async ({ rule, role, platform, yes, no }) => {
		const source: SourceParams = { ...makeSource([role], { [role]: role }), platform: platform ?? null };
		expect(rule.rolesIn(source)).toContain(role);
		const texts = [...yes, ...no];
		const values = texts.map((text) => sql`(${text})`);
		const rows = await engine().rows<{ text: string }>(sql`
			SELECT t::VARCHAR AS text FROM (VALUES ${join(values, ', ')}) AS texts(t)
			WHERE ${rule.says(plainText(sql`t`), role, source)} ORDER BY t`);
		const found = new Set(rows.map(({ text }) => text));
		expect(texts.filter((text) => found.has(text))).toEqual(yes);
	});

	it('read no stock codes of one letter but those of Online Retail', () => {
		expect(feeLine.rolesIn(makeSource(['c'], { sku: 'c' }))).toEqual([]);
	});

	it('leave refunded orders where the file tells the refund, or has rows of refunds', () => {
		const rolesOf = (mapping: SourceParams['mapping']) => refunded.rolesIn(makeSource(['a', 'b'], mapping));
		expect(rolesOf({ status: 'a' })).toEqual(['status']);
		expect(rolesOf({ status: 'a', refund: 'b' })).toEqual([]);
		expect(rolesOf({ status: 'a', line_type: 'b' })).toEqual(['line_type']);
	});

	it('are eight', () => {
		expect(wordRules.map(({ id, defaultOn }) => [id, defaultOn])).toEqual([
			['not_a_sale', true],
			['test_order', true],
			['refunded', true],
			['unpaid', true],
			['staff_customer', false],
			['wholesale_customer', false],
			['gift_card', false],
			['fee_line', false]
		]);
	});
});
