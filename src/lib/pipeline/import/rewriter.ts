import { renderRecord, splitRecord } from './fields.ts';
import { isPlainDelimiter, type ScanFormat, type Stretch } from './records.ts';
import type { Dialect } from './schema.ts';

const BUFFER_BYTES = 2 ** 20;

/** What a rewritten file is read with. */
export interface LoadDialect {
	readonly delimiter: string;
	readonly quote: '"';
}

/**
 * A copy of a CSV in which some stretches are replaced: what is unreadable, a comment or below the table goes, what is
 * odd is written as RFC 4180, and all else stays as slices of the original that cost no memory.
 */
export class Rewriter {
	readonly #original: Blob;
	readonly #format: ScanFormat;
	#lineEnd: string | null;
	readonly #parts: Blob[] = [];
	readonly #decoder = new TextDecoder();
	readonly #encoder = new TextEncoder();
	readonly #buffer = new Uint8Array(BUFFER_BYTES);
	#buffered = 0;
	#done = 0;

	/**
	 * `lineEnd` is what replaced records end with: that of the rest of the file. Null when every record is replaced: then it
	 * is the first line end that stands in a field of the first one, since readers take that for the line end of the file.
	 */
	constructor(original: Blob, format: ScanFormat, lineEnd: string | null) {
		this.#original = original;
		this.#format = format;
		this.#lineEnd = lineEnd;
	}

	/** Takes a stretch, in file order. Plain ones are copied, which is better than thousands of small slices. */
	take(stretch: Stretch): void {
		if (stretch.from > this.#done) {
			this.#flush();
			this.#parts.push(this.#original.slice(this.#done, stretch.from));
		}
		this.#done = stretch.to;
		if (!isWritten(stretch, this.#format)) return;
		if (!stretch.odd) this.#write(stretch.bytes);
		const text = stretch.odd ? this.#rendered(stretch) : '';
		this.#lineEnd ??= /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
		this.#write(this.#encoder.encode(text + this.#lineEnd));
	}

	/** The new file. */
	finish(): Blob {
		this.#flush();
		return new Blob([...this.#parts, this.#original.slice(this.#done)], { type: 'text/csv' });
	}

	#rendered({ kind, bytes }: Stretch): string {
		// A skipped line is passed over unread; its quotes would only confuse the reader.
		if (kind === 'skipped') return '-';
		const { delimiter, columnCount } = this.#format;
		const cells = splitRecord(this.#decoder.decode(bytes), delimiter, this.#format);
		const fields = kind === 'header' ? Array.from({ length: columnCount }, (_, i) => cells[i] ?? '') : cells;
		return renderRecord(fields, loadDialect(this.#format).delimiter);
	}

	#write(bytes: Uint8Array): void {
		if (this.#buffered + bytes.length > BUFFER_BYTES) this.#flush();
		if (bytes.length > BUFFER_BYTES) {
			this.#parts.push(new Blob([bytes.slice()]));
			return;
		}
		this.#buffer.set(bytes, this.#buffered);
		this.#buffered += bytes.length;
	}

	#flush(): void {
		if (this.#buffered > 0) this.#parts.push(new Blob([this.#buffer.slice(0, this.#buffered)]));
		this.#buffered = 0;
	}
}

/** True for stretches that the new file holds, as they are or written anew. */
export function isWritten({ kind, problem, line }: Stretch, { endLine }: Pick<Dialect, 'endLine'>): boolean {
	if (kind === 'skipped') return endLine === null || line < endLine;
	return problem === null && kind !== 'blank' && kind !== 'comment';
}

/** What the engine reads the file with, be it the original or the rewritten one. */
export function loadDialect({ delimiter }: Pick<Dialect, 'delimiter'>): LoadDialect {
	return { delimiter: isPlainDelimiter(delimiter) ? delimiter : ',', quote: '"' };
}
