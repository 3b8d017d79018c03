import { AppError } from '#lib/core/errors.ts';

/** As for records of CSV files. */
const MAX_RECORD_CHARACTERS = 16 * 2 ** 20;

/**
 * Cuts JSON into the texts of its records, one batch per piece that came: the lines of a file, or the elements of the
 * list that it is. Nothing is left out: what stands between elements or behind the list is a text too.
 * @throws `import.record-too-long`
 */
export async function* jsonTexts(
	pieces: AsyncIterable<string>,
	fileName: string
): AsyncGenerator<readonly string[]> {
	let cut: ((piece: string, isLast: boolean) => readonly string[]) | null = null;
	for await (const piece of pieces) {
		cut ??= piece.trimStart().startsWith('[') ? elements(fileName) : lines(fileName);
		yield cut(piece, false);
	}
	if (cut !== null) yield cut('', true);
}

function lines(fileName: string): (piece: string, isLast: boolean) => readonly string[] {
	let pending = '';
	let line = 1;
	return (piece, isLast) => {
		const texts = (pending + piece).split('\n');
		pending = texts.pop() ?? '';
		line += texts.length;
		checkLength(pending, fileName, line);
		if (isLast && pending !== '') texts.push(pending);
		return texts.map((text) => text.replace(/\r$/, ''));
	};
}

function elements(fileName: string): (piece: string, isLast: boolean) => readonly string[] {
	const splitter = new ElementSplitter(fileName);
	return (piece, isLast) => (isLast ? splitter.finish() : splitter.feed(piece));
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;

/** Follows quotes and brackets to the commas that part the elements of a list. */
class ElementSplitter {
	readonly #fileName: string;
	#pending = '';
	#at = 0;
	/** 0 before and behind the list, 1 between its elements. */
	#depth = 0;
	#isInString = false;
	#isEscaped = false;
	#start = 0;
	#line = 1;

	constructor(fileName: string) {
		this.#fileName = fileName;
	}

	feed(piece: string): readonly string[] {
		const texts: string[] = [];
		this.#pending += piece;
		const text = this.#pending;
		for (; this.#at < text.length; this.#at += 1) this.#step(text, text.charCodeAt(this.#at), texts);
		this.#pending = text.slice(this.#start);
		this.#at -= this.#start;
		this.#start = 0;
		checkLength(this.#pending, this.#fileName, this.#line);
		return texts;
	}

	/** What is left is behind the list, or belongs to an element that does not end. */
	finish(): readonly string[] {
		const rest = this.#pending.trim();
		return rest === '' ? [] : [rest];
	}

	#step(text: string, code: number, texts: string[]): void {
		if (code === LF) this.#line += 1;
		if (this.#isInString) {
			if (this.#isEscaped) this.#isEscaped = false;
			else if (code === BACKSLASH) this.#isEscaped = true;
			else if (code === QUOTE) this.#isInString = false;
			return;
		}
		if (code === QUOTE) this.#isInString = true;
		else if (code === 0x5b || code === 0x7b) this.#open();
		else if (code === 0x5d || code === 0x7d) this.#close(text, texts);
		else if (code === 0x2c && this.#depth === 1) this.#cut(text, texts);
	}

	#open(): void {
		this.#depth += 1;
		if (this.#depth === 1) this.#start = this.#at + 1;
	}

	#close(text: string, texts: string[]): void {
		if (this.#depth === 1) this.#cut(text, texts);
		if (this.#depth > 0) this.#depth -= 1;
	}

	#cut(text: string, texts: string[]): void {
		const element = text.slice(this.#start, this.#at).trim();
		if (element !== '') texts.push(element);
		this.#start = this.#at + 1;
	}
}

function checkLength(text: string, fileName: string, line: number): void {
	if (text.length <= MAX_RECORD_CHARACTERS) return;
	throw new AppError('import.record-too-long', {
		fileName,
		line,
		bytes: text.length,
		limit: MAX_RECORD_CHARACTERS
	});
}
