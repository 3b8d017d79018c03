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
			text: 'Each step works on what the ones before it left. The file stays as it is: a step can be switched off, moved or taken out, and every number follows.'
		},
		{
			title: 'Nothing is applied unasked',
			text: 'What is found wrong is proposed as a list of steps. Each is yours to accept or refuse.'
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
			text: 'Cut-points stand at 20, 40, 60 and 80% of customers. Equal values always get equal scores, so a score can be empty. “Ties split” gives five groups of equal size instead, and splits ties by customer id.',
			formula: 'score = 1 + number of cut-points below the value (type-7 quantiles)'
		},
		{
			title: 'Groups',
			text: 'Ten groups by recency and frequency score. Every one of the 125 combinations belongs to exactly one group.'
		}
	],
	'natural-segments': [
		{
			title: 'How they are found',
			text: 'Each feature is put on a log scale and given the same weight. k-means then looks for centres so that customers are as near as possible to their own.',
			formula: 'z = (ln(1 + x) − mean) / deviation; inertia = Σ |z − centre|²'
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
