import { FIXED_CART_STAGES } from '../../../carts/schema.ts';
import type { Condition, NumberTest, Window } from '../../schema.ts';
import { activityOf, NONE, readTail, SOME } from '../clauses/activity.ts';
import { asksWhetherKnown, readComparison } from '../numbers.ts';
import type { Reader } from '../reader.ts';
import { readAttached, readFinite } from '../tests.ts';
import { subjectWords, type Vocabulary } from '../vocabulary.ts';
import { readDuration, readWindow } from '../windows.ts';
import { readHead } from './heads.ts';
import { readPlainSequence } from './sequence.ts';
import { readBareTexts, takesAnyOf } from './words.ts';

type Read = (reader: Reader, vocabulary: Vocabulary) => Condition;

/** What a condition may be called besides what `CLAUSES` write, after `who`. */
export const PLAIN_CLAUSES: readonly Read[] = [
	readPlainSequence,
	readDone,
	readSpent,
	readMeasured,
	readActive,
	readNew,
	readLastOrder,
	readCountry,
	readSegment,
	readCart
];

const BEING = ['who have been', 'who has been', 'who are', 'who were', 'who is', 'who was', 'who'];
const COUNT = { kind: 'count' } as const;
const NO_TAIL = { where: [], window: null, per: null } as const;

/** `bought more than 3 times in the last 90 days` */
function readDone(reader: Reader, vocabulary: Vocabulary): Condition {
	reader.expect('who');
	const { subject, where, test, isIt } = readHead(reader);
	if (isIt) return reader.fail();
	const tail = readTail(reader, subjectWords(vocabulary, subject));
	return activityOf(subject, 'all', COUNT, test, { ...tail, where: [...where, ...tail.where] });
}

const CURRENCIES = ['euros', 'euro', 'eur', 'dollars', 'usd', 'pounds', 'gbp', 'chf'];

/** `spent more than 500`, `more than 500 spent`: all that they spent, or in a time. */
function readSpent(reader: Reader, vocabulary: Vocabulary): Condition {
	reader.expect('who');
	takesAnyOf(reader, ['have', 'has', 'with']);
	const isFirst = takesAnyOf(reader, ['spent a total of', 'spent', 'spend', 'paid']);
	const test = readMoney(reader);
	if (!isFirst && !takesAnyOf(reader, ['spent', 'paid', 'in spend', 'of spend', 'spend']))
		return reader.fail();
	takesAnyOf(reader, ['in total', 'altogether', 'overall', 'in all']);
	const tail = readTail(reader, subjectWords(vocabulary, 'orders'));
	const isPlain = tail.window === null && tail.per === null && tail.where.length === 0;
	return isPlain && vocabulary.features.typeOf('monetary_total') === 'number'
		? numberOf('monetary_total', test)
		: activityOf('orders', 'all', { kind: 'sum', field: 'amount' }, test, tail);
}

function readMoney(reader: Reader): NumberTest {
	return reader.quietly(() => {
		const test = readComparison(reader);
		takesAnyOf(reader, CURRENCIES);
		const isMore = test.op === 'eq' && takesAnyOf(reader, ['or more', 'and more']);
		return isMore ? { op: 'ge', value: test.value } : test;
	});
}

function numberOf(feature: string, test: NumberTest): Condition {
	return { kind: 'feature', feature, test: { type: 'number', test } };
}

/** What features are called elsewhere. */
const CALLED: readonly (readonly [string, readonly string[]])[] = [
	['monetary_total', ['total spending', 'total spent', 'spending', 'spend', 'lifetime spend', 'revenue']],
	['monetary_mean', ['average order value', 'average order', 'mean order value', 'order value', 'aov']]
];

/** `total spend over 500`, `with an average order value of at least 50`. */
function readMeasured(reader: Reader, { features }: Vocabulary): Condition {
	if (!reader.takesQuietly('whose')) reader.expect('who');
	takesAnyOf(reader, ['with', 'having', 'have', 'has', 'had', 'whose']);
	takesAnyOf(reader, ['a', 'an', 'the', 'their']);
	const called = CALLED.find(
		([feature, words]) => features.typeOf(feature) === 'number' && takesAnyOf(reader, words)
	);
	const feature = called?.[0] ?? reader.quietly(() => features.read(reader));
	const declared = features.typeOf(feature);
	const test = reader.quietly(
		() => reader.attempt(() => readFinite(reader, declared)) ?? readAttached(reader, declared)
	);
	takesAnyOf(reader, CURRENCIES);
	return { kind: 'feature', feature, test };
}

/** `active in the last 30 days`: with an order then; `not active`, `inactive`: with none. */
function readActive(reader: Reader): Condition {
	if (!takesAnyOf(reader, BEING)) reader.expect('who');
	const isNot = takesAnyOf(reader, ['not active', 'inactive', 'not been active']);
	if (!isNot) reader.expect('active');
	return ordersIn(readWindow(reader), isNot ? NONE : SOME);
}

function ordersIn(window: Window, test: NumberTest): Condition {
	return activityOf('orders', 'all', COUNT, test, { ...NO_TAIL, where: [], window });
}

