import { nearestNames } from '#lib/core/nearest-names.ts';
import { keyOf, tokensOf, type Token } from './tokens.ts';

/** So many things that could stand at a place are told. */
const MOST_TOLD = 12;
/** So many of them that are like what is found are told. */
const MOST_NEAR = 2;

/** Why a sentence cannot be read. */
export interface Problem {
	/** Where in the text. */
	readonly place: number;
	/** What stands there; empty at the end. */
	readonly found: string;
	readonly expected: readonly string[];
	/** Those of them that are like what is found. */
	readonly near: readonly string[];
}

/** Thrown where a sentence does not go on as asked; `Reader.attempt` takes it back. */
class Mismatch extends Error {}

/**
 * Reads a sentence from its first word to its last. It remembers the furthest place that was not understood and what could
 * stand there, which is what an error tells.
 */
export class Reader {
	readonly tokens: Token[];
	/** The token that is read next. */
	at = 0;
	#furthest = 0;
	#expected = new Set<string>();
	#isQuiet = false;

	constructor(readonly text: string) {
		this.tokens = tokensOf(text);
	}

	/** The token that is read next, or one some places after it. */
	peek(ahead = 0): Token | undefined {
		return this.tokens[this.at + ahead];
	}

	/** What is asked for is not here. */
	fail(...expected: readonly string[]): never {
		this.#note(this.at, expected);
		throw new Mismatch();
	}

	/** Reads words or a sign if they are next; where they stop being so, the rest of them could stand. */
	takes(phrase: string): boolean {
		const parts = phrase.split(' ');
		for (const [i, part] of parts.entries()) {
			const token = this.peek(i);
			if (token && isPlain(token) && keyOf(token.text) === part) continue;
			this.#note(this.at + i, [parts.slice(i).join(' ')]);
			return false;
		}
		this.at += parts.length;
		return true;
	}

	/** Reads words that may be said in another way, which is not told. */
	takesOneOf(phrase: string, ...synonyms: readonly string[]): boolean {
		return this.takes(phrase) || synonyms.some((synonym) => this.takesQuietly(synonym));
	}

	/** Reads words if they are next, and tells nobody that they could stand here. */
	takesQuietly(phrase: string): boolean {
		const parts = phrase.split(' ');
		const isNext = parts.every((part, i) => {
			const token = this.peek(i);
			return token !== undefined && isPlain(token) && keyOf(token.text) === part;
		});
		if (isNext) this.at += parts.length;
		return isNext;
	}

	/** Reads words that have to be next. */
	expect(phrase: string, ...synonyms: readonly string[]): void {
		if (!this.takesOneOf(phrase, ...synonyms)) throw new Mismatch();
	}

	/** Reads something that could stand here, and tells nobody so. */
	quietly<T>(read: () => T): T {
		const before = this.#isQuiet;
		this.#isQuiet = true;
		try {
			return read();
		} finally {
			this.#isQuiet = before;
		}
	}

	/** Reads something if it is next; null and back to where it was if not. */
	attempt<T>(read: () => T): T | null {
		const from = this.at;
		try {
			return read();
		} catch (error) {
			if (!(error instanceof Mismatch)) throw error;
			this.at = from;
			return null;
		}
	}

	/** Reads the first of several things that is next. */
	first<T>(reads: readonly (() => T)[]): T {
		for (const read of reads) {
			const found = this.attempt(read);
			if (found !== null) return found;
		}
		throw new Mismatch();
	}

	/** Reads that of several things which goes furthest, of equals the first. */
	furthest<T>(reads: readonly (() => T)[]): T {
		const from = this.at;
		let best: { readonly value: T; readonly to: number } | null = null;
		for (const read of reads) {
			this.at = from;
			const value = this.attempt(read);
			if (value !== null && (best === null || this.at > best.to)) best = { value, to: this.at };
		}
		if (best === null) throw new Mismatch();
		this.at = best.to;
		return best.value;
	}

	/** Puts a word here that the sentence leaves out. */
	imply(word: string): void {
		const from = this.peek()?.from ?? this.text.length;
		this.tokens.splice(this.at, 0, { kind: 'word', text: word, from, to: from });
	}

	/** Reads the whole sentence; null where it says something else. */
	whole<T>(read: () => T): T | null {
		return this.attempt(() => {
			const value = read();
			if (this.at < this.tokens.length) this.fail('the end of the sentence');
			return value;
		});
	}

	/** What could stand at the furthest place that was not understood. */
	get expected(): readonly string[] {
		return [...this.#expected];
	}

	/** Where that place is in the text. */
	get place(): number {
		return this.tokens[this.#furthest]?.from ?? this.text.length;
	}

	/** Tells what else could stand here. */
	note(...expected: readonly string[]): void {
		this.#note(this.at, expected);
	}

	/** What is wrong with the sentence: where, what is found there, what could stand there, and what of it may be meant. */
	problem(): Problem {
		const rest = this.tokens.slice(this.#furthest);
		const found = rest[0] ? foundIn(this.text, rest) : '';
		const expected = this.expected;
		// The longest run of words that looks like a name says best which one was meant.
		const near = [4, 3, 2, 1].flatMap((count) =>
			nearestNames(
				rest
					.slice(0, count)
					.map(({ text }) => text)
					.join(' '),
				expected.map((name) => name.replace(/^“(.*)”$/, '$1'))
			)
		);
		const isNear = (name: string) => near.includes(name.replace(/^“(.*)”$/, '$1'));
		const ordered = [...expected.filter(isNear), ...expected.filter((name) => !isNear(name))];
		const expectedNear = found === '' ? [] : ordered.filter(isNear).slice(0, MOST_NEAR);
		return { place: this.place, found, expected: ordered.slice(0, MOST_TOLD), near: expectedNear };
	}

	#note(at: number, expected: readonly string[]): void {
		if (this.#isQuiet || at < this.#furthest) return;
		if (at > this.#furthest) this.#expected = new Set();
		this.#furthest = at;
		for (const each of expected) this.#expected.add(each);
	}
}

function isPlain({ kind }: Token): boolean {
	return kind === 'word' || kind === 'mark';
}

/** What stands at a place, as it is written. */
function foundIn(text: string, [first]: readonly Token[]): string {
	return first ? text.slice(first.from, first.to).slice(0, 60) : '';
}
