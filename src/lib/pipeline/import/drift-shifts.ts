import { dateOrderOf } from './date-order.ts';
import { examplesOf, type ColumnSample } from './drift-sample.ts';
import { dateForm, familyOf, FEWEST_TEXTS, formOf, markOf, sharesOf, sizeOf } from './drift-values.ts';
import { COUNT_ROLES, DATE_ROLES, MONEY_ROLES } from './reading.ts';
import type { Reading, Role } from './schema.ts';

/** How the values of a column can differ from those of an older export. */
export const SHIFT_KINDS = [
	'emptied',
	'other_kind',
	'scale',
	'decimal_mark',
	'date_order',
	'date_form',
	'now_emails',
	'no_emails',
	'lost_zeros',
	'rounded_ids',
	'id_form',
	'new_words',
	'swapped'
] as const;
export type ShiftKind = (typeof SHIFT_KINDS)[number];

/** A column whose values are of another kind or size than before. */
export interface Shift {
	readonly kind: ShiftKind;
	readonly role: Role;
	/** The column in the older export, and in the newer one. */
	readonly from: string;
	readonly to: string;
	/** How many times larger the middle value is; below 1 when smaller. Only of `scale`. */
	readonly factor: number | null;
	/** What the column held before that stands here now. Only of `swapped`. */
	readonly like: Role | null;
	/** Values of either export that show it. */
	readonly before: readonly string[];
	readonly after: readonly string[];
}

/** A column with a role, as two exports have it. */
export interface ColumnPair {
	readonly role: Role;
	readonly old: ColumnSample;
	readonly found: ColumnSample;
	/** How the older export is read. */
	readonly reading: Reading;
	/** The role whose values the column holds now, if it has changed places with another. */
	readonly like: Role | null;
}

/** Shifts after which the rows are read right all the same: each file is read in its own date order and decimal mark. */
const READ_RIGHT: readonly ShiftKind[] = ['decimal_mark', 'date_order', 'date_form'];

/** "Never empty before" allows for a few rows that are broken. */
const WAS_FULL = 0.99;
const NOW_EMPTY = 0.5;
/** On some days nobody is a guest, and on others nearly everybody. */
const NOW_NOBODY = 0.1;
const WHO_ROLES: readonly Role[] = ['customer', 'email', 'phone', 'name', 'first_name', 'last_name', 'card'];
/** Medians of two months of one shop differ by a few times at most; cents for money differ a hundred times. */
const OTHER_SCALE = 50;
/** Where decimals come or go as well, less is enough: prices rise, but they do not lose their cents. */
const OTHER_SCALE_AND_DECIMALS = 20;
const HAS_DECIMALS = 0.5;
const NO_DECIMALS = 0.02;
/** A median of fewer numbers is no evidence of size. */
const FEWEST_NUMBERS = 8;
/** Forms that were hardly ever there before make up most of the values. */
const HARDLY_EVER = 0.01;
const MOST = 0.8;
const HALF = 0.5;
/** Ids of one width: a few may be broken. */
const ONE_WIDTH = 0.95;
/** So many ids are shorter than all were: some broken rows are not enough. */
const SOME = 0.05;
/** More different words than these are no list of states. */
const MOST_WORDS = 20;
const EXAMPLES = 3;

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const ROUNDED = /^\d([.,]\d+)?E\+\d+$/i;
const ID_ROLES: readonly Role[] = ['customer', 'order_id', 'card', 'session_id', 'sku', 'postcode'];
/** Roles whose zeros in front count. */
const ZERO_ROLES: readonly Role[] = [...ID_ROLES, 'phone'];
const EMAIL_ROLES: readonly Role[] = ['customer', 'email'];
/** Roles whose values come of a short list of words that the rules know. */
const WORD_ROLES: readonly Role[] = [
	'email_consent',
	'sms_consent',
	'status',
	'currency',
	'line_type',
	'event',
	'action'
];
/** Words that come in sets: one of a set lets the others be expected. */
const WORD_SETS: readonly (readonly string[])[] = [
	['yes', 'no'],
	['true', 'false'],
	['y', 'n'],
	['t', 'f'],
	['1', '0'],
	['ja', 'nein', 'nee'],
	['oui', 'non'],
	['si', 'sí', 'no'],
	['on', 'off'],
	[
		'subscribed',
		'unsubscribed',
		'never_subscribed',
		'never subscribed',
		'not subscribed',
		'not_subscribed',
		'pending',
		'cleaned'
	]
];

/** True for a shift that makes the rows wrong or unreadable if they are read as before. */
export function isHarmful({ kind }: Shift): boolean {
	return !READ_RIGHT.includes(kind);
}

/** What is different in the values of a column; null when they are as before. */
export function findShift(pair: ColumnPair): Shift | null {
	const { role, old, found } = pair;
	const as = (kind: ShiftKind, examples: Examples = {}, factor: number | null = null): Shift => ({
		kind,
		role,
		from: old.name,
		to: found.name,
		factor,
		like: kind === 'swapped' ? pair.like : null,
		before: examples.before ?? examplesOf(old, EXAMPLES),
		after: examples.after ?? examplesOf(found, EXAMPLES)
	});
	if (pair.like !== null) return as('swapped');
	const full = WHO_ROLES.includes(role) ? NOW_NOBODY : NOW_EMPTY;
	if (old.filled >= WAS_FULL && found.filled < full && old.texts.length >= FEWEST_TEXTS) return as('emptied');
	if (old.texts.length < FEWEST_TEXTS || found.texts.length < FEWEST_TEXTS) return null;
	if (MONEY_ROLES.includes(role) || COUNT_ROLES.includes(role)) return numberShift(pair, as);
	if (DATE_ROLES.includes(role)) return dateShift(pair, as);
	return emailShift(pair, as) ?? idShift(pair, as) ?? wordShift(pair, as) ?? nameShift(pair, as);
}

