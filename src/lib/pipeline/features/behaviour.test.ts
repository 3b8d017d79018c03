import { describe, expect, it } from 'vitest';
import { BEHAVIOUR_WEIGHTS, behaviourFormula, behaviourWeights } from './behaviour.ts';

/** The kind of an event as the engine finds it: the first pattern that its words have. */
function kindOf(event: string): string | undefined {
	const words = event
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return BEHAVIOUR_WEIGHTS.find(({ pattern }) => new RegExp(pattern).test(words))?.id;
}

describe('the kinds of events', () => {
	it.each([
		['page_view', 'visit'],
		['session_start', 'visit'],
		['Active on Site', 'visit'],
		['view_cart', 'visit'],
		['user_engagement', 'visit'],
		['logged_in', 'visit'],
		['view', 'view'],
		['view_item', 'view'],
		['Viewed Product', 'view'],
		['product_detail', 'view'],
		['addtocart', 'cart'],
		['Added to Cart', 'cart'],
		['remove_from_cart', 'removal'],
		['refund', 'removal'],
		['begin_checkout', 'checkout'],
		['add_payment_info', 'checkout'],
		['Checkout Started', 'checkout'],
		['checkout_completed', 'purchase'],
		['transaction', 'purchase'],
		['Placed Order', 'purchase'],
		['Ordered Product', 'purchase'],
		['purchase', 'purchase'],
		['add_to_wishlist', 'wishlist'],
		['view_search_results', 'search'],
		['Received Email', 'message'],
		['Bounced Email', 'message'],
		['Unsubscribed', 'message'],
		['Opened Email', 'open'],
		['email_open', 'open'],
		['Clicked Email', 'click'],
		['select_item', 'click'],
		['quiz finished', 'other'],
		['', 'other']
	])('“%s” is of the kind %s', (event, kind) => {
		expect(kindOf(event)).toBe(kind);
	});

	it('have different ids and words', () => {
		expect(new Set(BEHAVIOUR_WEIGHTS.map(({ id }) => id)).size).toBe(BEHAVIOUR_WEIGHTS.length);
		expect(new Set(BEHAVIOUR_WEIGHTS.map(({ label }) => label)).size).toBe(BEHAVIOUR_WEIGHTS.length);
	});
});

describe('the formula of the behaviour score', () => {
	const behaviour = { halfLifeDays: 14, weights: { purchase: 12, 'quiz finished': 4 } };

	it('says the half-life and every weight', () => {
		const formula = behaviourFormula({ behaviour });
		expect(formula).toContain('0.5^(days ago ÷ 14)');
		expect(formula).toContain('purchase 12');
		expect(formula).toContain('checkout 6');
		expect(formula).toContain('quiz finished 4');
	});

	it('takes what the recipe says before the table', () => {
		const weights = behaviourWeights({ behaviour });
		expect(weights.find(({ id }) => id === 'purchase')?.weight).toBe(12);
		expect(weights.find(({ id }) => id === 'cart')?.weight).toBe(5);
	});
});
