import type { FieldTest, NumberTest, SubjectId } from '../schema.ts';
import { asksWhetherKnown, readComparison, writeComparison } from './numbers.ts';
import type { Reader } from './reader.ts';
import { listed, readTexts } from './tests.ts';

/** What people did, where a plain verb says just what a test of a field does: `viewed`, an event of the kind `view`. */
export interface Deed {
	readonly subject: SubjectId;
	/** The test that the verb says; null: the subject itself does. */
	readonly told: FieldTest | null;
	readonly verb: string;
	readonly notVerb: string;
	/** What it was done with, where nothing is named: `a product`; null: the verb says it all, or needs a name. */
	readonly thing: string | null;
	/** What follows that: `into the cart`. */
	readonly after: string;
	/** The field whose texts may be named in its place: `viewed “Garden Chair”`. */
	readonly object: string | null;
}

/** A test that a text is one of these. */
export function textIs(field: string, ...values: string[]): FieldTest {
	return { field, test: { type: 'text', test: { op: 'is', values } } };
}

type ToldDeed = Deed & { readonly told: FieldTest };

function event(kind: string, verb: string, notVerb: string, rest: Partial<Deed> = {}): ToldDeed {
	const told = textIs('kind', kind);
	return { subject: 'events', verb, notVerb, thing: null, after: '', object: null, ...rest, told };
}

function message(verb: string, notVerb: string, action: string): ToldDeed {
	const told = textIs('action', action);
	return { subject: 'sends', told, verb, notVerb, thing: 'a message', after: '', object: null };
}

const PRODUCT = { thing: 'a product', object: 'product' } as const;

/** Every deed by what it is called elsewhere. */
export const DEED = {
	buy: {
		subject: 'lines',
		told: null,
		verb: 'bought',
		notVerb: 'did not buy',
		thing: null,
		after: '',
		object: 'product'
	},
	view: event('view', 'viewed', 'did not view', PRODUCT),
	cart: event('cart', 'put', 'did not put', { ...PRODUCT, after: 'into the cart' }),
	wishlist: event('wishlist', 'put', 'did not put', { ...PRODUCT, after: 'on the wish list' }),
	checkout: event('checkout', 'began', 'did not begin', { thing: 'a checkout' }),
	purchase: event('purchase', 'made', 'did not make', { thing: 'a purchase', after: 'on the site' }),
	search: event('search', 'searched', 'did not search'),
	visit: event('visit', 'visited', 'did not visit'),
	click: event('click', 'clicked', 'did not click', { after: 'on the site' }),
	open: message('opened', 'did not open', 'opened'),
	clickMessage: message('clicked in', 'did not click in', 'clicked')
} as const satisfies Record<string, Deed>;

const DEEDS: readonly Deed[] = Object.values(DEED);

/** Records that a deed says: what was named, if anything, and what else must hold. */
export interface Told {
	readonly deed: Deed;
	readonly named: readonly string[] | null;
	readonly where: readonly FieldTest[];
}

/** The deed that these records are, in the order that `deedFirst` makes; null where only the subject has words for them. */
export function toldOf(subject: SubjectId, where: readonly FieldTest[]): Told | null {
	for (const deed of DEEDS) {
		if (deed.subject !== subject || (deed.told && !isSame(where[0], deed.told))) continue;
		const rest = deed.told ? where.slice(1) : where;
		const named = namedBy(rest[0], deed);
		if (named) return { deed, named, where: rest.slice(1) };
		if (needsName(deed)) continue;
		return { deed, named: null, where: rest };
	}
	return null;
}

/** The same tests, those that a deed says first. */
export function deedFirst(subject: SubjectId, where: readonly FieldTest[]): FieldTest[] {
	const deed = DEEDS.find(
		({ subject: of, told }) => of === subject && (!told || where.some((each) => isSame(each, told)))
	);
	if (!deed) return [...where];
	const told = where.find((each) => deed.told && isSame(each, deed.told));
	const named = where.find((each) => each !== told && namedBy(each, deed));
	const first = [told, named].filter((each) => each !== undefined);
	return [...first, ...where.filter((each) => !first.includes(each))];
}

function needsName({ thing, object }: Deed): boolean {
	return thing === null && object !== null;
}

function isSame(one: FieldTest | undefined, told: FieldTest): boolean {
	const [values, others] = [valuesOf(one), valuesOf(told)];
	return (
		one?.field === told.field &&
		values?.length === others?.length &&
		values?.every((each, i) => each === others?.[i]) === true
	);
}

function namedBy(test: FieldTest | undefined, { object }: Deed): readonly string[] | null {
	return object !== null && test?.field === object ? valuesOf(test) : null;
}

function valuesOf(test: FieldTest | undefined): readonly string[] | null {
	return test?.test.type === 'text' && test.test.test.op === 'is' ? test.test.test.values : null;
}

/** The deed without how often: `viewed “Garden Chair”`, `did not put a product into the cart`. */
export function writeDeed({ deed, named }: Told, isDone: boolean): string {
	const thing = named ? listed(named, 'or') : deed.thing;
	return [isDone ? deed.verb : deed.notVerb, thing, deed.after].filter(Boolean).join(' ');
}

/** Reads a deed without how often. @param isNotDone only what was not done may stand here */
export function readDeed(
	reader: Reader,
	isNotDone = false
): Pick<Told, 'deed'> & { readonly isDone: boolean; readonly where: FieldTest[] } {
	return reader.first(
		DEEDS.map((deed) => () => {
			const isDone = !isNotDone && !reader.takesQuietly(deed.notVerb);
			if (isDone) reader.expect(deed.verb);
			else if (isNotDone) reader.expect(deed.notVerb);
			const named = deed.object === null ? null : readNamed(reader, deed.object, needsName(deed));
			if (!named && deed.thing !== null) reader.expect(deed.thing);
			if (deed.after !== '') reader.expect(deed.after);
			return { deed, isDone, where: [deed.told, named].filter((each) => each !== null) };
		})
	);
}

function readNamed(reader: Reader, field: string, isNeeded: boolean): FieldTest | null {
	const read = () => textIs(field, ...readTexts(reader, false));
	return isNeeded ? read() : reader.attempt(() => reader.quietly(read));
}

/** How often: `at least 3 times`. */
export function writeTimes(test: NumberTest): string {
	if (asksWhetherKnown(test)) return `${test.op === 'known' ? 'a known' : 'an unknown'} number of times`;
	const isOnce = test.op !== 'between' && test.value === 1;
	return `${writeComparison(test)} ${isOnce ? 'time' : 'times'}`;
}

/** Reads how often; null where nothing says so. */
export function readTimes(reader: Reader): NumberTest | null {
	return reader.attempt(() => {
		if (reader.takesQuietly('a known number of times')) return { op: 'known' };
		if (reader.takesQuietly('an unknown number of times')) return { op: 'unknown' };
		const test = reader.quietly(() => readComparison(reader));
		reader.expect('times', 'time');
		return test;
	});
}
