import { isDay } from '#lib/core/days.ts';
import { TIME_UNITS, type Duration, type TimeUnit, type Window } from '../schema.ts';
import { readWhole } from './numbers.ts';
import type { Reader } from './reader.ts';

/** A length of time: `1 day`, `90 days`. */
export function writeDuration({ count, unit }: Duration): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Reads a length of time. */
export function readDuration(reader: Reader): Duration {
	const count = readWhole(reader, 1, 1000);
	return { count, unit: readUnit(reader, count === 1) };
}

function readUnit(reader: Reader, isOne: boolean): TimeUnit {
	const unit = TIME_UNITS.find((each) =>
		isOne ? reader.takesOneOf(each, `${each}s`) : reader.takesOneOf(`${each}s`, each)
	);
	return unit ?? unitBefore(reader) ?? reader.fail();
}

/** Where a sentence goes on without a unit, the one it said before, else days: `90 days but … in 30`. */
function unitBefore(reader: Reader): TimeUnit | null {
	const next = reader.peek();
	if (next && (next.kind === 'quote' || !ENDS.has(next.text.toLowerCase()))) return null;
	const said = reader.tokens.slice(0, reader.at).map(({ text }) => text.toLowerCase().replace(/s$/, ''));
	const last = said.findLast((word) => TIME_UNITS.some((unit) => unit === word));
	return TIME_UNITS.find((unit) => unit === last) ?? 'day';
}

/** When something happened: `in the last 90 days`, `between 2024-01-01 and 2024-01-31`. */
export function writeWindow(window: Window): string {
	switch (window.kind) {
		case 'last':
			return `in the last ${lastWords(window.length)}`;
		case 'before_last':
			return `before the last ${lastWords(window.length)}`;
		case 'since':
			return `since ${window.day}`;
		case 'until':
			return `until ${window.day}`;
		case 'between':
			return `between ${window.from} and ${window.to}`;
	}
}

function lastWords(length: Duration): string {
	return length.count === 1 ? length.unit : writeDuration(length);
}

const LAST = [
	...[
		'in the past',
		'in last',
		'in past',
		'during the last',
		'during the past',
		'within the last',
		'within the past'
	],
	...['over the last', 'over the past', 'for the last', 'for the past', 'the last', 'last', 'these last']
];
/** What may stand before a length itself: `in 90 days`. */
const SHORT = ['in', 'within', 'for'];
/** What may come behind a number that says no unit. */
const ENDS = new Set(['and', 'or', 'but', 'who', 'whose', ',', ')']);

/** Reads when something happened. */
export function readWindow(reader: Reader): Window {
	if (reader.takesOneOf('in the last', ...LAST)) return { kind: 'last', length: readLast(reader) };
	if (reader.takesOneOf('before the last', 'before the past')) {
		return { kind: 'before_last', length: readLast(reader) };
	}
	if (reader.takes('since')) return { kind: 'since', day: readDay(reader) };
	if (reader.takes('until')) return { kind: 'until', day: readDay(reader) };
	if (reader.takesOneOf('between', 'from')) {
		const from = readDay(reader);
		reader.expect('and', 'to');
		return { kind: 'between', from, to: readDay(reader) };
	}
	return reader.first([() => readAgo(reader), () => readShort(reader)]);
}

/** `in 90 days`, another way to say `in the last 90 days`; `in 2024`, its first day to its last. */
function readShort(reader: Reader): Window {
	if (!SHORT.some((word) => reader.takesQuietly(word))) reader.fail();
	return reader.quietly(() => {
		const year = reader.peek()?.text ?? '';
		if (!/^(?:19|20)\d\d$/.test(year)) return { kind: 'last', length: readDuration(reader) };
		reader.at += 1;
		return { kind: 'between', from: `${year}-01-01`, to: `${year}-12-31` };
	});
}

/** `more than 90 days ago`, another way to say `before the last 90 days`. */
function readAgo(reader: Reader): Window {
	if (!reader.takesQuietly('more than')) reader.fail();
	const length = readDuration(reader);
	reader.expect('ago');
	return { kind: 'before_last', length };
}

function readLast(reader: Reader): Duration {
	const one = reader.attempt((): Duration => ({ count: 1, unit: readUnit(reader, true) }));
	return one ?? readDuration(reader);
}

/** Reads a day. */
function readDay(reader: Reader): string {
	const token = reader.peek();
	if (token?.kind !== 'word' || !isDay(token.text)) return reader.fail('a day such as 2024-01-31');
	reader.at += 1;
	return token.text;
}