/** `new in the last 30 days`, `first order in the last 30 days`: everyone has an order, so none was before. */
function readNew(reader: Reader, { features }: Vocabulary): Condition {
	readOpening(reader);
	if (!takesAnyOf(reader, ['new customers', 'new', 'became customers', 'first ordered', 'first bought'])) {
		readOrderWords(reader, 'first');
	}
	const window = readWindow(reader);
	if (window.kind !== 'last') return reader.fail();
	const { count, unit } = window.length;
	return unit === 'day' && features.typeOf('tenure_days') === 'number'
		? numberOf('tenure_days', { op: 'le', value: count })
		: ordersIn({ kind: 'before_last', length: window.length }, NONE);
}

function readOpening(reader: Reader): void {
	if (reader.takesQuietly('whose')) return;
	if (!takesAnyOf(reader, BEING)) reader.expect('who');
	takesAnyOf(reader, ['with', 'had', 'have', 'made', 'placed']);
	takesAnyOf(reader, ['a', 'the', 'their']);
}

function readOrderWords(reader: Reader, which: 'first' | 'last'): void {
	reader.takesQuietly('their');
	if (
		!takesAnyOf(
			reader,
			['order', 'purchase'].map((noun) => `${which} ${noun}`)
		)
	)
		reader.fail();
	takesAnyOf(reader, ['was', 'is', 'being']);
}

/** `last order more than 90 days ago`, `last ordered within 30 days`. */
function readLastOrder(reader: Reader, { features }: Vocabulary): Condition {
	readOpening(reader);
	if (!takesAnyOf(reader, ['last ordered', 'last bought'])) readOrderWords(reader, 'last');
	const ago = reader.attempt(() => readAgo(reader));
	if (ago === null) {
		const window = readWindow(reader);
		return window.kind === 'last' ? ordersIn(window, SOME) : reader.fail();
	}
	if (features.typeOf('recency_days') === 'number') return numberOf('recency_days', ago);
	const length = { count: ago.value, unit: 'day' } as const;
	return ago.op === 'gt' ? ordersIn({ kind: 'last', length }, NONE) : reader.fail();
}

type Ago = Extract<NumberTest, { value: number }>;

function readAgo(reader: Reader): Ago {
	const compared = reader.quietly(() => readCompared(reader));
	reader.expect('ago');
	return compared;
}

function readCompared(reader: Reader): Ago {
	const op = (
		[
			['gt', ['more than', 'over']],
			['ge', ['at least']],
			['lt', ['less than', 'under']],
			['le', ['at most']]
		] as const
	).find(([, words]) => takesAnyOf(reader, words))?.[0];
	const { count, unit } = readDuration(reader);
	if (unit !== 'day' && unit !== 'week') return reader.fail();
	return { op: op ?? 'eq', value: unit === 'week' ? 7 * count : count };
}

const HOME = ['from', 'live in', 'living in', 'lives in', 'come from', 'based in', 'are from', 'located in'];
const HOME_FIELDS = ['country', 'city', 'region'] as const;

/** `from Germany or Austria`, `from the city of Graz`. */
function readCountry(reader: Reader): Condition {
	if (!takesAnyOf(reader, BEING)) reader.expect('who');
	const isNot = takesAnyOf(reader, ['not', 'do not', "don't"]);
	if (!takesAnyOf(reader, HOME)) return reader.fail();
	const field = HOME_FIELDS.find((each) =>
		takesAnyOf(reader, [`the ${each} of`, `the ${each}`, `${each} of`, each])
	);
	const values = readBareTexts(reader);
	const op = isNot ? 'is_not' : 'is';
	return { kind: 'profile', field: field ?? 'country', test: { type: 'text', test: { op, values } } };
}

/** `in Champions`, `not in the segment Champions`. */
function readSegment(reader: Reader, { segments }: Vocabulary): Condition {
	if (!takesAnyOf(reader, BEING)) reader.expect('who');
	const isIn = !takesAnyOf(reader, ['not', 'outside']);
	if (!takesAnyOf(reader, ['in', 'part of', 'members of', 'among']) && isIn) return reader.fail();
	takesAnyOf(reader, ['the segment', 'the group', 'segment', 'group', 'the']);
	return { kind: 'segment', segment: segments.read(reader), isIn };
}

const LEFT = ['left', 'abandoned', 'have left', 'have abandoned', 'has left', 'has abandoned'];
const CARTS = ['a cart', 'their cart', 'the cart', 'carts', 'cart', 'a basket', 'their basket'];

/** `left a cart`: at any stage of the carts that were left. */
function readCart(reader: Reader, { cartStages }: Vocabulary): Condition {
	reader.expect('who');
	const isLeft = takesAnyOf(reader, ['with an abandoned cart', 'have an abandoned cart']);
	if (!isLeft && !(takesAnyOf(reader, LEFT) && takesAnyOf(reader, CARTS))) return reader.fail();
	const fixed: readonly string[] = FIXED_CART_STAGES;
	const stages = cartStages.all.map(({ id }) => id).filter((stage) => !fixed.includes(stage));
	const value = reader.attempt(() => {
		takesAnyOf(reader, ['with a value', 'with a value of', 'worth', 'of']);
		const test = readMoney(reader);
		return asksWhetherKnown(test) ? reader.fail() : test;
	});
	return { kind: 'cart', stages, value, category: null };
}
