import type { FieldTest, NumberTest, SubjectId } from '../../schema.ts';
import { NONE, SOME } from '../clauses/activity.ts';
import { DEED, textIs } from '../deeds.ts';
import { readComparison, readOrMore } from '../numbers.ts';
import type { Reader } from '../reader.ts';
import { readBareTexts, takesAnyOf } from './words.ts';

/** What people did and how often, as a sentence begins to say it. */
export interface Head {
	readonly subject: SubjectId;
	readonly where: FieldTest[];
	/** None: they did not. */
	readonly test: NumberTest;
	/** The sentence says `it` of what was named before. */
	readonly isIt: boolean;
}

/** Records that a noun or a verb means. */
interface Meant {
	readonly subject: SubjectId;
	readonly where: readonly FieldTest[];
}

const ORDERS: Meant = { subject: 'orders', where: [] };
const LINES: Meant = { subject: 'lines', where: [] };
const VIEWS: Meant = { subject: 'events', where: [DEED.view.told] };
const VISITS: Meant = { subject: 'events', where: [DEED.visit.told] };
const SEARCHES: Meant = { subject: 'events', where: [DEED.search.told] };
const MESSAGES: Meant = { subject: 'sends', where: [] };
const OPENS: Meant = { subject: 'sends', where: [DEED.open.told] };
const CLICKS: Meant = { subject: 'sends', where: [DEED.clickMessage.told] };
const ANSWERS: Meant = { subject: 'answers', where: [] };

type Nouns = readonly (readonly [Meant, readonly string[]])[];

const ORDER_NOUNS = ['orders', 'order', 'purchases', 'purchase'];
const PRODUCT_NOUNS = ['products', 'product', 'items', 'item'];
const MESSAGE_NOUNS = [
	'messages',
	'message',
	'emails',
	'email',
	'e-mails',
	'e-mail',
	'mails',
	'newsletters',
	'newsletter'
];

/** What somebody may have had so many of. */
const HAD: Nouns = [
	[ORDERS, ORDER_NOUNS],
	[VIEWS, ['product views', 'product view', 'views', 'view']],
	[LINES, PRODUCT_NOUNS],
	[VISITS, ['visits', 'visit']],
	[CLICKS, ['clicks', 'click']],
	[OPENS, ['opens', 'open']],
	[MESSAGES, MESSAGE_NOUNS],
	[ANSWERS, ['answers', 'answer']]
];

/** A verb in the past and in the present, and what it can be done with. */
interface Verb {
	readonly past: readonly string[];
	readonly base: readonly string[];
	/** What is meant where nothing is said. */
	readonly alone: Meant;
	readonly nouns: Nouns;
	/** What is meant where a product is named; null: none can be. */
	readonly named: Meant | null;
}

const VERBS: readonly Verb[] = [
	{
		past: ['bought', 'purchased', 'ordered'],
		base: ['buy', 'purchase', 'order'],
		alone: ORDERS,
		nouns: [
			[ORDERS, ORDER_NOUNS],
			[LINES, PRODUCT_NOUNS]
		],
		named: LINES
	},
	{
		past: ['viewed', 'saw', 'seen', 'looked at', 'browsed'],
		base: ['view', 'see', 'look at', 'browse'],
		alone: VIEWS,
		nouns: [[VIEWS, PRODUCT_NOUNS]],
		named: VIEWS
	},
	{
		past: ['opened'],
		base: ['open'],
		alone: OPENS,
		nouns: [[OPENS, MESSAGE_NOUNS]],
		named: null
	},
	{
		past: ['clicked on', 'clicked in', 'clicked'],
		base: ['click on', 'click in', 'click'],
		alone: CLICKS,
		nouns: [[CLICKS, [...MESSAGE_NOUNS, 'links', 'link']]],
		named: null
	},
	{
		past: ['received', 'got', 'were sent', 'was sent', 'been sent'],
		base: ['receive', 'get', 'sent'],
		alone: MESSAGES,
		nouns: [[MESSAGES, MESSAGE_NOUNS]],
		named: null
	},
	{
		past: ['answered', 'gave'],
		base: ['answer', 'give'],
		alone: ANSWERS,
		nouns: [[ANSWERS, ['surveys', 'survey', 'questions', 'question', 'answers', 'answer']]],
		named: null
	},
	{
		past: ['visited the site', 'visited the shop', 'visited the store', 'visited'],
		base: ['visit the site', 'visit the shop', 'visit the store', 'visit'],
		alone: VISITS,
		nouns: [],
		named: null
	},
	{ past: ['searched'], base: ['search'], alone: SEARCHES, nouns: [], named: null }
];

const NOT = [
	...[
		'did not',
		"didn't",
		'do not',
		"don't",
		'does not',
		"doesn't",
		'have not',
		"haven't",
		'has not',
		"hasn't"
	],
	...[
		'had not',
		"hadn't",
		'have never',
		'has never',
		'had never',
		'were not',
		"weren't",
		'was not',
		"wasn't"
	],
	...['are not', 'is not', 'never', 'not']
];
const AUXILIARIES = ['have', 'has', 'had', 'also'];
const HAVING = [
	'with',
	'having',
	'have made',
	'have placed',
	'have had',
	'have',
	'has',
	'had',
	'made',
	'placed',
	'place'
];

/** Reads what people did: `bought Garden Chair`, `never ordered`, `with more than 5 orders`. */
export function readHead(reader: Reader): Head {
	return reader.furthest([() => readVerb(reader), () => readHad(reader)]);
}

