import type { Explanations } from './explanation.ts';

/** The screens under “Act”. */
export const ACT = {
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
} satisfies Explanations;
