import { AppError } from '#lib/core/errors.ts';
import type { Dialect, RecordProblem } from './schema.ts';

/** The longest record that is read. One without a line end for longer than this is no row of a table. */
export const MAX_RECORD_BYTES = 16 * 2 ** 20;

/** A quoted field that runs over more lines or, over several lines, more bytes than this was never closed. */
export const MAX_QUOTED_LINES = 1_000;
export const MAX_QUOTED_BYTES = 2 ** 20;

/** Records between two checkpoints. */
export const CHECKPOINT_RECORDS = 256;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const TAB = 0x09;

/** What the scanner must know of a file. `columnCount`: the fields that every record should have. */
export interface ScanFormat extends Pick<Dialect, 'delimiter' | 'skipLines' | 'hasHeader'> {
	readonly fileName: string;
	readonly columnCount: number;
}

/** A stretch of the file that a scan reports. Offsets are bytes of the UTF-8 text from the top of the file. */
export interface Stretch {
	/** `record`, or what stands between and above records. */
	readonly kind: 'record' | 'header' | 'blank' | 'skipped';
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
	/** Its bytes without the line end. A view, valid only during the call. */
	readonly bytes: Uint8Array;
}

export type OnStretch = (stretch: Stretch) => void;

/** Where every 256th record starts, so that any record is found without reading the file from the top. */
export interface RecordIndex {
	/** Entry i belongs to record 1 + 256 i. */
	readonly offsets: readonly number[];
	readonly lines: readonly number[];
}

/** What a whole scan found. */
export interface ScanResult {
	readonly recordCount: number;
	readonly index: RecordIndex;
	/** The first line end of the file, which all records should have. */
	readonly lineEnd: '\n' | '\r\n' | '\r';
}

/** Where a scan begins when it does not begin at the top: before this record, which starts here. */
export interface ScanStart {
	readonly record: number;
	readonly line: number;
	readonly offset: number;
}

/**
 * Counts the records of a CSV, independently of the engine that loads it. Feed it the UTF-8 bytes in order. It reports
 * the stretches that are not plain records (all of them when `reportAll`), and holds no more than the record at hand.
 *
 * Rules: records end at LF, CRLF or CR outside quotes; empty lines are no records; a quote opens a field only as its
 * first byte, blanks apart. A quote that is never closed costs one line: that line is reported as `unclosed_quote`, and reading goes
 * on with the next. So does a quoted field over several lines with text behind its closing quote, since the quote that
 * seems to close it opened another field.
 * @throws `import.record-too-long`
 */
export class RecordScanner {
	readonly #format: ScanFormat;
	readonly #onStretch: OnStretch;
	readonly #reportAll: boolean;
	readonly #delimiter: number;
	/** 1 for the bytes that end a run of plain ones: delimiter, quote, line ends. */
	readonly #special = new Uint8Array(256);

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
	#firstLineEnd = '';
	readonly #offsets: number[] = [];
	readonly #lines: number[] = [];

	// The record at hand, set by #measure.
	#textEnd = 0;
	#next = 0;
	#fields = 0;
	#lineCount = 0;
	/** Not as RFC 4180 has it. */
	#isOdd = false;
	#lineEnd = '';
	#unclosedAt = -1;

