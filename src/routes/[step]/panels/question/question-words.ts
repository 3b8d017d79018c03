import type { Format } from '#lib/core/format.ts';
import { isDay } from '#lib/core/days.ts';
import { roleWords, type Role } from '#lib/pipeline/import/roles.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { standardiseDates } from '#lib/pipeline/clean/repairs/operations/standardise-dates.ts';
import { addRepairs } from '#lib/recipe/clean-edits.ts';
import { setReading, setSettings, type Edit } from '#lib/recipe/edits.ts';
import type { DateExample, Question } from '#lib/session/question.ts';

type QuestionOf<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;

/** One answer: what it is called, what it makes of the evidence, and the change of the recipe. */
export interface Choice {
	readonly label: string;
	readonly lines: readonly string[];
	readonly edit: Edit;
}

/** A question with its evidence. Which column means what has no choices: it has pickers. */
export interface QuestionWords {
	readonly title: string;
	readonly why: string;
	readonly choices: readonly Choice[];
	/** What happens with what the answer does not fit. */
	readonly after: string;
}

/** Examples that are worked out for each answer. */
const WORKED = 3;

/**
 * The words of a question.
 * @param alike the files that the answer counts for: those of the same layout
 */
export function questionWords(
	question: Question,
	alike: readonly SourceParams[],
	format: Format
): QuestionWords {
	switch (question.kind) {
		case 'date-order':
			return dateOrderWords(question, alike, format);
		case 'decimal-mark':
			return decimalMarkWords(question, alike);
		case 'currency':
			return currencyWords(question, format);
		case 'roles':
			return rolesWords(question);
	}
}

const ORDERS = [
	{ order: 'dmy', label: 'Day first' },
	{ order: 'mdy', label: 'Month first' },
	{ order: 'ymd', label: 'Year first' }
] as const;

function dateOrderWords(
	question: QuestionOf<'date-order'>,
	alike: readonly SourceParams[],
	format: Format
): QuestionWords {
	const { source, column, examples, contradictory, counts } = question;
	const telling = [...examples.filter(isTelling), ...examples.filter((example) => !isTelling(example))];
	const told = telling.slice(0, WORKED);
	const [first] = telling;
	const choices = ORDERS.filter(({ order }) => examples.some((example) => example[order] !== null));
	return {
		title: contradictory
			? `“${column}” mixes dates that start with the day and with the month.`
			: `Is ${first?.text ?? 'the date'} ${dayWords(first?.dmy ?? null, format)} or ${dayWords(first?.mdy ?? null, format)}?`,
		why: contradictory
			? `Both kinds stand in ${source.fileName}: ${examples.map(({ text }) => text).join(', ')}.`
			: `Every date in “${column}” of ${source.fileName} can be read both ways.`,
		choices: [
			...choices.map(({ order, label }) => ({
				label,
				lines: [
					...(contradictory && counts ? [countWords(counts[order], counts.rows, format)] : []),
					...told.map((example) =>
						example[order] === null
							? `${example.text} cannot be read`
							: `${example.text} is ${dayWords(example[order], format)}`
					)
				],
				edit: settle(alike, { dateOrder: order })
			})),
			...(contradictory ? [ownFormChoice(question, alike, format)] : [])
		],
		after: contradictory ? 'Rows whose date cannot be read that way are set aside, not deleted.' : ''
	};
}

/** A step of the clean-up that writes the dates one way, so that no order has to fit all. */
function ownFormChoice(
	{ columns, counts }: QuestionOf<'date-order'>,
	alike: readonly SourceParams[],
	format: Format
): Choice {
	const steps = [...new Set(alike.map(({ series }) => series))].map((series) => ({
		operation: standardiseDates.id,
		on: true,
		series,
		columns: [...columns],
		params: { ...standardiseDates.defaults }
	}));
	return {
		label: 'Read each date by its own form',
		lines: [
			...(counts ? [countWords(counts.own, counts.rows, format)] : []),
			'One that could be either is read as most others are.',
			'Adds a step to Clean, where it can be changed.'
		],
		edit: addRepairs(steps)
	};
}

