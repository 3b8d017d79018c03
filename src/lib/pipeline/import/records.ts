import { AppError } from '#lib/core/errors.ts';
import { splitRecord } from './fields.ts';
import { RecordMeasure } from './measure.ts';
import { isSameText, isTotalRow, markLength, mayBeTotalRow } from './row-kinds.ts';
import type { Dialect, RecordProblem } from './schema.ts';

/** The longest record that is read. One without a line end for longer than this is no row of a table. */
export const MAX_RECORD_BYTES = 16 * 2 ** 20;

/** Records between two checkpoints. */
export const CHECKPOINT_RECORDS = 256;

/** Quotes of a field over several lines are doubted only in tables at least this wide. */
const MIN_DOUBTED_COLUMNS = 3;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
/** The first byte of a byte order mark. */
const MARK = 0xef;

/** The parts of a dialect that the scanner obeys. */
export type ScanDialect = Pick<
	Dialect,
	'delimiter' | 'quote' | 'escape' | 'comment' | 'skipLines' | 'endLine' | 'hasHeader' | 'setAsideTotals'
>;

/** What the scanner must know of a file. `columnCount`: the fields that every record should have. */
export interface ScanFormat extends ScanDialect {
	readonly fileName: string;
	readonly columnCount: number;
}

/** A stretch of the file that a scan reports. Offsets are bytes of the UTF-8 text from the top of the file. */
export interface Stretch {
	/** `record`, or what stands between, above and below records. */
	readonly kind: 'record' | 'header' | 'blank' | 'comment' | 'skipped';
	/** Number of the record from 1 after the header; 0 for all that is no record. */
	readonly record: number;
	/** Line on which it starts, or on which the quote opens that is never closed; from 1. */
	readonly line: number;
	readonly from: number;
	/** Offset after its line end. */
	readonly to: number;
	readonly fields: number;
	readonly problem: RecordProblem | null;
	/** Not as RFC 4180 has it (a bare quote, a line end unlike the first): it must be written anew to be read elsewhere. */
	readonly odd: boolean;
	/** It has quotes where RFC 4180 has none, or something between quotes and delimiters. */
	readonly loose: boolean;
	/** Its bytes without the line end. A view, valid only during the call. */
	readonly bytes: Uint8Array;
}

export type OnStretch = (stretch: Stretch) => void;

/** Where every 256th record starts, so that any record is found without reading the file from the top. */
export interface RecordIndex {
	/** Entry i belongs to record 1 + 256 i. */
	readonly offsets: readonly number[];
	readonly lines: readonly number[];
	/** The header as it stands in the file, by which it is known when it comes again. */
	readonly header: Uint8Array | null;
}

/** What a whole scan found. */
export interface ScanResult {
	readonly recordCount: number;
	readonly index: RecordIndex;
	/** The first line end of what can be read, which all records should have. */
	readonly lineEnd: '\n' | '\r\n' | '\r';
}

/** Where a scan begins when it does not begin at the top: before this record, which starts here. */
export interface ScanStart extends Pick<RecordIndex, 'header'> {
	readonly record: number;
	readonly line: number;
	readonly offset: number;
}

/**
 * Counts the records of a CSV, independently of the engine that loads it. Feed it the UTF-8 bytes in order. It reports
 * the stretches that are not plain records (all of them when `reportAll`), and holds no more than the record at hand.
 *
 * Rules: records end at LF, CRLF or CR outside quotes; empty lines and comments are no records; a quote opens a field
 * only as its first byte, blanks apart. A quote that is never closed costs one line: that line is reported as
 * `unclosed_quote`, and reading goes on with the next. So does a quoted field that holds a delimiter or a line end and
 * has text behind its closing quote, since the quote that seems to close it opened another field; and so does a record
 * over several lines each of which is a whole record without its quotes (that one with all its lines).
 * @throws `import.record-too-long`
 */
