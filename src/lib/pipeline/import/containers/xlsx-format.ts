import { numberText } from './number-text.ts';

/** What a number format makes of a number, as far as its text in a table is concerned. */
export type CellFormat =
	| { readonly kind: 'number' }
	/** A date, a time, both, or hours that run past 24. `fractionDigits`: digits of a second that the format shows. */
	| {
			readonly kind: 'date';
			readonly shows: 'date' | 'time' | 'both' | 'duration';
			readonly fractionDigits: number;
	  }
	/** Digits at fixed places, such as `00000` or `000-00-0000`: zeros in front belong to the value. */
	| { readonly kind: 'code'; readonly places: readonly string[] };

export const PLAIN_NUMBER: CellFormat = { kind: 'number' };

const DATE: CellFormat = { kind: 'date', shows: 'date', fractionDigits: 0 };
const TIME: CellFormat = { kind: 'date', shows: 'time', fractionDigits: 0 };

/** Formats that workbooks name by number only (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are East Asian. */
const BUILT_IN: ReadonlyMap<number, CellFormat> = new Map([
	...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, DATE] as const),
	...[18, 19, 20, 21, 32, 33, 34, 35, 45, 55, 56].map((id) => [id, TIME] as const),
	[22, { kind: 'date', shows: 'both', fractionDigits: 0 }],
	[46, { kind: 'date', shows: 'duration', fractionDigits: 0 }],
	[47, { kind: 'date', shows: 'time', fractionDigits: 1 }]
]);

/** The format with this id; `code` is its text where the workbook defines it. */
export function cellFormat(id: number, code: string | undefined): CellFormat {
	if (code === undefined) return BUILT_IN.get(id) ?? PLAIN_NUMBER;
	const bare = bareCode(code);
	const date = dateFormat(bare);
	if (date?.kind === 'date' && ELAPSED.test(code)) return { ...date, shows: 'duration' };
	return date ?? codeFormat(code) ?? PLAIN_NUMBER;
}

const ELAPSED = /\[(h+|m+|s+)\]/i;

/** The first section of a format without its literal texts, colours, conditions and locales. */
function bareCode(code: string): string {
	const plain = code
		.replace(/"[^"]*"?/g, '')
		.replace(/[\\_*]./gs, '')
		.replace(ELAPSED, '$1')
		.replace(/\[[^\]]*\]/g, '')
		.replace(/general/gi, '');
	return plain.split(';', 1)[0]?.toLowerCase() ?? '';
}

function dateFormat(bare: string): CellFormat | null {
	const fraction = /s\.(0+)/.exec(bare)?.[1]?.length ?? 0;
	const tokens = bare.replace(/s\.0+/g, 's');
	if (/[0#?]/.test(tokens)) return null;
	const hasTime = /[hs]|am\/pm|a\/p/.test(tokens);
	const hasDate = /[ydbeg]/.test(tokens) || (/m/.test(tokens) && (!hasTime || /mmm/.test(tokens)));
	if (!hasTime && !hasDate) return null;
	const shows = hasTime && hasDate ? 'both' : hasTime ? 'time' : 'date';
	return { kind: 'date', shows, fractionDigits: Math.min(3, fraction) };
}

/** A format of nothing but zeros and literal text, with at least two zeros; null for all others. */
function codeFormat(code: string): CellFormat | null {
	const section = /^(?:"[^"]*"|\\.|[^;])*/s.exec(code)?.[0] ?? '';
	const places: string[] = [];
	for (const [token] of section.matchAll(/"[^"]*"|\\.|\[[^\]]*\]|./gs)) {
		if (token === '0' || /^[-() ]$/.test(token)) places.push(token);
		else if (token.startsWith('\\')) places.push(literal(token.slice(1)));
		else if (token.startsWith('"')) places.push(literal(token.slice(1, -1)));
		else if (!token.startsWith('[$')) return null;
	}
	return places.filter((place) => place === '0').length >= 2 ? { kind: 'code', places } : null;
}

/** Marks literal text, which may itself be a zero. */
function literal(text: string): string {
	return `\\${text}`;
}

/**
 * The text of a numeric cell. Dates come as `2024-03-31`, `2024-03-31 14:05:00` or `14:05:00`, codes with the zeros that
 * the sheet shows, all else as the shortest decimal that gives the number back; so 25 % is 0.25.
 */
export function numberCell(raw: string, format: CellFormat, is1904: boolean): string {
	// A whole number is kept digit for digit, also where it has more digits than a double.
	const isWhole = /^-?[1-9]\d*$|^0$/.test(raw);
	if (format.kind === 'number' && isWhole) return raw;
	const value = Number(raw);
	if (raw.trim() === '' || !Number.isFinite(value)) return raw;
	const plain = isWhole ? raw : numberText(value);
	if (format.kind === 'date') return dateText(value, format, is1904) ?? plain;
	if (format.kind === 'code' && Number.isInteger(value) && value >= 0) return codeText(plain, format.places);
	return plain;
}

function codeText(digits: string, places: readonly string[]): string {
	const zeros = places.filter((place) => place === '0').length;
	const padded = digits.padStart(zeros, '0');
	let next = padded.length - zeros;
	let text = '';
	let isFirst = true;
	for (const place of places) {
		if (place !== '0') {
			text += place.startsWith('\\') ? place.slice(1) : place;
			continue;
		}
		text += isFirst ? padded.slice(0, next + 1) : padded.charAt(next);
		next += 1;
		isFirst = false;
	}
	return text;
}

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;
/** Day 0 of the two calendars of workbooks, as days from 1970-01-01. */
const EPOCH_1900 = -25_568;
const EPOCH_1904 = -24_107;
/** The 1900 calendar has a 29 February 1900, which never was; days behind it are one too high. */
const LEAP_DAY_1900 = 60;
const LAST_SERIAL = 2_958_466;

function dateText(
	serial: number,
	{ shows, fractionDigits }: Extract<CellFormat, { kind: 'date' }>,
	is1904: boolean
): string | null {
	if (serial < 0 || serial >= LAST_SERIAL) return null;
	const unit = 1000 / 10 ** fractionDigits;
	const total = Math.round((serial * MS_PER_DAY) / unit) * unit;
	const day = Math.floor(total / MS_PER_DAY);
	const time = total - day * MS_PER_DAY;
	if (shows === 'duration') {
		const hours = day * 24 + Math.floor(time / MS_PER_HOUR);
		return `${two(hours)}${timeText(time, fractionDigits).slice(2)}`;
	}
	if (shows === 'time' && day < 1) return timeText(time, fractionDigits);
	if (day < 1 && !is1904) return null;
	const date = dayText(day, is1904);
	return shows !== 'both' && time === 0 ? date : `${date} ${timeText(time, fractionDigits)}`;
}

function dayText(day: number, is1904: boolean): string {
	if (!is1904 && day === LEAP_DAY_1900) return '1900-02-29';
	const epoch = is1904 ? EPOCH_1904 : day > LEAP_DAY_1900 ? EPOCH_1900 - 1 : EPOCH_1900;
	return new Date((epoch + day) * MS_PER_DAY).toISOString().slice(0, 10);
}

function timeText(ms: number, fractionDigits: number): string {
	const seconds = Math.floor(ms / 1000);
	const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
	if (fractionDigits === 0) return text;
	return `${text}.${String(Math.round(ms % 1000))
		.padStart(3, '0')
		.slice(0, fractionDigits)}`;
}

function two(value: number): string {
	return value < 10 ? `0${value}` : String(value);
}
