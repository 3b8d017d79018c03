import type { ProfileValue } from './schema.ts';

/** What is said of people with much of a feature, and of people with little of it. */
type Words = readonly [high: string, low: string];

const FREQUENT: Words = ['frequent', 'rare'];
const SPENDERS: Words = ['big spenders', 'small spenders'];
const LATELY: Words = ['spending now', 'quiet lately'];
const ORDER_SIZE: Words = ['big orders', 'small orders'];
const BASKETS: Words = ['full baskets', 'small baskets'];
const RANGE: Words = ['wide range', 'narrow range'];
const BARGAINS: Words = ['bargain hunters', 'full-price buyers'];
const BROWSERS: Words = ['browsers', 'few visits'];
const CARTS_LEFT: Words = ['leave carts', 'finish carts'];
const CHANNELS: Words = ['many channels', 'one channel'];
const OPENERS: Words = ['open mails', 'rarely open'];
const CLICKERS: Words = ['click mails', 'rarely click'];
const RATING: Words = ['happy', 'unhappy'];

/** A marketer's words for the features of the library that are compared most often, by their id. */
const PLAIN_WORDS: ReadonlyMap<string, Words> = new Map(
	Object.entries({
		recency_days: ['lapsed', 'recent'],
		frequency: FREQUENT,
		active_months: FREQUENT,
		orders_last_30_days: FREQUENT,
		orders_last_90_days: FREQUENT,
		orders_last_365_days: FREQUENT,
		gap_days_mean: ['rare', 'frequent'],
		gap_days_median: ['rare', 'frequent'],
		gap_days_trend: ['slowing down', 'speeding up'],
		overdue_ratio: ['overdue', 'on time'],
		tenure_days: ['long-standing', 'new'],
		monetary_total: SPENDERS,
		revenue_last_365_days: SPENDERS,
		historic_margin: SPENDERS,
		revenue_last_30_days: LATELY,
		revenue_last_90_days: LATELY,
		monetary_mean: ORDER_SIZE,
		order_value_last: ORDER_SIZE,
		order_value_least: ORDER_SIZE,
		order_value_most: ORDER_SIZE,
		order_value_variation: ['uneven orders', 'even orders'],
		items_per_order: BASKETS,
		lines_per_order: BASKETS,
		distinct_products: RANGE,
		distinct_categories: RANGE,
		favourite_category_share: ['one favourite', 'varied taste'],
		premium_share: ['premium buyers', 'low-price buyers'],
		discount_share: BARGAINS,
		discount_depth: BARGAINS,
		returns_per_order: ['many returns', 'few returns'],
		weekend_order_share: ['weekend buyers', 'weekday buyers'],
		online_order_share: ['online buyers', 'rarely online'],
		store_order_share: ['store buyers', 'rarely in stores'],
		channel_count: CHANNELS,
		channel_entropy: CHANNELS,
		visit_count: BROWSERS,
		recent_visits: BROWSERS,
		product_views: BROWSERS,
		days_since_visit: ['no visit lately', 'visited lately'],
		visit_buy_share: ['visit to buy', 'only looking'],
		carts_left: CARTS_LEFT,
		carts_left_share: CARTS_LEFT,
		opens: OPENERS,
		open_rate: OPENERS,
		clicks: CLICKERS,
		recent_clicks: CLICKERS,
		click_rate: CLICKERS,
		behaviour_score: ['engaged', 'not engaged'],
		engagement_velocity: ['warming up', 'cooling off'],
		engagement_trend: ['warming up', 'cooling off'],
		last_score: RATING,
		mean_score: RATING,
		loyalty_score: ['loyal', 'not loyal'],
		age_years: ['older', 'younger']
	} satisfies Record<string, Words>)
);

/** What sets people apart on a feature, in a word or two: “big spenders”. Undefined for features without such words. */
export function plainWord(value: ProfileValue): string | undefined {
	if (value.feature === 'expected_order_days') return dueWord(value);
	const words = PLAIN_WORDS.get(value.feature);
	return words?.[value.effect > 0 ? 0 : 1];
}

/** Below 0 the next order is overdue; whether it is due soon or later is a matter of what is usual. */
function dueWord({ effect, median, medianAll }: ProfileValue): string {
	if (median < 0) return effect < 0 ? 'overdue' : 'less overdue';
	return effect < 0 || medianAll < 0 ? 'due soon' : 'due later';
}