export class RecordScanner {
	readonly #format: ScanFormat;
	readonly #onStretch: OnStretch;
	readonly #reportAll: boolean;
	readonly #measure: RecordMeasure;
	readonly #delimiter: number;
	readonly #quote: number;
	readonly #comment: Uint8Array;
	readonly #endLine: number;
	/** No other reader can be told this dialect, so all is written anew. */
	readonly #isForeign: boolean;
	readonly #decoder = new TextDecoder();

	#bytes = new Uint8Array(0);
	#end = 0;
	/** Offset in the file of the first byte held. */
	#base: number;
	/** Size below which a record that was found incomplete is not measured again: keeps long records linear. */
	#waitFor = 0;

	#line: number;
	#record: number;
	#linesToSkip: number;
	#headerPending: boolean;
	#header: Uint8Array | null = null;
	/** The first byte of the header that is neither quote nor blank. */
	#headerStart = -1;
	#firstLineEnd = '';
	readonly #offsets: number[] = [];
	readonly #lines: number[] = [];

	constructor(
		format: ScanFormat,
		onStretch: OnStretch,
		options: { reportAll?: boolean; start?: ScanStart } = {}
	) {
		const { start } = options;
		this.#format = format;
		this.#onStretch = onStretch;
		this.#reportAll = options.reportAll ?? false;
		this.#measure = new RecordMeasure(format);
		this.#delimiter = format.delimiter.charCodeAt(0);
		this.#quote = format.quote === '' ? -1 : format.quote.charCodeAt(0);
		this.#comment = new TextEncoder().encode(format.comment);
		this.#endLine = format.endLine ?? Infinity;
		this.#isForeign = !isPlainDialect(format);
		this.#base = start?.offset ?? 0;
		this.#line = start?.line ?? 1;
		this.#record = (start?.record ?? 1) - 1;
		this.#linesToSkip = start === undefined ? format.skipLines : 0;
		this.#headerPending = start === undefined && format.hasHeader;
		this.#keepHeader(start?.header ?? null);
	}

