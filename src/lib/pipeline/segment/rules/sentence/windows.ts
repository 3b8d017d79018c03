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
	return unit ?? reader.fail();
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

const LAST = ['in the past', 'in last', 'during the last', 'within the last', 'over the last'];

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
	const ago = reader.attempt(() => readAgo(reader));
	return ago ?? reader.fail();
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
