/** Takes a value by its name; false refuses it, because the record has that name already. */
export type TakeValue = (name: string, value: string) => boolean;

const NUMBER = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;
const WORD = /true|false|null/y;
const BLANK = /[ \t\r\n]*/y;

/** Deeper than this, no export nests. */
const MAX_DEPTH = 100;

/**
 * Reads one JSON object (RFC 8259) as the values of a record. Nested objects give `outer.inner`, lists and empty objects
 * their JSON as it is written, null nothing. Numbers stay as they are written, with all their digits.
 * @returns false when the text is no object, or names a value twice
 */
export function readJsonRecord(source: string, take: TakeValue): boolean {
	const reader = new RecordReader(source, take);
	return reader.read();
}

class RecordReader {
	readonly #source: string;
	readonly #take: TakeValue;
	#at = 0;

	constructor(source: string, take: TakeValue) {
		this.#source = source;
		this.#take = take;
	}

	read(): boolean {
		this.#skipBlank();
		if (this.#source[this.#at] !== '{' || !this.#members('', 0)) return false;
		this.#skipBlank();
		return this.#at === this.#source.length;
	}

	/** The members of the object that opens here. */
	#members(prefix: string, depth: number): boolean {
		this.#at += 1;
		if (depth > MAX_DEPTH) return false;
		if (this.#accept('}')) return prefix === '' || this.#take(prefix, '{}');
		do {
			this.#skipBlank();
			const key = this.#string();
			if (key === null || !this.#accept(':')) return false;
			this.#skipBlank();
			if (!this.#member(prefix === '' ? key : `${prefix}.${key}`, depth)) return false;
		} while (this.#accept(','));
		return this.#accept('}');
	}

	#member(name: string, depth: number): boolean {
		const first = this.#source[this.#at];
		if (first === '{') return this.#members(name, depth + 1);
		if (first === '"') {
			const text = this.#string();
			return text !== null && this.#take(name, text);
		}
		const from = this.#at;
		if (!this.#skipValue(depth)) return false;
		const text = this.#source.slice(from, this.#at);
		return this.#take(name, text === 'null' ? '' : text);
	}

	/** Walks over any value. */
	#skipValue(depth: number): boolean {
		if (depth > MAX_DEPTH) return false;
		const first = this.#source[this.#at];
		if (first === '[') return this.#skipMany(']', depth);
		if (first === '{') return this.#skipMany('}', depth);
		if (first === '"') return this.#string() !== null;
		return this.#match(WORD) || this.#match(NUMBER);
	}

	#skipMany(close: string, depth: number): boolean {
		this.#at += 1;
		if (this.#accept(close)) return true;
		do {
			this.#skipBlank();
			if (close === '}' && (this.#string() === null || !this.#accept(':'))) return false;
			this.#skipBlank();
			if (!this.#skipValue(depth + 1)) return false;
		} while (this.#accept(','));
		return this.#accept(close);
	}

	#string(): string | null {
		const from = this.#at;
		const end = this.#source[from] === '"' ? closingQuote(this.#source, from) : -1;
		if (end < 0) return null;
		this.#at = end + 1;
		const raw = this.#source.slice(from, this.#at);
		if (!raw.includes('\\')) return raw.slice(1, -1);
		try {
			return String(JSON.parse(raw.replace(/[\u0000-\u001f]/g, escaped)));
		} catch (error) {
			if (!(error instanceof SyntaxError)) throw error;
			return null;
		}
	}

	#accept(character: string): boolean {
		this.#skipBlank();
		if (this.#source[this.#at] !== character) return false;
		this.#at += 1;
		return true;
	}

	#skipBlank(): void {
		if (this.#source.charCodeAt(this.#at) <= 0x20) this.#match(BLANK);
	}

	#match(pattern: RegExp): boolean {
		pattern.lastIndex = this.#at;
		if (!pattern.test(this.#source)) return false;
		this.#at = pattern.lastIndex;
		return true;
	}
}

/** The quote that closes the one at `open`: no odd number of backslashes stands before it. −1 when there is none. */
function closingQuote(source: string, open: number): number {
	for (let end = source.indexOf('"', open + 1); end >= 0; end = source.indexOf('"', end + 1)) {
		let first = end;
		while (source[first - 1] === '\\') first -= 1;
		if ((end - first) % 2 === 0) return end;
	}
	return -1;
}

/** Some writers leave tabs and line ends in texts as they are. */
function escaped(control: string): string {
	return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
