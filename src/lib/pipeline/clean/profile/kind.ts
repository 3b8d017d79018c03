import type { Role } from '#lib/pipeline/import/schema.ts';
import type { ReadAs } from './conditions.sql.ts';
import type { ProfiledColumn, ValueKind } from './schema.ts';

/** Share of a sample that must read as a kind for a column without a role to be of it. */
const KIND_SHARE = 0.9;
/** A whole number of more digits is an id or a phone. */
const MOST_DIGITS = 9;
/** From so many rows on, whole numbers that all differ and fill their range are a numbering. */
const LEAST_NUMBERED = 20;
const FEW = 50;
/** Texts that repeat so often on average are categories, up to `MOST_CATEGORIES` of them. */
const REPEATS = 20;
const MOST_CATEGORIES = 1000;
const NEARLY_ALL = 0.95;

const DATE_ROLES: readonly Role[] = [
	'date',
	'created_at',
	'consented_at',
	'updated_at',
	'birth_date',
	'end_date'
];
const NUMBER_ROLES: readonly Role[] = [
	'quantity',
	'unit_price',
	'amount',
	'order_total',
	'refund',
	'discount',
	'total_spent',
	'order_count',
	'spend',
	'impressions',
	'clicks',
	'recipients',
	'opens',
	'conversions',
	'revenue',
	'unsubscribes',
	'score'
];
const ID_ROLES: readonly Role[] = ['customer', 'order_id', 'session_id', 'card', 'sku', 'postcode', 'coupon'];

/** What the first look at some filled cells found: how many read as what. */
export interface KindSample {
	readonly filled: number;
	readonly numbers: number;
	readonly dates: number;
	readonly emails: number;
	readonly phones: number;
}

/** What all cells of a column told. */
export interface KindFacts {
	readonly filled: number;
	readonly distinct: number;
	/** Cells that are whole numbers, those that start with a zero, and the most digits. */
	readonly whole: number;
	readonly zeroLed: number;
	readonly longest: number;
	/** Cells with a blank inside. */
	readonly spaced: number;
	/** Cells that are a word for yes or no. */
	readonly answers: number;
	readonly min: number | null;
	readonly max: number | null;
}

/** How the values of a column are to be read; decided before all cells are looked at. */
export function readAsOf(
	{ role, stored }: Pick<ProfiledColumn, 'role' | 'stored'>,
	sample: KindSample | null
): ReadAs {
	if (stored === 'number' || stored === 'date') return stored;
	if (stored === 'boolean') return null;
	if (role !== null)
		return DATE_ROLES.includes(role) ? 'date' : NUMBER_ROLES.includes(role) ? 'number' : null;
	if (sample === null || sample.filled === 0) return null;
	if (sample.dates >= sample.filled * KIND_SHARE) return 'date';
	return sample.numbers >= sample.filled * KIND_SHARE ? 'number' : null;
}

/** The kind that texts which are no numbers and dates are held to: emails and phones. */
export function formOf(
	{ name, role, stored }: ProfiledColumn,
	sample: KindSample | null
): 'email' | 'phone' | null {
	if (stored !== 'text') return null;
	if (role === 'email' || role === 'phone') return role;
	if (role !== null || sample === null || sample.filled === 0) return null;
	if (sample.emails >= sample.filled * KIND_SHARE) return 'email';
	return isPhoneName(name) && sample.phones >= sample.filled * KIND_SHARE ? 'phone' : null;
}

function isPhoneName(name: string): boolean {
	return /phone|mobile|(^|[^a-z])(tel|cell|handy)([^a-z]|$)/i.test(name);
}

/** What a column holds. */
export function kindOf(
	column: ProfiledColumn,
	readAs: ReadAs,
	form: 'email' | 'phone' | null,
	facts: KindFacts
): ValueKind {
	const { role, stored } = column;
	if (facts.filled === 0) return 'empty';
	if (stored === 'boolean') return 'boolean';
	if (form !== null) return form;
	if (role !== null && ID_ROLES.includes(role)) return 'id';
	if (readAs === 'number' && role === null && stored === 'text' && holdsCodes(column, facts)) return 'id';
	if (readAs === 'number' && stored === 'number' && isNamedId(column.name)) return 'id';
	if (readAs !== null) return readAs;
	return textKind(facts);
}

function textKind({ filled, distinct, spaced, answers }: KindFacts): ValueKind {
	if (distinct <= 2 && answers === filled) return 'boolean';
	const isCode = spaced === 0 && distinct > FEW && distinct >= filled * NEARLY_ALL;
	if (isCode) return 'id';
	const repeats = distinct <= MOST_CATEGORIES && distinct * REPEATS <= filled;
	return repeats || (distinct <= FEW && distinct * 2 <= filled) ? 'category' : 'text';
}

/** True for whole numbers that name something, such as ids, phones and postcodes: a median of them means nothing. */
function holdsCodes({ name }: ProfiledColumn, facts: KindFacts): boolean {
	if (facts.whole < facts.filled) return false;
	const { longest, zeroLed } = facts;
	return longest > MOST_DIGITS || zeroLed > 0 || isPostcode(name) || isNumbering(name, facts);
}

function isNumbering(name: string, { filled, distinct, min, max }: KindFacts): boolean {
	if (distinct < filled || filled < LEAST_NUMBERED || min === null || max === null) return false;
	return isNamedId(name) || max - min < filled * 2;
}

/** `customer_id`, `CustomerID`, `Order No`; never `paid`. */
function isNamedId(name: string): boolean {
	return /(^|[^A-Za-z])(id|ids|no|nr|number|key)$/i.test(name) || /[a-z](ID|Id|No|Nr)$/.test(name);
}

function isPostcode(name: string): boolean {
	return /(^|[^a-z])(zip|postal|postcode|plz)/i.test(name);
}
