import { renderRecord, splitRecord } from './fields.ts';
import type { Stretch } from './records.ts';
import type { Dialect } from './schema.ts';

const BUFFER_BYTES = 2 ** 20;

/**
 * A copy of a CSV in which some stretches are replaced: what is unreadable goes, what is odd is written as RFC 4180,
 * and all else stays as slices of the original that cost no memory.
 */
export class Rewriter {
	readonly #original: Blob;
	readonly #delimiter: Dialect['delimiter'];
	readonly #lineEnd: string;
	readonly #parts: Blob[] = [];
	readonly #decoder = new TextDecoder();
	readonly #encoder = new TextEncoder();
	readonly #buffer = new Uint8Array(BUFFER_BYTES);
	#buffered = 0;
	#done = 0;

	/** `lineEnd` is what replaced records end with: that of the rest of the file. */
	constructor(original: Blob, delimiter: Dialect['delimiter'], lineEnd: string) {
		this.#original = original;
		this.#delimiter = delimiter;
		this.#lineEnd = lineEnd;
	}

	/** Takes a stretch, in file order. Plain ones are copied, which is better than thousands of small slices. */
	take(stretch: Stretch): void {
		if (stretch.from > this.#done) {
			this.#flush();
			this.#parts.push(this.#original.slice(this.#done, stretch.from));
		}
		this.#done = stretch.to;
		if (stretch.problem !== null || stretch.kind === 'blank') return;
		if (stretch.odd) this.#write(this.#encoder.encode(this.#rendered(stretch)));
		else this.#write(stretch.bytes);
		this.#write(this.#encoder.encode(this.#lineEnd));
	}

	/** The new file. */
	finish(): Blob {
		this.#flush();
		return new Blob([...this.#parts, this.#original.slice(this.#done)], { type: 'text/csv' });
	}

	#rendered({ kind, bytes }: Stretch): string {
		// A skipped line is passed over unread; its quotes would only confuse the reader.
		if (kind === 'skipped') return '-';
		return renderRecord(
			splitRecord(this.#decoder.decode(bytes), this.#delimiter),
			loadDelimiter(this.#delimiter)
		);
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

/** The delimiter of the file the engine reads: fields parted by blanks are written with commas. */
export function loadDelimiter(delimiter: Dialect['delimiter']): string {
	return delimiter === ' ' ? ',' : delimiter;
}
