import type { FIXED_CART_STAGES } from './schema.ts';

/** A stage of the parameters by its id, or one of the fixed ones. */
export type CartStageId = (typeof FIXED_CART_STAGES)[number] | (string & {});

/** People with a cart, and the money in their carts. */
export interface CartCount {
	/** People, with or without an order in the files. */
	readonly people: number;
	/** Those of them who are customers: with an order before the as-of day. */
	readonly customers: number;
	/** Value of their carts; null where no cart among them has a known value. */
	readonly money: number | null;
	/** Carts of which no value is known. */
	readonly withoutValue: number;
}

/** Carts of a kind, within a stage. */
export interface CartSplit extends CartCount {
	/** The word to filter by; null: not known. */
	readonly id: string | null;
	/** The word to show; of what is not known `Not known`. */
	readonly label: string;
}

/** A stage, in the order in which a cart goes through them. */
export interface CartStageResult extends CartCount {
	readonly id: CartStageId;
	readonly name: string;
	/** `open`: still being filled; `left`: a message is due; `cold`: too old for one; `bought`: bought after filling it. */
	readonly kind: 'open' | 'left' | 'cold' | 'bought';
	/** In the order of the bands, unknown last; empty where no value is known. */
	readonly bands: readonly CartSplit[];
	/** By falling money, then people; a cart with several categories counts in each. */
	readonly categories: readonly CartSplit[];
	/** By falling people. */
	readonly tiers: readonly CartSplit[];
}

/** Carts of a size. `from` is not included, `to` is; null: no limit. */
export interface CartBand {
	readonly id: string;
	readonly name: string;
	readonly from: number | null;
	readonly to: number | null;
}

/** The newest cart of everybody who filled one before the as-of day. */
export interface CartBoardResult {
	/** `open`, the stages of the parameters, `cold`, `recent_buyer`, `earlier_buyer`; also those without people. */
	readonly stages: readonly CartStageResult[];
	/** Everybody with a cart. */
	readonly all: CartCount;
	/** Carts that were left and not bought since, also cold ones. */
	readonly left: CartCount;
	/** Carts that are due a message. */
	readonly due: CartCount;
	/** People who left their cart, and bought later. */
	readonly recovered: number;
	/** In order of size; empty where no value is known. */
	readonly bands: readonly CartBand[];
	/** What tiers are: groups of the customers file, else RFM groups; null where neither is known. */
	readonly tierBy: 'customer_group' | 'rfm_group' | null;
}

/** What of the board is looked at; null: all. `category` and `tier` and `band` by the ids of the splits, `''`: not known. */
export interface CartFilter {
	/** Empty: every stage. */
	readonly stages: readonly CartStageId[];
	readonly band: string | null;
	readonly category: string | null;
	readonly tier: string | null;
}

/** Somebody with a cart. Times are `yyyy-mm-dd hh:mm`. */
export interface CartPerson {
	readonly customerId: string;
	/** The row among the customers; null: somebody without an order. */
	readonly idx: number | null;
	readonly stage: CartStageId;
	/** The last act on the cart. */
	readonly cartAt: string;
	/** When the message of the stage is due, or was; null where none is. */
	readonly dueAt: string | null;
	readonly value: number | null;
	/** Id of the band. */
	readonly band: string | null;
	/** With `; ` between them, in the order of letters; null: not known. */
	readonly categories: string | null;
	readonly products: string | null;
	readonly tier: string | null;
	/** When they bought after filling the cart. */
	readonly boughtAt: string | null;
}
