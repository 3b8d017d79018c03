import type { Explanations } from './explanation.ts';

/** The screens under “Understand”. */
export const UNDERSTAND = {
	changes: [
		{
			title: 'Compared with the last import',
			text: 'Before files are added, who is in which segment is kept. Afterwards everyone is looked up again, also when several accounts became one person.'
		},
		{
			title: 'Where people went',
			text: 'Each row is a segment as it was, each column one as it is now.',
			formula: 'shares of a row add up to 100 %'
		}
	],
	'best-customers': [
		{
			title: 'Recency',
			text: 'Whole days from the day of the last order to the chosen day. Fewer is better, so its score is turned around.',
			formula: 'recency_days = as_of − day of the last order'
		},
		{ title: 'Frequency', text: 'The number of orders. Cancelled and returned ones do not count.' },
		{ title: 'Monetary value', text: 'The sum of what was spent, not the average.' },
		{
			title: 'Scores',
			text: 'A score says between which lines a value lies. How the lines are found depends on the scheme you choose; where they lie in days, orders and money stands under “Where the lines are drawn”. Equal values get equal scores, except where ties are split: there the order of customer ids decides.',
			formula: 'score = 1 + number of lines below the value; for recency, turned around   (quantiles: type 7)'
		},
		{
			title: 'Your own lines',
			text: 'A line that is dragged, moved by arrow keys or typed stays where it was put, also when new files come. All groups follow at once.'
		},
		{
			title: 'Groups',
			text: 'A group is a list of cells of the grid of scores. It is checked, cell by cell, that each is in exactly one group, so every customer is, too. You can change which cells a group has, and its words.'
		},
		{
			title: 'Two schemes side by side',
			text: 'The same customers are scored again by the other scheme, and counted by their group in each. Agreement is the share whose two groups have the same name.'
		},
		{
			title: 'Bought again within 60 days',
			text: 'Scores as they were at the start of a past day, and the share of those people who ordered in the 60 days from then on. A share of few people is uncertain, which its interval says.',
			formula: 'share = buyers / people, with its 95 % interval   (Wilson 1927)'
		}
	],
	'time-machine': [
		{
			title: 'The morning of a past day',
			text: 'Customers are described, scored and grouped as a run on that day would: only what happened before it counts. Then the files tell what these people really did in the days that follow.',
			formula:
				'known: order before the day; bought: an order from the day on, and before the day + 30, 60 or 90'
		},
		{
			title: 'Base rate',
			text: 'The share of a group that ordered, and its 95% interval. Orders count, credit notes do not. It is what happened under whatever campaigns ran then, and so the rate that a campaign has to beat.',
			formula: 'share = buyers / people, with its 95% interval   (Wilson 1927)'
		},
		{
			title: 'Money per customer',
			text: 'All money of those days, divided by everyone in the group, buyer or not. Where credit notes are taken off, they are taken off here, too.',
			formula: 'mean ± t × deviation / √people   (Student 1908)'
		},
		{
			title: 'Whose lines',
			text: 'Lines of that day are found among the customers there were. Today’s lines keep the meaning of a group the same in days, orders and money. Lines that you drew are the same on every day.'
		},
		{
			title: 'Natural segments on a past day',
			text: 'They are not looked for again: everybody is in the segment of today whose centre is nearest, on the scale of today.'
		},
		{
			title: 'Who went where',
			text: 'Everybody who is a customer on the later day, by their group on both days. Each row adds up to 100%; those who had not bought yet have a row of their own.'
		}
	],
	retention: [
		{
			title: 'Rows and columns',
			text: 'A row holds the people whose first order was in one month, or an RFM group or natural segment of today. A column is so many calendar months after the month of the first order.',
			formula:
				'period = months from the month of the first order; share = people who ordered in it / people of the row'
		},
		{
			title: 'Who is counted',
			text: 'Everyone with an order before the chosen day is in exactly one row. A month that has not ended is dashed. Groups, segments and Everyone count only months that have ended, and only people who have had so many.'
		},
		{
			title: 'Money',
			text: 'The money of an order counts in its month, refunds off. Divided by all people of the row, also those who did not come back. All cells of the months add up to the revenue.'
		}
	],
	'what-matters': [
		{
			title: 'Looking back',
			text: 'Features are taken as they were known on a past day, and compared with what each customer did in the days after it. Nothing from later is used, so a feature that tells something here could have been used then.',
			formula: 'features before day D; outcome from D until D + 30, 60 or 90 days'
		},
		{
			title: 'What a feature is worth',
			text: 'A forest of 100 decision trees learns who did it. Then the values of one feature are dealt out anew among customers that a tree had not seen, five times: what is lost is its worth. Features that are nearly the same are dealt out together, for each alone would hide behind the other.',
			formula: 'importance = AUC (or R²) − the same after shuffling   (Breiman 2001; intervals: DeLong 1988)'
		},
		{
			title: 'Something of its own',
			text: 'In every run a column of random numbers takes part. A feature adds something of its own when its interval lies above nothing and its worth above the interval of the random column. One that does not may still tell something alone, which others tell as well.'
		},
		{
			title: 'AUC and R²',
			text: 'AUC: shown one customer who did it and one who did not, how often the right one is picked. 0.5 is chance, 1 is always. R²: the share of the differences in spend, on a log scale, that is explained.'
		},
		{
			title: 'Correlation',
			text: 'Pearson asks how near to a straight line, Spearman only whether one rises with the other. From 0.9 on, either way and for every pair of a group, features are near-copies.',
			formula:
				'interval: tanh(artanh r ± 1.96 √v), v = 1/(n − 3), for Spearman (1 + r²/2)/(n − 3)   (Fisher 1921; Bonett & Wright 2000)'
		},
		{
			title: 'Information',
			text: 'How much of the uncertainty about the outcome goes when the tenth of the feature is known, less what chance alone would give. Customers without a value are a tenth of their own.',
			formula: 'I = H(feature) + H(outcome) − H(both), corrected by Miller and Madow (1955)'
		},
		{
			title: 'Too good to be true',
			text: 'A feature that tells the outcome nearly by itself is usually made of it. From an AUC, or a correlation of ranks, of 0.95 on it takes no part. Numbers of saved queries are of today and take none either.'
		},
		{
			title: 'What it does not say',
			text: 'A feature that tells who buys need not make anybody buy. Whether a message changes what people do, only a test with a holdout says.'
		}
	],
	components: [
		{
			title: 'Why a scale',
			text: 'Days, orders and money cannot be added up as they are: the largest numbers would decide alone. A scale puts every feature into the same unit before customers are compared. A feature that is the same for everyone takes no part.',
			formula: 'z = (f(x) − center) / scale'
		},
		{
			title: 'Weight and skew',
			text: 'The weight is the part a feature has in all differences on the scale. The skew says how lopsided its customers lie: 0 is even on both sides, more than 1 means a few are far out.',
			formula: 'weight = variance / sum of variances;   skew = m₃ / m₂^(3/2)'
		},
		{
			title: 'Fitted once, used again',
			text: 'The center, scale and power of each feature are stored with the clustering, so new customers are measured exactly as those it was made of. Kept for later imports, they hold until you let them go or compare something else.',
			formula: 'Box-Cox: (x^λ − 1) / λ;   Yeo-Johnson: the same of 1 + x; λ by maximum likelihood'
		},
		{
			title: 'Principal components',
			text: 'Features that rise and fall together say nearly the same. Components are new directions, each at right angles to the others, that hold as much of the differences as possible, the first the most. A loading says how much a feature decides a component.',
			formula: 'component = Σ loading × (z − mean);   loadings = eigenvectors of the covariance'
		},
		{
			title: 'Comparing on components',
			text: 'Segments are then looked for along the first components that hold the share you choose, so that three features that say the same do not count three times, and what is left over is not taken for a difference.',
			formula: 'kept = fewest components whose shares add up to the share chosen'
		}
	]
} satisfies Explanations;
