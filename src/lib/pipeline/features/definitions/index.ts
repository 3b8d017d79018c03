import { activeMonths } from './active-months.ts';
import { ageYears } from './age-years.ts';
import { answerCount } from './answer-count.ts';
import { behaviourScore } from './behaviour-score.ts';
import { cartsLeftShare } from './carts-left-share.ts';
import { cartsLeft } from './carts-left.ts';
import { carts } from './carts.ts';
import { channelCount } from './channel-count.ts';
import { channelEngagement } from './channel-engagement.ts';
import { channelEntropy } from './channel-entropy.ts';
import { clickRate } from './click-rate.ts';
import { clickToOpenRate } from './click-to-open-rate.ts';
import { clickedChannel } from './clicked-channel.ts';
import { clicks } from './clicks.ts';
import { daysSinceAnswer } from './days-since-answer.ts';
import { daysSinceClick } from './days-since-click.ts';
import { daysSinceVisit } from './days-since-visit.ts';
import type { FeatureDefinition } from './definition.ts';
import { desktopShare } from './desktop-share.ts';
import { discountDepth } from './discount-depth.ts';
import { discountShare } from './discount-share.ts';
import { distinctCategories } from './distinct-categories.ts';
import { distinctProducts } from './distinct-products.ts';
import { emailConsent } from './email-consent.ts';
import { engagementTrend } from './engagement-trend.ts';
import { engagementVelocity } from './engagement-velocity.ts';
import { expectedOrderDays } from './expected-order-days.ts';
import { expectedOrderOn } from './expected-order-on.ts';
import { favouriteCategoryShare } from './favourite-category-share.ts';
import { favouriteCategory } from './favourite-category.ts';
import { favouriteProduct } from './favourite-product.ts';
import { frequency } from './frequency.ts';
import { gapDaysMean } from './gap-days-mean.ts';
import { gapDaysMedian } from './gap-days-median.ts';
import { gapDaysTrend } from './gap-days-trend.ts';
import { gender } from './gender.ts';
import { historicMargin } from './historic-margin.ts';
import { itemsPerOrder } from './items-per-order.ts';
import { language } from './language.ts';
import { lastScore } from './last-score.ts';
import { lifecycleStage } from './lifecycle-stage.ts';
import { linesPerOrder } from './lines-per-order.ts';
import { meanScore } from './mean-score.ts';
import { messagesReceived } from './messages-received.ts';
import { monetaryMean } from './monetary-mean.ts';
import { monetaryTotal } from './monetary-total.ts';
import { npsClass } from './nps-class.ts';
import { onlineOrderShare } from './online-order-share.ts';
import { openRate } from './open-rate.ts';
import { opens } from './opens.ts';
import { orderValueLast } from './order-value-last.ts';
import { orderValueLeast } from './order-value-least.ts';
import { orderValueMost } from './order-value-most.ts';
import { orderValueVariation } from './order-value-variation.ts';
import { ordersLastDays } from './orders-last-days.ts';
import { overdueRatio } from './overdue-ratio.ts';
import { phoneShare } from './phone-share.ts';
import { preferredChannel } from './preferred-channel.ts';
import { preferredDaypartShare } from './preferred-daypart-share.ts';
import { preferredDaypart } from './preferred-daypart.ts';
import { preferredDevice } from './preferred-device.ts';
import { preferredHour } from './preferred-hour.ts';
import { preferredWeekdayShare } from './preferred-weekday-share.ts';
import { preferredWeekday } from './preferred-weekday.ts';
import { premiumShare } from './premium-share.ts';
import { productViews } from './product-views.ts';
import { recencyDays } from './recency-days.ts';
import { recentClicks } from './recent-clicks.ts';
import { recentMessages } from './recent-messages.ts';
import { recentVisits } from './recent-visits.ts';
import { region } from './region.ts';
import { returnsPerOrder } from './returns-per-order.ts';
import { revenueLastDays } from './revenue-last-days.ts';
import { rhythmSource } from './rhythm-source.ts';
import { smsConsent } from './sms-consent.ts';
import { storeOrderShare } from './store-order-share.ts';
import { storeVisitShare } from './store-visit-share.ts';
import { tabletShare } from './tablet-share.ts';
import { tenureDays } from './tenure-days.ts';
import { visitBuyShare } from './visit-buy-share.ts';
import { visitCount } from './visit-count.ts';
import { visitMinutesMean } from './visit-minutes-mean.ts';
import { weekendOrderShare } from './weekend-order-share.ts';

/** Every feature, in the order in which they are shown. */
export const DEFINITIONS: readonly FeatureDefinition[] = [
	recencyDays,
	frequency,
	tenureDays,
	monetaryTotal,
	monetaryMean,
	...revenueLastDays,
	orderValueLast,
	orderValueLeast,
	orderValueMost,
	orderValueVariation,
	historicMargin,
	discountShare,
	discountDepth,
	returnsPerOrder,
	activeMonths,
	...ordersLastDays,
	gapDaysMean,
	gapDaysMedian,
	gapDaysTrend,
	expectedOrderDays,
	expectedOrderOn,
	rhythmSource,
	overdueRatio,
	lifecycleStage,
	linesPerOrder,
	itemsPerOrder,
	distinctCategories,
	distinctProducts,
	favouriteCategory,
	favouriteCategoryShare,
	favouriteProduct,
	premiumShare,
	weekendOrderShare,
	preferredWeekday,
	preferredWeekdayShare,
	preferredDaypart,
	preferredDaypartShare,
	preferredHour,
	channelCount,
	channelEntropy,
	preferredChannel,
	clickedChannel,
	channelEngagement,
	storeOrderShare,
	onlineOrderShare,
	storeVisitShare,
	phoneShare,
	desktopShare,
	tabletShare,
	preferredDevice,
	visitCount,
	recentVisits,
	daysSinceVisit,
	productViews,
	visitMinutesMean,
	visitBuyShare,
	carts,
	cartsLeft,
	cartsLeftShare,
	messagesReceived,
	recentMessages,
	clicks,
	recentClicks,
	clickRate,
	daysSinceClick,
	opens,
	openRate,
	clickToOpenRate,
	engagementVelocity,
	engagementTrend,
	behaviourScore,
	answerCount,
	daysSinceAnswer,
	lastScore,
	meanScore,
	npsClass,
	ageYears,
	gender,
	language,
	region,
	emailConsent,
	smsConsent
];

/** The ids of the features that every run computes; the others are computed when they are compared, or afterwards. */
export const CORE_FEATURES: readonly string[] = [
	'recency_days',
	'frequency',
	'monetary_total',
	'monetary_mean',
	'tenure_days',
	'gap_days_mean',
	'active_months',
	'lines_per_order',
	'items_per_order'
];

/**
 * What a feature is called: as in `known`, where it is, else a number of a saved query by its id in words:
 * `average_basket` is “Average basket”.
 */
export function featureLabel(
	id: string,
	known: readonly { readonly id: string; readonly label: string }[] = DEFINITIONS
): string {
	const found = known.find((each) => each.id === id);
	if (found) return found.label;
	const words = id.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