	/** Takes the next bytes of the file. */
	feed(chunk: Uint8Array): void {
		this.#append(chunk);
		if (this.#end >= this.#waitFor) this.#scan(false);
	}

	/** Says that there are no more bytes. */
	finish(): ScanResult {
		this.#scan(true);
		return {
			recordCount: this.#record,
			index: { offsets: this.#offsets, lines: this.#lines, header: this.#header },
			lineEnd: this.#firstLineEnd === '' ? '\n' : (this.#firstLineEnd as ScanResult['lineEnd'])
		};
	}

	#append(chunk: Uint8Array): void {
		if (this.#end === 0) {
			this.#bytes = new Uint8Array(chunk);
			this.#end = chunk.length;
			return;
		}
		if (this.#end + chunk.length > this.#bytes.length) {
			const grown = new Uint8Array(2 * (this.#end + chunk.length));
			grown.set(this.#bytes.subarray(0, this.#end));
			this.#bytes = grown;
		}
		this.#bytes.set(chunk, this.#end);
		this.#end += chunk.length;
	}

	#scan(final: boolean): void {
		this.#measure.hold(this.#bytes, this.#end, final);
		let start = this.#base === 0 ? this.#passMarks() : 0;
		while (start < this.#end) {
			const isPast = this.#line >= this.#endLine;
			if (!isPast && !this.#isMeasured(start, final)) {
				this.#checkLength(this.#end - start);
				break;
			}
			if (isPast) this.#takeRest(start);
			else this.#take(start);
			start = isPast ? this.#end : this.#measure.next;
		}
		this.#base += start;
		this.#bytes.copyWithin(0, start, this.#end);
		this.#end -= start;
		this.#waitFor = Math.min(2 * this.#end, MAX_RECORD_BYTES + 1);
	}

	/** Measures what starts here; false when the bytes held do not reach its end. */
	#isMeasured(start: number, final: boolean): boolean {
		const measure = this.#measure;
		const comment = this.#commentAt(start);
		if (comment && start + this.#comment.length > this.#end && !final) return false;
		const isComplete =
			this.#linesToSkip > 0 || comment
				? measure.measureLine(start)
				: measure.measure(start, this.#endLine - this.#line - 1);
		if (isComplete) this.#checkLength(measure.textEnd - start);
		return isComplete;
	}

	/** True when the bytes held, which may be fewer than those of the mark, are those of a comment. */
	#commentAt(start: number): boolean {
		const comment = this.#comment;
		if (comment.length === 0) return false;
		const length = Math.min(comment.length, this.#end - start);
		for (let i = 0; i < length; i += 1) if (this.#bytes[start + i] !== comment[i]) return false;
		return true;
	}

	/** Passes over byte order marks at the top. Engines know one at most. */
	#passMarks(): number {
		const first = this.#markAt(0);
		let start = first;
		while (start > 0 && this.#markAt(start) > 0) start += 3;
		if (start > first) {
			this.#send({ kind: 'blank', problem: null, odd: true, from: first, to: start, textEnd: first });
		}
		return start;
	}

	#markAt(at: number): number {
		return markLength({ bytes: this.#bytes, from: at, to: this.#end });
	}

	#checkLength(bytes: number): void {
		const limit = MAX_RECORD_BYTES;
		if (bytes <= limit) return;
		const { fileName } = this.#format;
		throw new AppError('import.record-too-long', { fileName, line: this.#line, bytes, limit });
	}

	/** Counts the record that was measured, and reports it when it is not a plain one. */
	#take(start: number): void {
		const { textEnd, lineCount } = this.#measure;
		if (this.#linesToSkip > 0) {
			this.#linesToSkip -= 1;
			const text = this.#bytes.subarray(start, textEnd);
			this.#report('skipped', start, null, this.#isOdd(start) || text.includes(QUOTE) || text.includes(0));
		} else if (this.#isBlank(start)) {
			// Above the first record, it would tell other readers the line end of the file.
			this.#report(
				'blank',
				start,
				null,
				this.#firstLineEnd === '' || this.#headerPending || this.#isOdd(start)
			);
		} else if (this.#commentAt(start)) {
			this.#report('comment', start, null, true);
		} else if (this.#headerPending) {
			this.#headerPending = false;
			this.#keepHeader(this.#bytes.slice(start, textEnd));
			this.#report('header', start, null, this.#isOdd(start) || this.#shapeProblem() !== null);
		} else {
			this.#takeRecord(start);
		}
		this.#line += lineCount;
	}

	/** Other readers cannot be given what was measured as it stands. */
	#isOdd(start: number): boolean {
		const { isLoose, hasNul, lineEnd } = this.#measure;
		if (this.#firstLineEnd === '') this.#firstLineEnd = this.#lineEndWithin(start);
		return isLoose || hasNul || this.#isForeign || (lineEnd !== '' && lineEnd !== this.#firstLineEnd);
	}

	/** The first line end of a stretch, be it inside quotes: engines take that for the line end of the file. */
	#lineEndWithin(start: number): string {
		const { next } = this.#measure;
		let at = start;
		while (at < next && this.#bytes[at] !== LF && this.#bytes[at] !== CR) at += 1;
		if (at === next) return '';
		if (this.#bytes[at] === LF) return '\n';
		return at + 1 < next && this.#bytes[at + 1] === LF ? '\r\n' : '\r';
	}

	#isBlank(start: number): boolean {
		const { textEnd, fields } = this.#measure;
		return textEnd === start || (fields === 0 && this.#format.delimiter === ' ');
	}

	#takeRecord(start: number): void {
		if (this.#record % CHECKPOINT_RECORDS === 0) {
			this.#offsets.push(this.#base + start);
			this.#lines.push(this.#line);
		}
		this.#record += 1;
		const problem = this.#shapeProblem() ?? this.#contentProblem(start);
		// A mark within a file, where two were joined, belongs to no field.
		const isMarked = this.#bytes[start] === MARK && this.#markAt(start) > 0;
		const isOdd = isMarked || (problem === null ? this.#isOdd(start) : this.#measure.isLoose);
		this.#report('record', start, problem, isOdd);
	}

	#keepHeader(header: Uint8Array | null): void {
		this.#header = header;
		this.#headerStart = header?.find((byte) => byte !== this.#quote && byte > BLANK) ?? -1;
	}

	#shapeProblem(): RecordProblem | null {
		const { unclosedAt, fields } = this.#measure;
		if (unclosedAt >= 0) return 'unclosed_quote';
		if (fields < this.#format.columnCount) return 'too_few_fields';
		return fields > this.#format.columnCount ? 'too_many_fields' : null;
	}

	#contentProblem(start: number): RecordProblem | null {
		if (this.#mayBeHeader(start) && this.#isHeader(start)) return 'repeated_header';
		if (this.#measure.lineCount > 1 && this.#isEachLineWhole(start)) return 'unclosed_quote';
		return this.#format.setAsideTotals && this.#isTotal(start) ? 'total_row' : null;
	}

	/** False for nearly every record, told from its first byte or two. */
	#mayBeHeader(start: number): boolean {
		const byte = this.#bytes[start] as number;
		const first = byte === this.#quote ? (this.#bytes[start + 1] ?? 0) : byte;
		return first === this.#headerStart || first === this.#quote || first <= BLANK || byte === MARK;
	}

	#isHeader(start: number): boolean {
		const header = this.#header;
		if (header === null) return false;
		const record = { bytes: this.#bytes, from: start, to: this.#measure.textEnd };
		return isSameText({ bytes: header, from: 0, to: header.length }, record, this.#quote);
	}

	/** Each line has the fields of a record: two quotes that stand far apart are no pair. */
	#isEachLineWhole(start: number): boolean {
		const { columnCount, delimiter } = this.#format;
		if (columnCount < MIN_DOUBTED_COLUMNS) return false;
		const text = this.#text(start);
		return text.split(/\r\n|\r|\n/).every((line) => line.split(delimiter).length === columnCount);
	}

	#isTotal(start: number): boolean {
		const span = { bytes: this.#bytes, from: start, to: this.#measure.textEnd };
		if (!mayBeTotalRow(span, this.#delimiter, this.#quote)) return false;
		return isTotalRow(splitRecord(this.#text(start), this.#format.delimiter, this.#format));
	}

	#text(start: number): string {
		return this.#decoder.decode(this.#bytes.subarray(start, this.#measure.textEnd));
	}

	/** All that is held lies below the table. */
	#takeRest(start: number): void {
		this.#send({ kind: 'skipped', problem: null, odd: true, from: start, to: this.#end, textEnd: this.#end });
	}

	#report(kind: Stretch['kind'], start: number, problem: RecordProblem | null, odd: boolean): void {
		if (problem === null && !odd && !this.#reportAll) return;
		const { next, textEnd } = this.#measure;
		this.#send({ kind, problem, odd, from: start, to: next, textEnd });
	}

	#send(part: Pick<Stretch, 'kind' | 'problem' | 'odd' | 'from' | 'to'> & { textEnd: number }): void {
		const { kind, problem, odd, from, to, textEnd } = part;
		const { unclosedAt, lineCount, fields, isLoose: loose } = this.#measure;
		this.#onStretch({
			kind,
			record: kind === 'record' ? this.#record : 0,
			line: this.#line + (problem !== null && unclosedAt >= 0 ? lineCount - 1 : 0),
			from: this.#base + from,
			to: this.#base + to,
			fields,
			problem,
			odd,
			loose,
			bytes: this.#bytes.subarray(from, textEnd)
		});
	}
}

/** Characters that part fields in files that the engine reads as they are. */
const PLAIN_DELIMITERS: ReadonlySet<string> = new Set([',', ';', '\t', '|', ':', '~', '^']);

/** True for delimiters that every reader of RFC 4180 can be told. */
export function isPlainDelimiter(delimiter: Dialect['delimiter']): boolean {
	return PLAIN_DELIMITERS.has(delimiter);
}

/** True for files whose plain records every reader of RFC 4180 reads alike; of others, each record is odd. */
export function isPlainDialect({ delimiter, quote, escape, comment }: ScanDialect): boolean {
	return isPlainDelimiter(delimiter) && quote === '"' && escape === 'double' && comment === '';
}
