/** Cells with bytes above 0x7F are kept up to this many bytes: enough to tell any encoding. */
const MAX_KEPT_BYTES = 2 ** 16;

/** A stretch without a boundary for longer than this is cut: no cell of text is needed in whole. */
const MAX_CELL_BYTES = 2 ** 12;

const NEW_LINE = 0x0a;

/** Bytes below 0x30 that stand inside words: blank, `&`, `'`, `-`, `.`. No encoding has bytes below 0x30 within a character. */
const WITHIN_WORDS = new Set([0x20, 0x26, 0x27, 0x2d, 0x2e]);

/**
 * Looks at text whose encoding is unknown: how much of what is not ASCII is valid UTF-8, and which cells hold it. Feed it
 * the bytes in order.
 */
export class ByteSurvey {
	readonly #cells: Uint8Array[] = [];
	#keptBytes = 0;
	#valid: number;
	#invalid = 0;
	#carry = new Uint8Array(0);

	/** `validBefore`: sequences of UTF-8 that were counted before the survey began. */
	constructor(validBefore = 0) {
		this.#valid = validBefore;
	}

	/** Takes the next bytes. */
	feed(chunk: Uint8Array): void {
		const bytes = joined(this.#carry, chunk);
		let start = 0;
		let hasHigh = false;
		for (let at = 0; at < bytes.length; at += 1) {
			const byte = bytes[at] as number;
			if (byte >= 0x80) hasHigh = true;
			const isBoundary = byte < 0x30 && !WITHIN_WORDS.has(byte);
			if (!isBoundary && at - start < MAX_CELL_BYTES) continue;
			if (hasHigh) this.#take(bytes.subarray(start, isBoundary ? at : at + 1));
			start = at + 1;
			hasHigh = false;
		}
		this.#carry = bytes.slice(start);
	}

	/** Says that there are no more bytes. */
	finish(): void {
		this.#take(this.#carry);
		this.#carry = new Uint8Array(0);
	}

	/** Characters above ASCII that are valid UTF-8. */
	get valid(): number {
		return this.#valid;
	}

	/** Bytes above ASCII that belong to none. */
	get invalid(): number {
		return this.#invalid;
	}

	/** The first cells that hold them, parted by line ends. */
	cells(): Uint8Array {
		const all = new Uint8Array(this.#keptBytes);
		let at = 0;
		for (const cell of this.#cells) {
			all.set(cell, at);
			all[at + cell.length] = NEW_LINE;
			at += cell.length + 1;
		}
		return all;
	}

	#take(cell: Uint8Array): void {
		const before = this.#valid + this.#invalid;
		this.#count(cell);
		if (this.#valid + this.#invalid === before || this.#keptBytes >= MAX_KEPT_BYTES) return;
		this.#cells.push(cell.slice());
		this.#keptBytes += cell.length + 1;
	}

	#count(cell: Uint8Array): void {
		for (let at = 0; at < cell.length;) {
			const length = sequenceLength(cell, at);
			if (length === 0) this.#invalid += 1;
			else if (length > 1) this.#valid += 1;
			at += Math.max(1, length);
		}
	}
}

/** Bytes of the UTF-8 sequence at `at`, by table 3-7 of the Unicode Standard; 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
	const first = bytes[at] as number;
	if (first < 0x80) return 1;
	const second = bytes[at + 1] ?? 0;
	if (first >= 0xc2 && first <= 0xdf) return isTail(second) ? 2 : 0;
	if (first >= 0xe0 && first <= 0xef) {
		const isShortest = first !== 0xe0 || second >= 0xa0;
		const isCharacter = first !== 0xed || second < 0xa0;
		return isTail(second) && isShortest && isCharacter && isTail(bytes[at + 2]) ? 3 : 0;
	}
	if (first < 0xf0 || first > 0xf4 || !isTail(second)) return 0;
	const isInRange = first === 0xf0 ? second >= 0x90 : first !== 0xf4 || second < 0x90;
	return isInRange && isTail(bytes[at + 2]) && isTail(bytes[at + 3]) ? 4 : 0;
}

function isTail(byte: number | undefined): boolean {
	return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.length === 0) return second;
	const all = new Uint8Array(first.length + second.length);
	all.set(first);
	all.set(second, first.length);
	return all;
}
