import { z } from 'zod';

/** A stage of a cart that was left: which message is due, and from when on. */
export const CartStage = z.object({
	id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
	name: z.string().min(1).max(60),
	/** From so many minutes after the last act on the cart. */
	afterMinutes: z
		.int()
		.min(1)
		.max(60 * 24 * 90)
});
export type CartStage = z.infer<typeof CartStage>;

export const CartParams = z.object({
	/** A cart without an order for so long after the last act on it was left. */
	delayMinutes: z
		.int()
		.min(1)
		.max(60 * 24 * 7),
	/** In the order of time; the first begins at the delay. */
	stages: z.array(CartStage).min(1).max(6),
	/** After so many days a cart is cold: no message is due any more. */
	coldAfterDays: z.int().min(1).max(365),
	/** Who bought at most so many days ago, after filling the cart, is a recent buyer. */
	recentBuyerDays: z.int().min(1).max(365),
	/** Where carts part into small and large by their value, ascending; null: at the thirds of the carts that were left. */
	valueCuts: z.array(z.number().positive()).max(4).nullable()
});
export type CartParams = z.infer<typeof CartParams>;

/** The parameters of a new session. */
export const DEFAULT_CARTS: CartParams = {
	delayMinutes: 30,
	stages: [
		{ id: 'reminder', name: 'Reminder', afterMinutes: 30 },
		{ id: 'follow_up', name: 'Follow-up', afterMinutes: 24 * 60 },
		{ id: 'last_call', name: 'Last call', afterMinutes: 3 * 24 * 60 }
	],
	coldAfterDays: 7,
	recentBuyerDays: 30,
	valueCuts: null
};

/** Where a cart can be besides the stages of the parameters: still being filled, bought, or too old. */
export const FIXED_CART_STAGES = ['open', 'recent_buyer', 'earlier_buyer', 'cold'] as const;

/** What these stages are called. */
export const FIXED_STAGE_NAMES: Readonly<Record<(typeof FIXED_CART_STAGES)[number], string>> = {
	open: 'Still being filled',
	recent_buyer: 'Recent buyers',
	earlier_buyer: 'Earlier buyers',
	cold: 'Cold'
};