interface Examples {
	readonly before?: readonly string[];
	readonly after?: readonly string[];
}

type MakeShift = (kind: ShiftKind, examples?: Examples, factor?: number | null) => Shift;

function numberShift({ old, found, reading }: ColumnPair, as: MakeShift): Shift | null {
	if (familyOf(old) === 'number' && familyOf(found) !== 'number') return as('other_kind');
	const [before, after] = [sizeOf(old, reading.decimalMark), sizeOf(found, reading.decimalMark)];
	if (Math.min(before.count, after.count) < FEWEST_NUMBERS) return null;
	const factor = after.median / before.median;
	const lost = before.decimals >= HAS_DECIMALS && after.decimals <= NO_DECIMALS;
	const gained = after.decimals >= HAS_DECIMALS && before.decimals <= NO_DECIMALS;
	const limit = lost || gained ? OTHER_SCALE_AND_DECIMALS : OTHER_SCALE;
	if (factor >= limit || factor <= 1 / limit) return as('scale', {}, factor);
	const [mark, newMark] = [markOf(old.texts), markOf(found.texts)];
	return mark !== null && newMark !== null && mark !== newMark ? as('decimal_mark') : null;
}

function dateShift({ old, found, reading }: ColumnPair, as: MakeShift): Shift | null {
	if (familyOf(old) === 'date' && familyOf(found) !== 'date') return as('other_kind');
	const fresh = newTexts(old, found, dateForm);
	if (fresh.share >= HALF) return as('date_form', { after: fresh.examples });
	const before = orderOf(old) ?? reading.dateOrder;
	const after = orderOf(found);
	return before !== null && after !== null && before !== after ? as('date_order') : null;
}

function orderOf({ name, texts }: ColumnSample): Reading['dateOrder'] {
	return dateOrderOf([{ column: name, values: texts.map((text, i) => ({ text, row: i + 1 })) }]).order;
}

function emailShift({ role, old, found }: ColumnPair, as: MakeShift): Shift | null {
	if (!EMAIL_ROLES.includes(role)) return null;
	const [before, after] = [old, found].map(({ texts }) => shareOf(texts, (text) => EMAIL.test(text)));
	if (before === undefined || after === undefined) return null;
	if (before < 1 - MOST && after >= MOST) return as('now_emails');
	return before >= MOST && after < 1 - MOST ? as('no_emails') : null;
}

function idShift({ role, old, found }: ColumnPair, as: MakeShift): Shift | null {
	const rounded = found.texts.filter((text) => ROUNDED.test(text));
	if (ZERO_ROLES.includes(role)) {
		const wasRounded = old.texts.some((text) => ROUNDED.test(text));
		if (!wasRounded && rounded.length >= SOME * found.texts.length)
			return as('rounded_ids', { after: distinct(rounded) });
		const zeros = old.texts.filter(startsWithZero);
		if (hasLostZeros(old, found, zeros)) return as('lost_zeros', { before: distinct(zeros) });
	}
	if (!ID_ROLES.includes(role)) return null;
	const fresh = newTexts(old, found, formOf);
	return fresh.share >= MOST ? as('id_form', { after: fresh.examples }) : null;
}

/** Ids of one width, some with zeros in front, are now shorter; or half began with a zero and none does. */
function hasLostZeros(old: ColumnSample, found: ColumnSample, zeros: readonly string[]): boolean {
	if (zeros.length < FEWEST_TEXTS || found.texts.some(startsWithZero)) return false;
	const width = zeros[0]?.length ?? 0;
	const isOneWidth = shareOf(old.texts, (text) => text.length === width) >= ONE_WIDTH;
	if (isOneWidth) return shareOf(found.texts, (text) => /^\d+$/.test(text) && text.length < width) >= SOME;
	return zeros.length >= HALF * old.texts.length;
}

function startsWithZero(text: string): boolean {
	return /^0\d+$/.test(text);
}

function wordShift({ role, old, found }: ColumnPair, as: MakeShift): Shift | null {
	if (!WORD_ROLES.includes(role)) return null;
	const known = new Set(old.texts.map((text) => text.toLowerCase()));
	if (known.size > MOST_WORDS) return null;
	const sets = WORD_SETS.filter((words) => words.some((word) => known.has(word)));
	const expected = new Set([...known, ...sets.flat()]);
	const fresh = found.texts.filter((text) => !expected.has(text.toLowerCase()));
	return fresh.length >= HALF * found.texts.length ? as('new_words', { after: distinct(fresh) }) : null;
}

/** Names of people, places and products are no numbers and no dates. */
function nameShift({ role, old, found }: ColumnPair, as: MakeShift): Shift | null {
	if (ID_ROLES.includes(role) || WORD_ROLES.includes(role) || role === 'phone') return null;
	return old.kind === 'text' && found.kind !== 'text' ? as('other_kind') : null;
}

/** The texts of a form that the older export hardly ever has. */
function newTexts(
	old: ColumnSample,
	found: ColumnSample,
	form: (text: string) => string
): { share: number; examples: readonly string[] } {
	const known = sharesOf(old.texts, form);
	const fresh = found.texts.filter((text) => (known.get(form(text)) ?? 0) < HARDLY_EVER);
	return { share: fresh.length / found.texts.length, examples: distinct(fresh) };
}

function distinct(texts: readonly string[]): string[] {
	return examplesOf({ texts }, EXAMPLES);
}

function shareOf(texts: readonly string[], test: (text: string) => boolean): number {
	return texts.filter(test).length / texts.length;
}
