import type { Explanations } from './explanation.ts';

/** How natural segments are found, looked at, explained and checked. */
export const DISCOVER = {
	'natural-segments': [
		{
			title: 'How they are found',
			text: 'Each feature is put on the scale chosen under Scaling and PCA: the logarithm with equal weights, unless you choose another. k-means then looks for centres so that customers are as near as possible to their own.',
			formula: 'z = (ln(1 + x) − mean) / deviation by default; inertia = Σ |z − centre|²'
		},
		{
			title: 'Which method is advised',
			text: 'The first that fits: texts need a method that compares them; without groups k-means cuts the clearest slices; people far out, or segments of under 2%, speak for HDBSCAN; segments 2.5 times as long as wide, or 10 times as large as others, for overlapping groups; else k-means. Far out is six robust deviations from the middle. The facts are of at most 5,000 customers.',
			formula: 'robust deviation = 1.4826 · median |x − median|'
		},
		{
			title: 'Nested groups',
			text: 'The two people or groups that are nearest become one, again and again, until all are one tree. A cut through it undoes the latest joins: so many as it takes for the number of groups. Ward joins what adds least spread; the distance at a join says how unlike its two sides are.',
			formula: 'Ward distance = √(2 · a · b / (a + b)) · |mean A − mean B|, with a and b people   (Ward 1963)'
		},
		{
			title: 'Overlapping groups',
			text: 'Every group is a bell-shaped cloud with its own weight. For each person the clouds share out how likely they are; the largest share is how surely the person belongs. Under 60% somebody stands between segments. BIC weighs fit against the count of numbers that a shape takes.',
			formula: 'p(x) = Σ weight · N(x | mean, covariance);   BIC = numbers · ln(people) − 2 · log-likelihood'
		},
		{
			title: 'Dense places',
			text: 'A place is dense when enough people are within the distance of neighbours; dense places that touch are one group, and who is in none has no clear group. The curve shows how far everyone’s neighbours are; where it turns steep, people are alone. HDBSCAN looks at every distance and keeps the groups that last longest; persistence is their share of it.',
			formula: '(Ester et al. 1996; Campello, Moulavi, Sander 2013)'
		},
		{
			title: 'Numbers and categories',
			text: 'Each group has a middle of its numbers and a most frequent category. A category that differs adds its weight, by default half the mean deviation of the numbers. The bar beside a text says how well it alone tells the segments.',
			formula:
				'distance = |x − middle|² + weight · categories that differ   (Huang 1998);   bar: adjusted mutual information'
		},
		{
			title: 'Stage, then groups',
			text: 'People are split by a text first. Inside each stage k-means tries two to four groups, and keeps the number with the best silhouette, where that is at least 0.25, there is a gap between the groups, and every group is large enough; else the stage stays whole. A number that you set is taken as it is.'
		},
		{
			title: 'How many',
			text: 'Two to ten are tried, each from many starts. Recommended is the clearest number from three up that is above chance, has a gap between segments, does more than cut two groups in parts, comes back in resampled data, and leaves every segment large enough to act on. Where no number is above chance and has a gap there are no natural groups: customers often differ by degrees alone. The other indices are shown so that you can disagree.'
		},
		{
			title: 'Silhouette, and chance',
			text: 'How much nearer a customer is to the own segment than to the next one, from −1 to 1. The dashed line is what customers without groups stay under in 19 of 20 cases.',
			formula: 's = (b − a) / max(a, b)   (Rousseeuw 1987)'
		},
		{
			title: 'A gap between segments',
			text: 'On the way from the middle of one segment to that of its neighbour there are people who stand half-way. Where they are fewer than half of those inside, even when chance is allowed for, there is a gap. Slices of people without groups have none, whatever their shape: a disc, an arc, a long tail. The one shape known to deceive is a ring.',
			formula:
				'saddle = people half-way / people at the lower peak;   widest ways between segments, the narrowest of them'
		},
		{
			title: 'Elbow and gap statistic',
			text: 'The elbow is the point of the spread inside segments that is farthest from the line between its ends. The gap statistic says how much tighter segments are than those of people without groups; it speaks for the first number that the next does not beat by more than its error.',
			formula: 'gap = mean(ln W*) − ln W   (Tibshirani, Walther, Hastie 2001);   elbow: Satopää et al. 2011'
		},
		{
			title: 'The other indices',
			text: 'Dunn is the least distance between two segments by the greatest width of one. Calinski-Harabasz is the spread between segments against that within. Davies-Bouldin is how wide neighbours are for how far apart they lie. BIC weighs fit against the number of segments.',
			formula:
				'CH = (B / (k − 1)) / (W / (n − k));   DB = mean of the largest (s₁ + s₂) / d₁₂   (Dunn 1974, Calinski and Harabasz 1974, Davies and Bouldin 1979, Schwarz 1978)'
		},
		{
			title: 'Colours and numbers',
			text: 'Segments are numbered by the money they bring, and keep their colour on every screen. People of no clear group have a grey ring and come last; they are never recommended.'
		}
	],
	trust: [
		{
			title: 'Drawn again',
			text: 'Customers are drawn again at random and the search is repeated. For each segment the overlap with the nearest new one is measured. 1 is the same people, under 0.6 the segment dissolves.',
			formula: 'Jaccard = |A ∩ B| / |A ∪ B|, mean over resamples   (Hennig 2007)'
		},
		{
			title: 'Slightly changed',
			text: 'Three changes that should not matter, ten times each: a tenth of a deviation of noise on every value, a fifth of the customers left out, other starts. The card shows the least of the three mean overlaps; over 5,000 customers a sample is changed.'
		},
		{
			title: 'Size',
			text: 'Under 100 people a result can be chance, and ad platforms may refuse the list. In a shop of fewer than 5,000 customers the least is 2% of them, and never under 5.'
		},
		{
			title: 'The grade',
			text: 'Do not use: it dissolves (overlap under 0.6), or its people belong to no group. With care: it is a slice where there are no natural groups, or falls short in size, overlap (0.75, in the worst cases 0.6), small changes (0.7), silhouette (0.1), time (its profile moved by 0.25 deviations) or fairness. What was not looked at counts neither way. Reach, experiments and plans do not change the grade.'
		},
		{
			title: 'Over time',
			text: 'The same definition is asked on the last three month starts. People naturally move as days pass: nobody stays a new face. So the overlap, with its line at 0.7, decides whether to refresh a segment before each use; the grade asks whether it holds the same kind of people, by how far its profile moved.',
			formula: 'distance = √(mean of (mean then − mean today)² / variance of all), over the compared features'
		},
		{
			title: 'Fairness',
			text: 'The share of each group that is in the segment. Under four fifths of the highest share, and where chance does not explain it, the segment takes unevenly. A compared feature that tells a group in 70% of pairs or more stands in for it.',
			formula: 'ratio = lowest share / highest share   (29 CFR 1607.4 D);   proxy: area under the ROC curve'
		},
		{
			title: 'What an experiment could show',
			text: 'The smallest rate with the message that would be told from the rate without it.',
			formula: 'p₂ − p₁ = z(1 − α/2)·√(p̄q̄(1/n₁ + 1/n₂)) + z(power)·√(p₁q₁/n₁ + p₂q₂/n₂)'
		}
	],
	explore: [
		{
			title: 'One dot, one person',
			text: 'Every customer is a dot, placed by two features or by the first two principal components, in the colour of their natural segment. Where a few values lie far beyond the typical one the axis is logarithmic, and the line under the title says so. Whole numbers are spread within their unit so that dots do not hide one another: brushes use the true values.'
		},
		{
			title: 'Density',
			text: 'Above 200,000 customers, or when you choose it, the map shows how many people lie where: each small square has the colour of the segment most of its people are of, the stronger the more there are.',
			formula: 'strength = 0.3 + 0.7 · ln(people) / ln(most people in a square)'
		},
		{
			title: 'Picking',
			text: 'A rectangle, an outline, some bars or a part of an axis each pick people. Together they pick whom all of them let through. Every histogram counts the people that all other charts let through, so its own brush can be moved to where people are. Who has no value is in no bar.'
		},
		{
			title: 'Keys',
			text: 'On the map Shift and arrows draw a rectangle, arrows move it, plus and minus look nearer and further, Escape lets go. On a histogram Enter picks a bar, Shift and arrows widen it. A segment is picked by its name: arrows, then Enter.'
		},
		{
			title: 'Lines across features',
			text: 'Each person is a line across the features that are shown, at most 1,200 of them, drawn by lot with the seed of the session. The marked lines join the medians of each segment.'
		},
		{
			title: 'The picked people',
			text: 'Typical is the median. Bars are the distance of the mean of the picked people from that of everyone, in standard deviations of everyone, of logarithms where the histogram is logarithmic. Under 0.2 is close to typical.',
			formula: 'effect = (mean of the picked − mean of all) / deviation of all'
		},
		{
			title: 'Silhouettes',
			text: 'How much nearer each person is to the own segment than to the next one: 1 is far from all others, 0 on the border, below 0 nearer to another one. Of more than 20,000 customers a sample of that size is compared with itself.',
			formula: 's = (b − a) / max(a, b)   (Rousseeuw 1987)'
		}
	],
	explain: [
		{
			title: 'Rules',
			text: 'A decision tree asks one question after the other and always takes the one that tells the segments apart best. The way to its ends is the rule of a segment, with round numbers. Everyone is in exactly one rule.',
			formula: 'impurity = 1 − Σ p²; branches worth too little are cut off again   (Breiman et al. 1984)'
		},
		{
			title: 'How well a rule does',
			text: 'Coverage is the share of the segment that the rule finds. Precision is the share of those it names who are in the segment. Overlap is both in one number. The share in the title is of everyone; beside it stands how five trees did on customers whom they had not seen.',
			formula: 'overlap = people in both / people in either (Jaccard); interval by Wilson 1927'
		},
		{
			title: 'Living rules and drift',
			text: 'A rule that you keep is asked of new data, while segments are found anew. The two grow apart: under an overlap of 0.7 the rule is no longer about the same people.'
		},
		{
			title: 'What stands out',
			text: 'For every feature of the library: take somebody of the segment and somebody else, at random. How often does the first have more? 50% is like everyone. For texts, the difference of the two shares is judged. Like everyone else is said only where the whole interval is below a small difference.',
			formula:
				'delta = P(more) − P(less)   (Cliff 1993); 0.147 small, 0.33 medium, 0.474 large (Romano et al. 2006); interval by DeLong et al. 1988'
		},
		{
			title: 'Neighbours',
			text: 'How far the means of two segments are apart in the features that were compared. Somebody is between two segments when the other typical customer is at most a tenth farther than the own one.',
			formula: 'distance = √(mean of ((mean − other mean) / deviation of all)²)'
		},
		{
			title: 'Cards',
			text: 'Twenty people are drawn by a seed, so the same data gives the same cards. Cards that cannot be told do not count. Twenty that all fit still leave room for one in six who do not.',
			formula: 'share = fits / (fits + does not fit), with its 95% interval (Wilson 1927)'
		}
	],
	'over-time': [
		{
			title: 'The same definition on another day',
			text: 'The centres and lines of today are asked of the customers of an earlier day, with their features as they were known that morning. Compared are only people who were customers on both days.',
			formula: 'Jaccard = in it on both days / in it on either day   (Jaccard 1912)'
		},
		{
			title: 'What moved people',
			text: 'Somebody changes segment when another centre comes nearer. The change of the two distances is shared out to the features exactly; the largest share names what moved that person.',
			formula:
				'part of feature j = slope of D(from) − D(to) halfway × (now − then)   (Aumann and Shapley 1974)'
		},
		{
			title: 'Segments of your own',
			text: 'A rule is asked of the earlier day as if it were that morning: windows end there, and nothing later is seen. Who left was moved by the conditions that held then and no longer do, who came in by those that did not hold yet; a bracket that still holds by another of its conditions moved nobody. Lists, SQL and saved queries know today alone.'
		},
		{
			title: 'Profile moved',
			text: 'How far the mean of a segment lay from its mean today, in deviations of all customers, over the compared features.',
			formula: '√( Σ drift² / number of features )'
		},
		{
			title: 'Months, level and “moved”',
			text: 'Each number of a month is the level of the segment and chance around it. A Kalman filter tells the two apart, with the two variances that make the series most likely. A month is marked when it lies outside what the months before let expect: alone outside 99%, or two in a row outside 95% on the same side. Three months are needed for a level, four for a mark.',
			formula: 'y(t) = μ(t) + ε, μ(t + 1) = μ(t) + η   (Durbin and Koopman 2012)'
		},
		{
			title: 'Found earlier, checked later',
			text: 'Segments are found among the customers of an earlier day, with the same method. Customers of a later day are then given to them. A difference in buying holds when it is clear after both days and the same way; it vanished when its interval holds 0 after the later one.',
			formula: 'share who bought − share of all others, 95% interval   (Newcombe 1998)'
		}
	]
} satisfies Explanations;
