import type { Dialect } from './schema.ts';

/** A quoted field that runs over more lines or, over several lines, more bytes than this was never closed. */
export const MAX_QUOTED_LINES = 1_000;
export const MAX_QUOTED_BYTES = 2 ** 20;

/** What decides where fields and records end. */
export type FieldFormat = Pick<Dialect, 'delimiter' | 'quote' | 'escape'>;

const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const TAB = 0x09;
const NUL = 0x00;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
/** No byte. */
const NONE = -1;

/**
 * Finds where the record at hand ends and how many fields it has. `measure` answers false when the bytes held do not
 * reach its end; else the fields of this object describe it until the next call.
 */
export class RecordMeasure {
	/** Index after its last byte, without the line end. */
	textEnd = 0;
	/** Index of the record that follows. */
	next = 0;
	fields = 0;
	lineCount = 0;
	lineEnd: '' | '\n' | '\r\n' | '\r' = '';
	/** It has quotes where RFC 4180 has none, or something between quotes and delimiters. */
	isLoose = false;
	hasNul = false;
	/** Index of the quote that is never closed, or closed where no field ends; −1 when there is none. */
	unclosedAt = NONE;

	readonly #format: FieldFormat;
	readonly #delimiter: number;
	/** Second byte of the delimiter. */
	readonly #second: number;
	readonly #quote: number;
	/** 1 for the bytes that end a run of plain ones outside quotes, and inside them. */
	readonly #special = new Uint8Array(256);
	readonly #specialQuoted = new Uint8Array(256);

	#bytes = new Uint8Array(0);
	#end = 0;
	#isFinal = false;
	#maxLines = MAX_QUOTED_LINES;

