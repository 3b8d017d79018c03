import { plural, whole } from '#lib/core/words.ts';
import {
	examplesOf,
	isHarmful,
	type Drift,
	type Rename,
	type TableSample
} from '#lib/pipeline/import/drift.ts';
import { EVIDENCE_WORDS, shiftWords } from '#lib/pipeline/import/drift-words.ts';
import { KIND_WORDS, roleWords } from '#lib/pipeline/import/roles.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import type { Decision, ReviewChoice, ReviewItem } from '#lib/session/import-review.svelte.ts';

/** A column in one of the two exports, with some of its values. */
export interface Side {
	readonly column: string;
	readonly examples: string;
}

/** One difference: what it is, and the column before and now. */
export interface DifferenceRow {
	readonly key: string;
	readonly label: string;
	/** What the column means; empty when nothing. */
	readonly meaning: string;
	readonly before: Side | null;
	readonly now: Side | null;
	readonly note: string;
	/** Reading the file as before would make its rows wrong. */
	readonly isHarmful: boolean;
	/** What can be switched off. */
	readonly rename: Rename | null;
}

/** What the user has set for a file so far. */
export interface Draft {
	readonly choice: ReviewChoice;
	/** Old names of the columns whose rename does not hold. */
	readonly refused: readonly string[];
}

/** Columns without a meaning that are shown one by one. */
const MOST_SHOWN = 4;
const EXAMPLES = 3;
const LONGEST_EXAMPLE = 24;

export const CHOICES: readonly { readonly value: ReviewChoice; readonly label: string }[] = [
	{ value: 'update', label: 'Update' },
	{ value: 'beside', label: 'File of its own' },
	{ value: 'leave_out', label: 'Leave out' }
];

const CLASH_CHOICES: typeof CHOICES = [
	{ value: 'update', label: 'Same shop' },
	{ value: 'beside', label: 'Another shop' },
	{ value: 'leave_out', label: 'Leave out' }
];

/** What may become of a file. */
export function choicesFor({ clash }: ReviewItem): typeof CHOICES {
	return clash === null ? CHOICES : CLASH_CHOICES;
}

/** The finding, over all files. */
export function reviewTitle(items: readonly ReviewItem[]): string {
	const [first, second] = items;
	if (first === undefined) return '';
	if (second === undefined && first.clash !== null)
		return `Is ${first.found.source.fileName} of the same shop as ${first.old.source.fileName}?`;
	return second === undefined
		? `${first.found.source.fileName} is not quite like ${first.old.source.fileName}.`
		: `${items.length} files are not quite like those they follow.`;
}

/** What a file seems to be, and how much is different. */
export function itemWords({ old, found, drift, clash }: ReviewItem): {
	readonly what: string;
	readonly differs: string;
} {
	const { renamed, missing, added, shifted } = drift;
	const parts = [
		[renamed.length, 'renamed'],
		[missing.length, 'gone'],
		[added.length, 'new'],
		[shifted.length, 'with other values']
	] as const;
	const told = parts
		.filter(([count]) => count > 0)
		.map(([count, word]) => `${plural(count, 'column')} ${word}`);
	if (clash !== null) {
		const columns = told.length === 0 ? '' : ` ${told.join(', ')}.`;
		return {
			what: `${found.source.fileName} has order numbers of ${old.source.fileName}, and other orders behind them.`,
			differs: `Of ${plural(clash.shared, 'order number')} that both have, ${whole(clash.different)} ${clash.different === 1 ? 'has' : 'have'} another customer and another day.${columns}`
		};
	}
	const kind = KIND_WORDS[old.source.kind].label.toLowerCase();
	return {
		what: `${found.source.fileName} seems to be a newer export of ${old.source.fileName} (${kind}).`,
		differs: `${told.join(', ')}.`
	};
}

/** The differences, those that matter most first. */
export function differenceRows({ old, found, drift }: ReviewItem): readonly DifferenceRow[] {
	const rows = [
		...shiftRows(old, found, drift),
		...renameRows(old, found, drift),
		...missingRows(old, drift),
		...addedRows(found, drift)
	];
	return rows.sort((a, b) => weight(b) - weight(a));
}

/** What is not shown one by one. */
export function restWords({ missing, added, moved }: Drift): string {
	const gone = missing.filter(({ role }) => role === null).length - MOST_SHOWN;
	const parts = [
		gone > 0 ? `${plural(gone, 'more column')} without a meaning ${gone === 1 ? 'is' : 'are'} gone.` : '',
		added.length > MOST_SHOWN
			? `${plural(added.length - MOST_SHOWN, 'more column')} ${added.length - MOST_SHOWN === 1 ? 'is' : 'are'} new.`
			: '',
		moved.length > 0
			? `${plural(moved.length, 'column')} in another place: found by ${moved.length === 1 ? 'its name' : 'their names'}.`
			: ''
	];
	return parts.filter((part) => part !== '').join(' ');
}

