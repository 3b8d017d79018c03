import type { StepId } from '#lib/session/steps.ts';

/** A piece of explanation: plain words first, the formula one look below. */
export interface Explanation {
	readonly title: string;
	readonly text: string;
	readonly formula?: string;
}

/** What each screen shows and how it is computed. */
export const EXPLANATIONS: Readonly<Record<StepId, readonly Explanation[]>> = {
	data: [
		{
			title: 'Every row is counted once',
			text: 'The file is counted before it is loaded. A row is either loaded or set aside with one reason: the first rule that applies, from the top.',
			formula: 'rows read = rows loaded + rows set aside'
		},
		{
			title: 'Orders and amounts',
			text: 'Rows with the same order number are one order. Without an order number every row is an order. The amount is the order total once, less its refund; without a total, quantity times price is added up.'
		},
		{
			title: 'Nothing is guessed silently',
			text: 'Dates that can be read day first or month first, and numbers whose mark can part thousands or decimals, are decided by all of their values. When none can tell, or when money is in several currencies, you are asked one question with worked examples.'
		},
		{
			title: 'Any export',
			text: 'Files are known by their content: text in any common encoding, Excel, Parquet, JSON lines, packed or not. Each is a list of something: orders, customers, events, messages sent, campaigns or answers. Files with the same columns are read as one.'
		},
		{
			title: 'What is not kept',
			text: 'Columns with passwords, tokens, card numbers and network addresses are taken out before anything is stored. Columns that tell of health, faith and the like are marked.'
		}
	],
	sources: [
		{
			title: 'How old a source is',
			text: 'The newest record of a file, and the days since. With a limit, what rests on an older file says so.',
			formula: 'age = today − day of the newest record'
		},
		{
			title: 'Unusual days',
			text: 'Each day is compared with the same weekday of the weeks around it. A day far from what is usual is marked; it may be a sale, a double import or an outage.',
			formula: 'robust z = (value − usual) / (1.4826 × median absolute deviation)'
		}
	],
	clean: [
		{
			title: 'Steps, in order',
			text: 'Each step works on what the ones before it left. The file stays as it is: a step can be switched off, moved or taken out, and every number follows. A step counts the rows it gave another text, and those it set aside.',
			formula: 'rows of the file = rows loaded + rows set aside, with every step'
		},
		{
			title: 'Nothing is applied unasked',
			text: 'What is found wrong is proposed as a list of steps. Each is yours to accept or refuse, and shows what it would change before it is added.'
		},
		{
			title: 'Profile',
			text: 'Every column of every file, over all rows: how many cells are empty, how many different values there are, how they spread, and which shapes they have. In a shape, letters are A and digits are 9.',
			formula: 'outlier: below Q1 − 1.5 × (Q3 − Q1) or above Q3 + 1.5 × (Q3 − Q1)   (Tukey 1977)'
		},
		{
			title: 'Quality score',
			text: 'From 0 to 100, made of the parts that stand below it. Each part is the share of cells or rows without that trouble; open one to see the rows that cost it points.'
		},
		{
			title: 'Texts and values written alike',
			text: 'Blanks, capitals, dates, phones, emails, currencies, units and names of places are written one way. Money is converted with your rates alone; amounts of two currencies are never added up.',
			formula: 'amount in the chosen currency = amount × rate'
		},
		{
			title: 'Spellings of one label',
			text: 'Spellings that differ only in case, accents, marks or the order of words are grouped, then those that are a letter or two apart, and known short forms such as NYC. You accept, change or refuse each group; the dictionary holds for later files too.',
			formula: 'key = words without case, accents and marks, each once, in order of the alphabet'
		},
		{
			title: 'Filling empty cells',
			text: 'With the median, the most frequent value, a value of yours, or the median of a group. By neighbours: the mean of the rows that are most alike in the other columns. A mark says which cells were filled. Identifiers, consent and what people did are never filled.',
			formula: 'distance² = (columns / columns both have) × Σ (a − b)²   (nan-Euclidean)'
		},
		{
			title: 'Is filling by neighbours any good?',
			text: 'Some cells that are known are hidden and filled both ways. The mean error of each is shown, so that the simpler way can win.',
			formula: 'error = √ mean((filled − true)²)'
		},
		{
			title: 'Outliers and skew',
			text: 'Values can be flagged, or pulled in to quantiles of your choice. Logarithms and powers make a lopsided column even; the skew before and after is shown.',
			formula: 'robust z = 0.6745 (x − median) / MAD;   Box-Cox: (x^λ − 1) / λ, λ by maximum likelihood'
		},
		{
			title: 'Rules',
			text: 'A rule says what a good row is. Rows that break it are counted, set aside, or hold back every file of customers until they are settled. A cell that is empty breaks a rule only where the rule says so.'
		}
	],
	sql: [
		{
			title: 'Read, never change',
			text: 'A query is one SELECT over the tables of this session. What it gives can be saved as a table, a feature or a segment; it then runs again whenever the data changes.'
		}
	],
	people: [
		{
			title: 'One person, one row',
			text: 'Accounts that share an email, a phone or a loyalty card are one person. Accounts are joined along every such link, so three files can meet in one person.',
			formula: 'people = connected components of accounts and keys'
		},
		{
			title: 'What joins nobody',
			text: 'A key that too many accounts share, such as the mailbox of a shop, and any link that you cut.'
		},
		{
			title: 'No money is lost',
			text: 'The revenue of all accounts equals the revenue of all people. It is counted both ways, and shown.'
		}
	],
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
	customers: [
		{
			title: 'Who is in the list',
			text: 'Everyone with at least one order before the day chosen on Best customers. Picked on a chart, the list holds only those people.'
		},
		{
			title: 'Scores',
			text: 'R, F and M run from 1 to 5. 5 is the most recent, the most frequent, the highest spend.'
		}
	],
	features: [
		{
			title: 'What a feature is',
			text: 'One number, or one text, about each customer, made of what your files tell of them before the chosen day. What came later is never looked at, so a feature of last year is what you could have known then.'
		},
		{
			title: 'Cannot be told',
			text: 'A feature that your files say nothing about stays in the list, in grey, with what it needs. Add such a file and it is there.'
		},
		{
			title: 'Who has a value',
			text: 'Some features need more than one order, or a visit, or an answer. People without that have no value, which is not the same as zero. Customers can be compared only on what everyone has.'
		},
		{
			title: 'Share and index',
			text: 'The share of a category is that of the customer’s money. The index sets it against everyone: 1 is like everyone, 2 twice as much.',
			formula: 'index = (own share) ÷ (share of everyone)'
		},
		{
			title: 'Loyalty score',
			text: 'Four places among all customers, each from 0 to 1, weighted by you. It orders people; it predicts nothing.',
			formula: 'score = 100 × Σ weight × place ÷ Σ weight;   place = customers with less ÷ (customers − 1)'
		},
		{
			title: 'Behaviour score',
			text: 'What people did on your site or in your app, each act by its kind, and half as much after every half-life.',
			formula: 'score = Σ weight × 0.5^(days ago ÷ half-life)'
		},
		{
			title: 'Sensitive features',
			text: 'Age, gender and the like are shown and never compared by themselves. Whoever compares on them gives a reason, which the recipe keeps.'
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
	'natural-segments': [
		{
			title: 'How they are found',
			text: 'Each feature is put on the scale chosen under Scaling and PCA: the logarithm with equal weights, unless you choose another. k-means then looks for centres so that customers are as near as possible to their own.',
			formula: 'z = (ln(1 + x) − mean) / deviation by default; inertia = Σ |z − centre|²'
		},
		{
			title: 'How many',
			text: 'Two to ten are tried, each from many starts. Recommended is the clearest number from three up whose segments come back in resampled data and are large enough to act on.'
		},
		{
			title: 'Silhouette',
			text: 'How much nearer a customer is to the own segment than to the next one, from −1 to 1.',
			formula: 's = (b − a) / max(a, b)   (Rousseeuw 1987)'
		},
		{
			title: 'Colours and numbers',
			text: 'Segments are numbered by the money they bring, and keep their colour on every screen.'
		}
	],
	trust: [
		{
			title: 'Stability',
			text: 'Customers are drawn again at random and the search is repeated. For each segment the overlap with the nearest new one is measured. 1 is the same people, under 0.6 the segment dissolves.',
			formula: 'Jaccard = |A ∩ B| / |A ∪ B|, mean over resamples   (Hennig 2007)'
		},
		{
			title: 'Size',
			text: 'Under 100 people a result can be chance, and ad platforms may refuse the list.'
		}
	],
	audiences: [
		{
			title: 'What is in the files',
			text: 'Customer id, the contact columns of your file, features, scores, group, segment and its name. The number on the button is the number of rows.'
		},
		{
			title: 'Safe to open in a spreadsheet',
			text: 'A text that starts like a formula gets an apostrophe before it. Numbers, ids and phone numbers are never changed.'
		},
		{
			title: 'The recipe',
			text: 'recipe.json repeats the work in Pomelo, recipe.sql in DuckDB. Neither holds a customer.'
		}
	],
	summary: [
		{ title: 'One page', text: 'The totals of the period, the groups and the segments, made for printing.' }
	]
};