	constructor(format: FieldFormat) {
		this.#format = format;
		this.#delimiter = format.delimiter.charCodeAt(0);
		this.#second = format.delimiter.length > 1 ? format.delimiter.charCodeAt(1) : NONE;
		this.#quote = format.quote === '' ? NONE : format.quote.charCodeAt(0);
		for (const byte of [this.#delimiter, LF, CR, NUL]) this.#special[byte] = 1;
		for (const byte of [LF, CR, NUL]) this.#specialQuoted[byte] = 1;
		if (this.#quote !== NONE) this.#special[this.#quote] = this.#specialQuoted[this.#quote] = 1;
		if (format.escape === 'backslash') this.#specialQuoted[BACKSLASH] = 1;
	}

	/** Says which bytes are held. `isFinal`: no more will come. */
	hold(bytes: Uint8Array<ArrayBuffer>, end: number, isFinal: boolean): void {
		this.#bytes = bytes;
		this.#end = end;
		this.#isFinal = isFinal;
	}

	/** Measures the record at `start`, which may not run over more than `maxLines` line ends. */
	measure(start: number, maxLines: number): boolean {
		this.#begin();
		this.#maxLines = Math.min(maxLines, MAX_QUOTED_LINES);
		return this.#format.delimiter === ' ' ? this.#measureBlanks(start) : this.#measureFields(start);
	}

	/** Measures the line at `start` without regard to quotes. */
	measureLine(start: number): boolean {
		this.#begin();
		return this.#toLineEnd(start);
	}

	#begin(): void {
		this.fields = 1;
		this.lineCount = 0;
		this.lineEnd = '';
		this.isLoose = false;
		this.hasNul = false;
		this.unclosedAt = NONE;
	}

	#measureFields(start: number): boolean {
		const bytes = this.#bytes;
		const special = this.#special;
		const end = this.#end;
		const delimiter = this.#delimiter;
		const quote = this.#quote;
		let at = start;
		let isFieldStart = true;
		for (;;) {
			if (isFieldStart) {
				const first = bytes[at] as number;
				if (at < end && (first === quote || first === BLANK || first === NUL)) {
					at = this.#skipQuotedField(at);
					if (this.unclosedAt >= 0) return this.#toLineEnd(this.unclosedAt);
					if (at < 0) return false;
				}
			}
			while (at < end && special[bytes[at] as number] === 0) at += 1;
			if (at === end) return this.#isFinal && this.#endAt(end, end);
			const byte = bytes[at] as number;
			isFieldStart = false;
			if (byte === delimiter) {
				const width = this.#delimiterWidth(at);
				if (width < 0) return false;
				isFieldStart = width > 0;
				this.fields += isFieldStart ? 1 : 0;
				at += Math.max(width, 1);
			} else if (byte === LF || byte === CR) {
				return this.#endLine(at);
			} else {
				if (byte === NUL) this.hasNul = true;
				else this.isLoose = true;
				at += 1;
			}
		}
	}

	/** Bytes of the delimiter that starts at `at`: 0 when there is none, −1 when more bytes are needed to tell. */
	#delimiterWidth(at: number): number {
		if (this.#second === NONE) return 1;
		if (at + 1 === this.#end) return this.#isFinal ? Number(this.#second === BLANK) : NONE;
		const next = this.#bytes[at + 1];
		if (next === this.#second) return 2;
		// Programs that tidy line ends take the blank of a last, empty field away.
		return Number(this.#second === BLANK && (next === LF || next === CR));
	}

	/**
	 * The index after the field at `start` if a quote opens it, blanks apart; `start` if none does; −1 when more bytes are
	 * needed.
	 */
	#skipQuotedField(start: number): number {
		let open = start;
		while (open < this.#end && this.#isPadding(open)) open += 1;
		if (open === this.#end || this.#bytes[open] !== this.#quote) return start;
		if (open > start) this.isLoose = true;
		return this.#skipQuoted(open);
	}

	#skipQuoted(open: number): number {
		const bytes = this.#bytes;
		const special = this.#specialQuoted;
		const end = this.#end;
		let at = open + 1;
		let lines = 0;
		for (;;) {
			while (at < end && special[bytes[at] as number] === 0) at += 1;
			if (at >= end) break;
			const byte = bytes[at] as number;
			const next = bytes[at + 1];
			const isLast = at + 1 === end;
			if (byte === this.#quote) {
				if (isLast && !this.#isFinal) return NONE;
				const isPair = !isLast && next === byte;
				if (!isPair && !this.#isApostrophe(at, lines)) return this.#closeQuote(open, at, lines);
				if (isPair) at += 1;
				else this.isLoose = true;
			} else if (byte === BACKSLASH) {
				if (isLast && !this.#isFinal) return NONE;
				if (!isLast && (next === this.#quote || next === BACKSLASH)) at += 1;
			} else if (byte === NUL) {
				this.hasNul = true;
			} else if (byte === CR || bytes[at - 1] !== CR) {
				lines += 1;
				if (this.lineCount + lines > this.#maxLines) break;
			}
			at += 1;
		}
		const runsTooFar = this.lineCount + lines > this.#maxLines || (lines > 0 && at - open > MAX_QUOTED_BYTES);
		if (this.#isFinal || runsTooFar) this.unclosedAt = open;
		return NONE;
	}

	/** In text between apostrophes, one that ends no field is part of a word; over several lines that is doubted. */
	#isApostrophe(at: number, lines: number): boolean {
		if (this.#quote !== APOSTROPHE || lines > 0) return false;
		let after = at + 1;
		while (after < this.#end && this.#isPadding(after)) after += 1;
		return after < this.#end && this.#isFieldEnd(after) === 0;
	}

	/** The index after the field whose quotes are at `open` and `close`. */
	#closeQuote(open: number, close: number, lines: number): number {
		let after = close + 1;
		while (after < this.#end && this.#isPadding(after)) after += 1;
		if (after === this.#end && !this.#isFinal) return NONE;
		const isFieldEnd = this.#isFieldEnd(after);
		if (isFieldEnd < 0) return NONE;
		if (after > close + 1 || isFieldEnd === 0) this.isLoose = true;
		// A quote with text behind it closes nothing: the one that seems to be its partner opened another field.
		const isBroken = isFieldEnd === 0 && (lines > 0 || this.#holdsDelimiter(open + 1, close));
		if (isBroken || (lines > 0 && close - open > MAX_QUOTED_BYTES)) {
			this.unclosedAt = open;
			return NONE;
		}
		this.lineCount += lines;
		return isFieldEnd === 1 ? after : this.#skipTail(after);
	}

	/** Passes over the text behind a closing quote, quotes and all, up to the end of the field. */
	#skipTail(from: number): number {
		for (let at = from; at < this.#end; at += 1) {
			const isFieldEnd = this.#isFieldEnd(at);
			if (isFieldEnd !== 0) return isFieldEnd === 1 ? at : NONE;
		}
		return this.#isFinal ? this.#end : NONE;
	}

	/** 1 when a field that was read up to here ends here, 0 when not, −1 when more bytes are needed to tell. */
	#isFieldEnd(at: number): number {
		if (at === this.#end) return 1;
		const byte = this.#bytes[at];
		if (byte === LF || byte === CR) return 1;
		return byte === this.#delimiter ? Math.sign(this.#delimiterWidth(at)) : 0;
	}

	#holdsDelimiter(from: number, to: number): boolean {
		for (let at = from; at < to; at += 1) {
			if (this.#bytes[at] === this.#delimiter && this.#delimiterWidth(at) > 0) return true;
		}
		return false;
	}

	#isPadding(at: number): boolean {
		return this.#bytes[at] === BLANK || this.#bytes[at] === NUL;
	}

	#measureBlanks(start: number): boolean {
		const bytes = this.#bytes;
		let fields = 0;
		let isInField = false;
		for (let at = start; at < this.#end; at += 1) {
			const byte = bytes[at] as number;
			if (byte === LF || byte === CR) {
				this.fields = fields;
				return this.#endLine(at);
			}
			const isBlank = byte === BLANK || byte === TAB;
			if (!isBlank && !isInField) fields += 1;
			isInField = !isBlank;
		}
		this.fields = fields;
		return this.#isFinal && this.#endAt(this.#end, this.#end);
	}

	#toLineEnd(start: number): boolean {
		const bytes = this.#bytes;
		let to = start;
		while (to < this.#end && bytes[to] !== LF && bytes[to] !== CR) to += 1;
		return to === this.#end ? this.#isFinal && this.#endAt(to, to) : this.#endLine(to);
	}

	#endLine(at: number): boolean {
		if (this.#bytes[at] === LF) {
			this.lineEnd = '\n';
			return this.#endAt(at, at + 1);
		}
		if (at + 1 === this.#end && !this.#isFinal) return false;
		const isPair = at + 1 < this.#end && this.#bytes[at + 1] === LF;
		this.lineEnd = isPair ? '\r\n' : '\r';
		return this.#endAt(at, at + (isPair ? 2 : 1));
	}

	#endAt(textEnd: number, next: number): true {
		this.textEnd = textEnd;
		this.next = next;
		this.lineCount += 1;
		return true;
	}
}
