import { DAYPARTS, HOURS, WEEKDAYS } from '../habits.ts';
import { answers } from './answers.ts';
import type { FeatureBase } from './base.ts';
import { categories } from './categories.ts';
import { channels } from './channels.ts';
import { lines } from './lines.ts';
import { messages } from './messages.ts';
import { orderDetails } from './order-details.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';
import { profiles } from './profiles.ts';
import { purchaseDays } from './purchase-days.ts';
import { returns } from './returns.ts';
import { visits } from './visits.ts';

/** Every base of features. Orders come first: they say who is a customer. A base stands behind the one it is `over`. */
export const BASES: readonly FeatureBase[] = [
	orders,
	purchaseDays,
	WEEKDAYS.base,
	DAYPARTS.base,
	HOURS.base,
	orderDetails,
	returns,
	lines,
	categories,
	products,
	answers,
	channels,
	messages,
	profiles,
	visits
];
