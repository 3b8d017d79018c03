import type { Explanations } from './explanation.ts';

/** The screens under “Segment”. */
export const SEGMENT = {
	ideas: [
		{
			title: 'Segments to begin with',
			text: 'Each idea is a rule in one sentence with numbers that you may change. It is counted at once, on everyone with an order before the chosen day. Nothing is kept until you use it.'
		},
		{
			title: 'Where the numbers come from',
			text: 'Days between orders are the usual ones of your customers, and high spend is what one in four exceeds, rounded. All other numbers are customary ones to begin with.',
			formula:
				'usual days = median of the days between two days with an order; high spend = third quartile of total spend'
		},
		{
			title: 'Money',
			text: 'What the people of an idea have spent so far, and its share of the revenue. One person can be in many ideas, so the shares do not add up.'
		},
		{
			title: 'Use',
			text: 'An idea that you use is one of your segments: a living rule, asked anew whenever the data changes. It can be changed in the Rule builder and sent under Audiences.'
		},
		{
			title: 'Cannot be told',
			text: 'An idea that your files say nothing about stays in the list, in grey, with what it needs. Add such a file and it is counted.'
		}
	],
	builder: [
		{
			title: 'Rules',
			text: 'Conditions on what is known of a customer, and on what they did, in brackets of all, any or none. A saved rule is asked anew whenever the data changes; a list of today stays as it is.'
		},
		{
			title: 'What counts',
			text: 'Customers with an order before the day of the data, and only what happened before it. “In the last 30 days” means 30 × 24 hours before the start of that day; months and years are those of the calendar.',
			formula: 'start of the day − 30 days ≤ time < start of the day'
		},
		{
			title: 'Per week and per month',
			text: 'The count or sum divided by the weeks (7 days) or months (365.25 ÷ 12 days) of the window, at least one. Without a window they run from the first order of the customer.',
			formula: 'orders a month = orders ÷ max(1, months since the first order)'
		},
		{
			title: 'What nobody knows',
			text: 'Who has no value passes “is not”, “does not contain” and “not known”, and no other test. So a condition and its opposite are together everyone. A count or a sum of nothing is 0.'
		},
		{
			title: 'Words, conditions and SQL',
			text: 'All three say the same. SQL that the builder cannot show stays SQL: it needs a column customer_id, and days that stand in it do not move with the data.'
		}
	],
	carts: [
		{
			title: 'What a cart is',
			text: 'What a person put in and did not take out again, since their last order. The newest cart counts, one for each person, and going to the checkout is an act on it. Who took everything out has no cart.'
		},
		{
			title: 'When a cart was left',
			text: 'When no order, and no event that says so, followed within the delay. Each stage begins so many hours after the last act on the cart, and lasts until the next one begins; the message of a stage is due from its beginning. After the last of the days a cart is cold, and no message is due.',
			formula: 'due = last act on the cart + hours of the stage'
		},
		{
			title: 'Who bought',
			text: 'Leaves every stage at once, is a recent buyer for so many days, and gets no reminder. An order without a time of day counts as placed when its day ends, so nobody is reminded of what they bought that day.'
		},
		{
			title: 'What it is worth',
			text: 'The value that the events tell, else the median unit price of the product in your orders. Carts of which no value is known count as people and add no money. Without cuts of your own, carts part at the thirds of those that were left.'
		},
		{
			title: 'People without an order',
			text: 'They are in the counts, the list and the file of carts. Segments hold customers, so they are in none.'
		},
		{
			title: 'Which moment counts',
			text: 'The start of the as-of day, the same as everywhere. Nothing that happened on that day or later is seen.'
		}
	],
	journeys: [
		{
			title: 'Paths before an order',
			text: 'The channels in which a customer did something in the days before an order and after the order before it, in the order of time, with the channel of the order last. The same channel in a row counts once, and of long paths the last twelve steps are looked at. What happened at one time goes by the name of the channel.',
			formula: 'order time − days ≤ time of a touch ≤ order time'
		},
		{
			title: 'What a touch is',
			text: 'An event with a channel or a store, and a click on a message. Messages that came in or were opened are none, and an event that says that somebody bought is the order itself. A click has the channel of its row, else the one of its campaign, else “message”. A store without a channel is the channel “store”.'
		},
		{
			title: 'Orders without a known way',
			text: 'Nothing before them is known, which does not mean that nothing happened. They are counted and left out of the paths. An order without a time of day counts as placed when its day ends.'
		},
		{
			title: 'Omni-engaged and single-channel customers',
			text: 'Active in a channel: an order, a visit or a click there in the days that are set. The means have 95% intervals, which lean on the means of many such samples being normal; a few large orders make them wider. Who buys more has more chances to be seen in a second channel, so this compares people and proves no cause.',
			formula: 'mean ± t × standard deviation ÷ √customers (Student, 1908)'
		}
	],
	'my-segments': [
		{
			title: 'Everything side by side',
			text: 'Groups by recency and frequency, natural segments, living rules, SQL and lists, with the same numbers for each. Rules and SQL are asked anew with every file; a list keeps its people.'
		},
		{
			title: 'Active customers',
			text: 'Those with an order, a visit or a click in the last so many days; you choose how many. A segment with fewer of them than the floor is too small: a result can be chance, and ad platforms may refuse the list.'
		},
		{
			title: 'Trend',
			text: 'Customers in the segment at the last six month ends, as everything was known then, with today’s lines between scores. SQL and saved queries are of today only, and a list has no trend.'
		},
		{
			title: 'How segments overlap (UpSet)',
			text: 'Each column is everyone who is in exactly the marked segments and in none of the others shown, so that the columns add up to everyone in the picture.'
		},
		{
			title: 'Alike (Jaccard)',
			text: 'People in both, divided by people in one or both: 0 where nobody is shared, 1 where they are the same people. J = |A ∩ B| ÷ |A ∪ B|.'
		},
		{
			title: 'What differs most (Cohen’s d)',
			text: 'The mean of one segment less that of the other, divided by the standard deviation of all customers; of ln(1 + x) where the number is never below 0. 0.2 is small, 0.5 medium, 0.8 large.'
		},
		{
			title: 'One message each',
			text: 'Everyone counts in the first segment of the order that they are in. The audience files of the order then share nobody. A segment made later has no place in it until you give it one: the panel says which have none, and how many of the people in at least one of your segments the order reaches.'
		},
		{
			title: 'The nearest segment',
			text: 'Of the same kind, the one whose typical customer is nearest: means of ln(1 + x) of days since the last order, orders and spend, each in standard deviations of all customers; the distance is the root of the mean of their squares.'
		}
	]
} satisfies Explanations;
