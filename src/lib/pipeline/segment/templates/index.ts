import { bigFirstOrder } from './big-first-order.ts';
import { bigSpendersQuiet } from './big-spenders-quiet.ts';
import { buyersWithoutConsent } from './buyers-without-consent.ts';
import { categoryExplorers } from './category-explorers.ts';
import { categoryLoyalists } from './category-loyalists.ts';
import { championsUnsent } from './champions-unsent.ts';
import { channelRegulars } from './channel-regulars.ts';
import { clickedNotBought } from './clicked-not-bought.ts';
import { detractors } from './detractors.ts';
import { discountOnly } from './discount-only.ts';
import { firstOrderAnniversary } from './first-order-anniversary.ts';
import { fullPrice } from './full-price.ts';
import { highIntent } from './high-intent.ts';
import { lapsedBrowsing } from './lapsed-browsing.ts';
import { leftCart } from './left-cart.ts';
import { newCustomers } from './new-customers.ts';
import { overdue } from './overdue.ts';
import { premiumLovers } from './premium-lovers.ts';
import { promoters } from './promoters.ts';
import { regularsDue } from './regulars-due.ts';
import { returnsHeavy } from './returns-heavy.ts';
import { secondOrderDue } from './second-order-due.ts';
import { secondOrderMade } from './second-order-made.ts';
import { slowingDown } from './slowing-down.ts';
import { sunset } from './sunset.ts';
import type { SegmentTemplate } from './template.ts';
import { topSpenders } from './top-spenders.ts';
import { viewedNotBought } from './viewed-not-bought.ts';
import { vipSlipping } from './vip-slipping.ts';
import { weekendShoppers } from './weekend-shoppers.ts';
import { windowShoppers } from './window-shoppers.ts';

/** The segments to begin with, in the order in which they are shown: those of a moment together, as `MOMENTS` has them. */
export const TEMPLATES: readonly SegmentTemplate[] = [
	viewedNotBought,
	highIntent,
	leftCart,
	lapsedBrowsing,
	windowShoppers,
	newCustomers,
	secondOrderDue,
	secondOrderMade,
	regularsDue,
	bigFirstOrder,
	weekendShoppers,
	vipSlipping,
	overdue,
	slowingDown,
	bigSpendersQuiet,
	topSpenders,
	championsUnsent,
	fullPrice,
	discountOnly,
	categoryExplorers,
	categoryLoyalists,
	premiumLovers,
	channelRegulars,
	buyersWithoutConsent,
	clickedNotBought,
	sunset,
	returnsHeavy,
	firstOrderAnniversary,
	detractors,
	promoters
];