/** What a choice does. */
export function choiceWords(choice: ReviewChoice, { old, drift, clash }: ReviewItem): string {
	const { fileName } = old.source;
	switch (choice) {
		case 'update':
			if (clash !== null)
				return 'A newer export of the same shop: orders of equal numbers count once, as the newer one says.';
			return drift.shifted.some(isHarmful)
				? `Read like ${fileName}, with the values as they are: what is different counts as it stands.`
				: `Read like ${fileName}. What both have counts once, as the newer one says.`;
		case 'beside':
			if (clash !== null)
				return `Added beside ${fileName}. Its orders are its own, and equal customer ids are two customers.`;
			return `Added beside ${fileName}, with columns of its own. What both have counts in each.`;
		case 'leave_out':
			return 'Not added. Export it again the way it was before, and add that.';
	}
}

/** The button that goes on. */
export function actionLabel(drafts: readonly Draft[]): string {
	const choices = new Set(drafts.map(({ choice }) => choice));
	const [only] = choices;
	if (choices.size !== 1 || only === undefined) return 'Go on';
	if (only === 'leave_out') return drafts.length === 1 ? 'Leave it out' : 'Leave them out';
	if (only === 'beside')
		return drafts.length === 1 ? 'Add as a file of its own' : 'Add as files of their own';
	return 'Update';
}

/** Where a file starts: updating, unless it seems to be of another shop, or its values would count wrongly. */
export function firstDraft({ drift, clash }: ReviewItem): Draft {
	if (clash !== null) return { choice: 'beside', refused: [] };
	return { choice: drift.shifted.some(isHarmful) ? 'leave_out' : 'update', refused: [] };
}

/** What the user decided. */
export function decisionOf({ id, drift }: ReviewItem, { choice, refused }: Draft): Decision {
	return { id, choice, renames: drift.renamed.filter(({ from }) => !refused.includes(from)) };
}

function shiftRows(old: TableSample, found: TableSample, { renamed, shifted }: Drift): DifferenceRow[] {
	const isRenamed = (column: string) => renamed.some(({ from }) => from === column);
	return shifted
		.filter(({ from }) => !isRenamed(from))
		.map((shift) => ({
			key: `shift ${shift.role}`,
			label: 'Other values',
			meaning: meaningOf(shift.role, old),
			before: { column: shift.from, examples: joined(shift.before) },
			now: { column: shift.to, examples: joined(shift.after) },
			note: sentence(shiftWords(shift)),
			isHarmful: isHarmful(shift),
			rename: null
		}));
}

function renameRows(old: TableSample, found: TableSample, { renamed, shifted }: Drift): DifferenceRow[] {
	return renamed.map((rename) => {
		const shift = shifted.find(({ from }) => from === rename.from);
		const evidence = rename.evidence.map((each) => EVIDENCE_WORDS[each]).join(', ');
		return {
			key: `rename ${rename.from}`,
			label: shift === undefined ? 'Renamed' : 'Renamed, other values',
			meaning: meaningOf(rename.role, old),
			before: sideOf(old, rename.from),
			now: sideOf(found, rename.to),
			note: [sentence(evidence), ...(shift === undefined ? [] : [sentence(shiftWords(shift))])].join(' '),
			isHarmful: shift !== undefined && isHarmful(shift),
			rename
		};
	});
}

function missingRows(old: TableSample, { missing }: Drift): DifferenceRow[] {
	const plain = missing.filter(({ role }) => role === null).slice(0, MOST_SHOWN);
	return [...missing.filter(({ role }) => role !== null), ...plain].map(({ column, role }) => ({
		key: `missing ${column}`,
		label: 'Gone',
		meaning: meaningOf(role, old),
		before: sideOf(old, column),
		now: null,
		note: '',
		isHarmful: role !== null,
		rename: null
	}));
}

function addedRows(found: TableSample, { added }: Drift): DifferenceRow[] {
	return added.slice(0, MOST_SHOWN).map((column) => ({
		key: `added ${column}`,
		label: 'New',
		meaning: '',
		before: null,
		now: sideOf(found, column),
		note: 'Without a meaning until you give it one.',
		isHarmful: false,
		rename: null
	}));
}

function weight({ isHarmful: harms, meaning, rename }: DifferenceRow): number {
	return 4 * Number(harms) + 2 * Number(meaning !== '') + Number(rename !== null);
}

function sideOf({ columns }: TableSample, name: string): Side {
	const column = columns.find((each) => each.name === name);
	return { column: name, examples: column === undefined ? '' : joined(examplesOf(column, EXAMPLES)) };
}

function joined(examples: readonly string[]): string {
	return examples
		.map((text) => (text.length > LONGEST_EXAMPLE ? `${text.slice(0, LONGEST_EXAMPLE - 1)}…` : text))
		.join(' · ');
}

function meaningOf(role: Role | null, { source }: TableSample): string {
	return role === null ? '' : roleWords(role, source.kind).label;
}

function sentence(words: string): string {
	return words === '' ? '' : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}