function countWords(read: number, rows: number, format: Format): string {
	if (read === rows) return `Reads all ${format.count(rows)} rows`;
	return `Reads ${format.count(read)} of ${format.count(rows)} rows; ${format.count(rows - read)} cannot be read`;
}

/** True where the answers make different days of it; 01/01 does not help. */
function isTelling({ dmy, mdy }: DateExample): boolean {
	return dmy !== mdy;
}

/** A day as it is said; any other text as it is. */
function dayWords(text: string | null, format: Format): string {
	if (text === null) return 'no date';
	return isDay(text) ? format.day(text) : text;
}

function decimalMarkWords(
	{ source, column, examples }: QuestionOf<'decimal-mark'>,
	alike: readonly SourceParams[]
): QuestionWords {
	const [first] = examples;
	const told = examples.slice(0, WORKED);
	const contradictory = examples.some(({ point, comma }) => point === '' || comma === '');
	return {
		title: contradictory
			? `“${column}” mixes numbers with a decimal point and with a decimal comma.`
			: first
				? `Is “${first.text}” ${first.point} or ${first.comma}?`
				: 'Which mark parts the decimals?',
		why: contradictory
			? `Both kinds stand in ${source.fileName}: ${examples.map(({ text }) => text).join(', ')}.`
			: `Every number with a mark in “${column}” of ${source.fileName} can be read both ways.`,
		choices: [
			{
				label: 'The point parts the decimals',
				lines: told.map(({ text, point }) => readLine(text, point)),
				edit: settle(alike, { decimalMark: '.' })
			},
			{
				label: 'The comma parts the decimals',
				lines: told.map(({ text, comma }) => readLine(text, comma)),
				edit: settle(alike, { decimalMark: ',' })
			}
		],
		after: contradictory ? 'Rows whose number cannot be read that way are set aside, not deleted.' : ''
	};
}

function readLine(text: string, value: string): string {
	return value === '' ? `${text} cannot be read` : `${text} is ${value}`;
}

function currencyWords({ currencies }: QuestionOf<'currency'>, format: Format): QuestionWords {
	const total = currencies.reduce((sum, { rows }) => sum + rows, 0);
	return {
		title: `Which currency counts: ${listWords(currencies.map(({ currency }) => currency))}?`,
		why: `Money in ${format.count(currencies.length)} currencies cannot be added up.`,
		choices: currencies.map(({ currency, rows }) => ({
			label: currency,
			lines: [`${format.count(rows)} rows, ${format.percent(rows / Math.max(1, total))} of all`],
			edit: setSettings({ currency })
		})),
		after: 'Rows in the others are set aside, not deleted. It can be changed under Money, times and weeks.'
	};
}

function rolesWords({ source, missing }: QuestionOf<'roles'>): QuestionWords {
	return {
		title: `${source.fileName} has no ${missing.map((roles) => orWords(roles, source)).join(', and no ')} column.`,
		why: foundWords(source.columns),
		choices: [],
		after: 'Or change what the file is a list of, below.'
	};
}

/** Roles of which one is enough: “customer, email or phone”. */
export function orWords(roles: readonly Role[], { kind }: Pick<SourceParams, 'kind'>): string {
	return listWords(roles.map((role) => roleWords(role, kind).label.toLowerCase()));
}

const MOST_NAMED = 12;

function foundWords(columns: readonly string[]): string {
	const named = columns.slice(0, MOST_NAMED).join(', ');
	const more = columns.length > MOST_NAMED ? ` and ${columns.length - MOST_NAMED} more` : '';
	return `Found ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}: ${named}${more}.`;
}

function listWords(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/**
 * Which of several roles a column takes: texts with an at sign are emails, where that is enough; else the first.
 */
export function roleOfColumn(roles: readonly Role[], samples: readonly string[]): Role | undefined {
	const isEmail = samples.length > 0 && samples.every((text) => /^\S+@\S+$/.test(text.trim()));
	return isEmail && roles.includes('email') ? 'email' : roles[0];
}

function settle(alike: readonly SourceParams[], reading: Partial<SourceParams['reading']>): Edit {
	return (recipe) => alike.reduce((edited, { id }) => setReading(id, reading)(edited), recipe);
}
