import { parquetSchema, type FileMetaData, type SchemaElement, type SchemaTree } from 'hyparquet';
import { csvField } from './csv-text.ts';
import { decimalText, numberText, singleText } from './number-text.ts';

/** A top-level column and how its values are written. */
export interface ParquetColumn {
	readonly name: string;
	/** A value as the reader gives it, as a field of a CSV; null is an empty field. */
	readonly field: (value: unknown) => string;
}

/** The columns of a file in order. */
export function parquetColumns(metadata: FileMetaData): readonly ParquetColumn[] {
	return parquetSchema(metadata).children.map((node) => {
		const isLeaf = node.children.length === 0 && node.element.repetition_type !== 'REPEATED';
		const text = isLeaf ? leafText(node.element) : (value: unknown) => jsonText(value, node);
		return {
			name: node.element.name,
			field: (value) => (value === null || value === undefined ? '' : csvField(text(value)))
		};
	});
}

/**
 * The metadata with the meaning of most types taken away, so that the reader gives stored whole numbers and bytes: it
 * would make floats of decimals, and cut times to milliseconds.
 */
export function withoutMeanings(metadata: FileMetaData): FileMetaData {
	return { ...metadata, schema: metadata.schema.map(bareElement) };
}

/** Meanings that the reader brings out without loss. */
const KEPT: ReadonlySet<string | undefined> = new Set([
	'UTF8',
	'JSON',
	'UINT_32',
	'UINT_64',
	'STRING',
	'INTEGER',
	'UUID',
	'FLOAT16'
]);

function bareElement(element: SchemaElement): SchemaElement {
	const isGroup = element.num_children !== undefined && element.num_children > 0;
	if (isGroup || KEPT.has(element.converted_type) || KEPT.has(element.logical_type?.type)) return element;
	const bare = { ...element };
	delete bare.converted_type;
	delete bare.logical_type;
	return bare;
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text where they are UTF-8, else as hexadecimal digits. */
export function bytesText(bytes: Uint8Array): string {
	try {
		return strictDecoder.decode(bytes);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	}
}

type ValueText = (value: unknown) => string;

/** How the values of a column without inner structure are written. `element` has its meaning. */
function leafText(element: SchemaElement): ValueText {
	const { type, converted_type: converted, logical_type: logical } = element;
	if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
		const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0);
		return (value) => decimalText(wholeOf(value), scale);
	}
	if (converted === 'DATE' || logical?.type === 'DATE') return (value) => dateText(wholeOf(value));
	const timestamp = timestampOf(element);
	if (timestamp !== null) return (value) => timestampText(wholeOf(value), timestamp);
	const timeDigits = timeDigitsOf(element);
	if (timeDigits !== null) return (value) => timeText(wholeOf(value), timeDigits);
	if (type === 'FLOAT') return (value) => (typeof value === 'number' ? singleText(value) : plainText(value));
	return plainText;
}

function plainText(value: unknown): string {
	if (typeof value === 'number') return numberText(value);
	return value instanceof Uint8Array ? bytesText(value) : String(value);
}

/** A stored whole number; bytes hold one with the highest byte first, in two's complement. */
function wholeOf(value: unknown): bigint {
	if (typeof value === 'bigint') return value;
	if (!(value instanceof Uint8Array)) return BigInt(value as number);
	let whole = 0n;
	for (const byte of value) whole = whole * 256n + BigInt(byte);
	return BigInt.asIntN(8 * value.length, whole);
}

interface Timestamp {
	/** Digits of a second that one unit stands for. */
	readonly digits: number;
	readonly isUtc: boolean;
}

const UNIT_DIGITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const;

/** Types from before logical types count as UTC (LogicalTypes.md, "Backward Compatibility"); INT96 says nothing of it. */
function timestampOf({ type, converted_type, logical_type }: SchemaElement): Timestamp | null {
	if (logical_type?.type === 'TIMESTAMP') {
		return { digits: UNIT_DIGITS[logical_type.unit], isUtc: logical_type.isAdjustedToUTC };
	}
	if (converted_type === 'TIMESTAMP_MILLIS') return { digits: 3, isUtc: true };
	if (converted_type === 'TIMESTAMP_MICROS') return { digits: 6, isUtc: true };
	return type === 'INT96' ? { digits: 9, isUtc: false } : null;
}