	constructor(
		format: ScanFormat,
		onStretch: OnStretch,
		options: { reportAll?: boolean; start?: ScanStart } = {}
	) {
		const { start } = options;
		this.#format = format;
		this.#onStretch = onStretch;
		this.#reportAll = options.reportAll ?? false;
		this.#delimiter = format.delimiter.charCodeAt(0);
		for (const byte of [this.#delimiter, QUOTE, LF, CR]) this.#special[byte] = 1;
		this.#base = start?.offset ?? 0;
		this.#line = start?.line ?? 1;
		this.#record = (start?.record ?? 1) - 1;
		this.#linesToSkip = start === undefined ? format.skipLines : 0;
		this.#headerPending = start === undefined && format.hasHeader;
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
			index: { offsets: this.#offsets, lines: this.#lines },
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
		let start = this.#base === 0 ? this.#markLength() : 0;
		while (start < this.#end) {
			this.#begin();
			const complete = this.#linesToSkip > 0 ? this.#measureLine(start, final) : this.#measure(start, final);
			const size = (complete ? this.#textEnd : this.#end) - start;
			if (size > MAX_RECORD_BYTES) this.#refuse(size);
			if (!complete) break;
			this.#take(start);
			start = this.#next;
		}
		this.#base += start;
		this.#bytes.copyWithin(0, start, this.#end);
		this.#end -= start;
		this.#waitFor = Math.min(2 * this.#end, MAX_RECORD_BYTES + 1);
	}

	#markLength(): number {
		const [first, second, third] = this.#bytes;
		return this.#end >= 3 && first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
	}

	#refuse(bytes: number): never {
		const { fileName } = this.#format;
		const limit = MAX_RECORD_BYTES;
		throw new AppError('import.record-too-long', { fileName, line: this.#line, bytes, limit });
	}

	/** Measures the record at `start`; false when the bytes held do not reach its end. */
	#measure(start: number, final: boolean): boolean {
		this.#begin();
		return this.#format.delimiter === ' '
			? this.#measureBlanks(start, final)
			: this.#measureFields(start, final);
	}

	#begin(): void {
		this.#fields = 1;
		this.#lineCount = 0;
		// No other reader takes runs of blanks for one delimiter.
		this.#isOdd = this.#format.delimiter === ' ';
		this.#lineEnd = '';
		this.#unclosedAt = -1;
	}

	#measureFields(start: number, final: boolean): boolean {
		const bytes = this.#bytes;
		const special = this.#special;
		const end = this.#end;
		let at = start;
		let isFieldStart = true;
		for (;;) {
			const open = isFieldStart ? this.#openingQuote(at) : -1;
			if (open >= 0) {
				const after = this.#skipQuoted(open, final);
				if (this.#unclosedAt >= 0) return this.#measureLine(this.#unclosedAt, true);
				if (after < 0) return false;
				at = after;
			}
			while (at < end && special[bytes[at] as number] === 0) at += 1;
			if (at === end) return final && this.#endAt(end, end);
			const byte = bytes[at] as number;
			isFieldStart = byte === this.#delimiter;
			if (isFieldStart) {
				this.#fields += 1;
				at += 1;
			} else if (byte === QUOTE) {
				this.#isOdd = true;
				at += 1;
			} else {
				return this.#endLine(at, final);
			}
		}
	}

	/** The index of the quote that opens the field at `start`, if one does. Blanks before it are no part of the field. */
	#openingQuote(start: number): number {
		let at = start;
		while (at < this.#end && this.#bytes[at] === BLANK) at += 1;
		if (at === this.#end || this.#bytes[at] !== QUOTE) return -1;
		if (at > start) this.#isOdd = true;
		return at;
	}

	/** The index after the closing quote of the field that opens at `open`; −1 when the bytes held do not reach it. */
	#skipQuoted(open: number, final: boolean): number {
		const bytes = this.#bytes;
		const end = this.#end;
		let at = open + 1;
		let lines = 0;
		while (at < end) {
			const byte = bytes[at] as number;
			if (byte === QUOTE) {
				if (at + 1 === end && !final) return -1;
				if (at + 1 === end || bytes[at + 1] !== QUOTE) return this.#closeQuote(open, at + 1, lines);
				at += 1;
			} else if (byte === CR || (byte === LF && bytes[at - 1] !== CR)) {
				lines += 1;
				if (lines > MAX_QUOTED_LINES) break;
			}
			at += 1;
		}
		const runsTooFar = lines > MAX_QUOTED_LINES || (lines > 0 && at - open > MAX_QUOTED_BYTES);
		if (final || runsTooFar) this.#unclosedAt = open;
		return -1;
	}

	#closeQuote(open: number, after: number, lines: number): number {
		const isFollowedByText = after < this.#end && this.#special[this.#bytes[after] as number] === 0;
		if (lines > 0 && (isFollowedByText || after - open > MAX_QUOTED_BYTES)) {
			this.#unclosedAt = open;
			return -1;
		}
		this.#lineCount += lines;
		if (isFollowedByText) this.#isOdd = true;
		return after;
	}

	#measureBlanks(start: number, final: boolean): boolean {
		const bytes = this.#bytes;
		let fields = 0;
		let isInField = false;
		for (let at = start; at < this.#end; at += 1) {
			const byte = bytes[at] as number;
			if (byte === LF || byte === CR) {
				this.#fields = fields;
				return this.#endLine(at, final);
			}
			const isBlank = byte === BLANK || byte === TAB;
			if (!isBlank && !isInField) fields += 1;
			isInField = !isBlank;
		}
		this.#fields = fields;
		return final && this.#endAt(this.#end, this.#end);
	}