function readVerb(reader: Reader): Head {
	// After “and” the present may belong to a “did not” before it, which would be the opposite.
	const before = reader.tokens[reader.at - 1];
	const isSaid = before?.text.toLowerCase() === 'who' && before.to > before.from;
	const isNot = takesAnyOf(reader, NOT);
	if (!isNot) takesAnyOf(reader, AUXILIARIES);
	const verb = VERBS.find(({ past, base }) =>
		takesAnyOf(reader, [...past, ...(isNot || isSaid ? base : [])])
	);
	if (!verb) return reader.fail();
	if (!isNot && reader.takesQuietly('nothing')) return { ...headOf(verb.alone), test: NONE };
	const done = reader.furthest([
		() => readIt(reader, verb),
		() => readCounted(reader, verb),
		() => readThings(reader, verb)
	]);
	if (!isNot) return done;
	// “Not more than three times” could be said of what was done and of what was not.
	return done.test === SOME ? { ...done, test: NONE } : reader.fail();
}

function readIt(reader: Reader, { named }: Verb): Head {
	if (!named || !takesAnyOf(reader, ['it', 'them', 'that', 'this product', 'that product']))
		return reader.fail();
	return { ...headOf(named), isIt: true };
}

/** `more than 3 products`, `twice or more`, `3 or more times`. */
function readCounted(reader: Reader, { alone, nouns }: Verb): Head {
	const counted = reader.attempt(() => readMany(reader, nouns));
	if (counted) return counted;
	return { ...headOf(alone), test: readOften(reader) };
}

/** How often: `twice or more`, `at least 3 times`. */
function readOften(reader: Reader): NumberTest {
	return reader.quietly(() => {
		const once = reader.attempt(() => {
			const compared = COMPARED.find(([, words]) => takesAnyOf(reader, words));
			const value = ['once', 'twice'].findIndex((word) => reader.takesQuietly(word)) + 1;
			if (value === 0) reader.fail();
			return compared ? { op: compared[0], value } : readOrMore(reader, value);
		});
		if (once) return once;
		const test = readComparison(reader);
		reader.expect('times', 'time', 'x');
		return orMore(reader, test);
	});
}

const COMPARED = [
	['ge', ['at least']],
	['gt', ['more than', 'over']],
	['le', ['at most', 'no more than']],
	['lt', ['less than', 'fewer than']],
	['eq', ['exactly', 'only', 'just']]
] as const;

/** `5 orders or more` */
function orMore(reader: Reader, test: NumberTest): NumberTest {
	return test.op === 'eq' ? readOrMore(reader, test.value) : test;
}

/** `with more than 5 orders`, `more than 3 orders`, `no orders`. */
function readHad(reader: Reader): Head {
	if (
		takesAnyOf(reader, [
			'without any',
			'without an',
			'without a',
			'without',
			...NOT.map((not) => `${not} have any`)
		])
	) {
		return { ...headOf(readNoun(reader, HAD)), test: NONE };
	}
	takesAnyOf(reader, HAVING);
	takesAnyOf(reader, ['a total of', 'in total']);
	const one = takesAnyOf(reader, ['an', 'a', 'any']);
	if (one) return headOf(readNoun(reader, HAD));
	if (takesAnyOf(reader, ['no'])) return { ...headOf(readNoun(reader, HAD)), test: NONE };
	const had = readMany(reader, HAD);
	takesAnyOf(reader, ['placed', 'made', 'in total']);
	return had;
}

function readMany(reader: Reader, nouns: Nouns): Head {
	const test = reader.quietly(() => readComparison(reader));
	const meant = readNoun(reader, nouns);
	return { ...headOf(meant), test: orMore(reader, test) };
}

function readNoun(reader: Reader, nouns: Nouns): Meant {
	const found = nouns.find(([, words]) => takesAnyOf(reader, words));
	return found ? found[0] : reader.fail();
}

/** What it was done with, and how often: `Garden Chair twice`, `something from the category Garden`, or nothing. */
function readThings(reader: Reader, verb: Verb): Head {
	const meant = readMeant(reader, verb);
	const category = verb.named ? reader.attempt(() => readCategory(reader)) : null;
	const often = reader.attempt(() => readOften(reader));
	const of = category && verb.named && meant.where.length <= verb.named.where.length ? verb.named : meant;
	return { ...headOf(of), where: [...of.where, ...(category ? [category] : [])], test: often ?? SOME };
}

function readMeant(reader: Reader, { alone, nouns, named }: Verb): Meant {
	const noun = reader.attempt(() => {
		takesAnyOf(reader, ['any', 'an', 'a', 'the', 'some', 'our', 'one of our', 'in']);
		return readNoun(reader, nouns);
	});
	const product =
		named &&
		reader.attempt(() => {
			takesAnyOf(reader, ['the product', 'product', 'the item', 'item']);
			return { ...named, where: [...named.where, textIs('product', ...readBareTexts(reader))] };
		});
	if (product && (!noun || noun === named)) return product;
	if (noun) return noun;
	takesAnyOf(reader, ['something', 'anything', 'again']);
	return alone;
}

/** `from the category Garden` */
function readCategory(reader: Reader): FieldTest {
	takesAnyOf(reader, ['from', 'in', 'of', 'out of']);
	takesAnyOf(reader, ['the', 'a']);
	if (!takesAnyOf(reader, ['category', 'categories'])) reader.fail();
	return textIs('category', ...readBareTexts(reader));
}

function headOf({ subject, where }: Meant): Head {
	return { subject, where: [...where], test: SOME, isIt: false };
}
