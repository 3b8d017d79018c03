import type { Explanations } from './explanation.ts';

/** The screens under “Prepare”. */
export const PREPARE = {
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
	sql: [
		{
			title: 'Read, never change',
			text: 'A query is one SELECT over the tables of this session. What it gives can be saved as a table, a feature or a segment; it then runs again whenever the data changes.'
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
	]
} satisfies Explanations;