	/** Measures the line at `at` without regard to quotes. */
	#measureLine(at: number, final: boolean): boolean {
		const bytes = this.#bytes;
		let to = at;
		while (to < this.#end && bytes[to] !== LF && bytes[to] !== CR) to += 1;
		if (to === this.#end) return final && this.#endAt(to, to);
		return this.#endLine(to, final);
	}

	#endLine(at: number, final: boolean): boolean {
		if (this.#bytes[at] === LF) {
			this.#lineEnd = '\n';
			return this.#endAt(at, at + 1);
		}
		if (at + 1 === this.#end && !final) return false;
		const isPair = this.#bytes[at + 1] === LF && at + 1 < this.#end;
		this.#lineEnd = isPair ? '\r\n' : '\r';
		return this.#endAt(at, at + (isPair ? 2 : 1));
	}

	#endAt(textEnd: number, next: number): true {
		this.#textEnd = textEnd;
		this.#next = next;
		this.#lineCount += 1;
		return true;
	}

	/** Counts the record that was measured, and reports it when it is not a plain one. */
	#take(start: number): void {
		if (this.#firstLineEnd === '') this.#firstLineEnd = this.#lineEndWithin(start);
		if (this.#lineEnd !== this.#firstLineEnd && this.#lineEnd !== '') this.#isOdd = true;
		if (this.#linesToSkip > 0) {
			this.#linesToSkip -= 1;
			this.#isOdd ||= this.#bytes.subarray(start, this.#textEnd).includes(QUOTE);
			this.#report('skipped', start, null);
		} else if (this.#isBlank(start)) {
			this.#isOdd ||= this.#headerPending;
			this.#report('blank', start, null);
		} else if (this.#headerPending) {
			this.#headerPending = false;
			this.#isOdd ||= this.#problem() !== null;
			this.#report('header', start, null);
		} else {
			this.#takeRecord(start);
		}
		this.#line += this.#lineCount;
	}

	/** The first line end of a stretch, be it inside quotes: engines take that for the line end of the file. */
	#lineEndWithin(start: number): string {
		let at = start;
		while (at < this.#next && this.#bytes[at] !== LF && this.#bytes[at] !== CR) at += 1;
		if (at === this.#next) return '';
		if (this.#bytes[at] === LF) return '\n';
		return at + 1 < this.#next && this.#bytes[at + 1] === LF ? '\r\n' : '\r';
	}

	#isBlank(start: number): boolean {
		return this.#textEnd === start || (this.#fields === 0 && this.#format.delimiter === ' ');
	}

	#takeRecord(start: number): void {
		if (this.#record % CHECKPOINT_RECORDS === 0) {
			this.#offsets.push(this.#base + start);
			this.#lines.push(this.#line);
		}
		this.#record += 1;
		this.#report('record', start, this.#problem());
	}

	#problem(): RecordProblem | null {
		if (this.#unclosedAt >= 0) return 'unclosed_quote';
		if (this.#fields < this.#format.columnCount) return 'too_few_fields';
		return this.#fields > this.#format.columnCount ? 'too_many_fields' : null;
	}

	#report(kind: Stretch['kind'], start: number, problem: RecordProblem | null): void {
		const odd = this.#isOdd;
		if (problem === null && !odd && !this.#reportAll) return;
		this.#onStretch({
			kind,
			record: kind === 'record' ? this.#record : 0,
			line: this.#line + (problem === 'unclosed_quote' ? this.#lineCount - 1 : 0),
			from: this.#base + start,
			to: this.#base + this.#next,
			fields: this.#fields,
			problem,
			odd,
			bytes: this.#bytes.subarray(start, this.#textEnd)
		});
	}
}
