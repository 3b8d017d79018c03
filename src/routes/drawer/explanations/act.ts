import type { Explanations } from './explanation.ts';

/** The screens under “Act”. */
export const ACT = {
	audiences: [
		{
			title: 'What is in the files',
			text: 'Customer id, the contact columns of your file, consents where a file tells them, features, scores and group. segment_name is the segment that the file is of, natural_segment the natural one; the file of all customers has the natural one in segment_name. segment_grade says how far that segment can be trusted, as on the Trust screen: trust, with care, do not use, or too few; people picked by hand have none.'
		},
		{
			title: 'Who agreed to e-mail',
			text: 'Those whose newest entry in a customers file says subscribed; of several sources the strictest counts. Pending, cleaned, unsubscribed, and people of whom no file tells it, have not agreed. The columns email_consent and sms_consent hold the words.'
		},
		{
			title: 'The floor',
			text: 'A segment with fewer active customers than the floor has no file until somebody notes why it is used all the same; the note stays in the recipe. Active: an order, a visit or a click in the last so many days. The floor and the days are set on My segments. A segment with nobody has no file.'
		},
		{
			title: 'Lists and living segments',
			text: 'A rule, an idea or SQL is asked anew with every import, so its file has those who are in it today. A list stays as it was kept: the recipe holds fingerprints of the ids, and people of it who are no customers of today are in no file.'
		},
		{
			title: 'Files after priority',
			text: 'With an order of priority each person is in the file of the first segment of the order they are in, so that these files share nobody; their names begin with their place, such as 1-of-4. The files of whole segments may share people, also with these.'
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