function timeDigitsOf({ converted_type, logical_type }: SchemaElement): number | null {
	if (logical_type?.type === 'TIME') return UNIT_DIGITS[logical_type.unit];
	if (converted_type === 'TIME_MILLIS') return 3;
	return converted_type === 'TIME_MICROS' ? 6 : null;
}

const MS_PER_DAY = 86_400_000n;
/** The last day that a calendar has in script, in milliseconds from 1970. */
const LAST_MS = 8_640_000_000_000_000n;

/** `2024-03-31`; the stored number itself where no calendar reaches, as some engines store "infinity". */
function dateText(days: bigint): string {
	const ms = days * MS_PER_DAY;
	if (ms > LAST_MS || ms < -LAST_MS) return String(days);
	return new Date(Number(ms)).toISOString().split('T', 1)[0] ?? '';
}

/** `2024-03-31 14:05:00.25` in local time, `2024-03-31T14:05:00.25Z` in UTC. */
function timestampText(units: bigint, { digits, isUtc }: Timestamp): string {
	const unitsPerSecond = 10n ** BigInt(digits);
	const rest = ((units % unitsPerSecond) + unitsPerSecond) % unitsPerSecond;
	const ms = ((units - rest) / unitsPerSecond) * 1000n;
	if (ms > LAST_MS || ms < -LAST_MS) return String(units);
	const [seconds = ''] = new Date(Number(ms)).toISOString().split('.', 1);
	const text = seconds + fractionText(rest, digits);
	return isUtc ? `${text}Z` : text.replace('T', ' ');
}

function timeText(units: bigint, digits: number): string {
	const unitsPerSecond = 10n ** BigInt(digits);
	const rest = units % unitsPerSecond;
	const seconds = Number(units / unitsPerSecond);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	return parts.map((part) => String(part).padStart(2, '0')).join(':') + fractionText(rest, digits);
}

function fractionText(rest: bigint, digits: number): string {
	return rest === 0n ? '' : `.${String(rest).padStart(digits, '0').replace(/0+$/, '')}`;
}

/** A list, map or structure as JSON; numbers and decimals keep all their digits. */
function jsonText(value: unknown, node: SchemaTree | undefined): string {
	if (value === null || value === undefined) return 'null';
	if (Array.isArray(value)) {
		const inner = elementOf(node);
		return `[${value.map((item) => jsonText(item, inner)).join(',')}]`;
	}
	if (typeof value === 'object' && !(value instanceof Uint8Array) && !(value instanceof Date)) {
		const inner = new Map(node?.children.map((child) => [child.element.name, child]));
		const mapped = isMap(node) ? node?.children[0]?.children[1] : undefined;
		const members = Object.entries(value).map(
			([key, member]) => `${JSON.stringify(key)}:${jsonText(member, mapped ?? inner.get(key))}`
		);
		return `{${members.join(',')}}`;
	}
	const text = node === undefined ? plainText(value) : leafText(node.element)(value);
	return /^-?\d+(\.\d+)?$/.test(text) && isNumeric(value, node) ? text : jsonScalar(value, text);
}

function jsonScalar(value: unknown, text: string): string {
	return typeof value === 'boolean' ? text : JSON.stringify(text);
}

/** True for numbers and decimals, not for dates and times that are stored as numbers. */
function isNumeric(value: unknown, node: SchemaTree | undefined): boolean {
	const element = node?.element;
	const isDecimal = element?.converted_type === 'DECIMAL' || element?.logical_type?.type === 'DECIMAL';
	if (isDecimal) return true;
	const isTime = element !== undefined && (timestampOf(element) !== null || timeDigitsOf(element) !== null);
	return !isTime && (typeof value === 'number' || typeof value === 'bigint');
}

function isMap(node: SchemaTree | undefined): boolean {
	return node?.element.converted_type === 'MAP' || node?.element.logical_type?.type === 'MAP';
}

/** What the elements of a list are: lists stand in a group of their own, and their elements mostly in one more. */
function elementOf(node: SchemaTree | undefined): SchemaTree | undefined {
	const isList = node?.element.converted_type === 'LIST' || node?.element.logical_type?.type === 'LIST';
	if (!isList) return node;
	const repeated = node?.children[0];
	return repeated?.children.length === 1 ? repeated.children[0] : repeated;
}
