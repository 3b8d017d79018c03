import { numberText, readNumber, type NumberRange } from './number-text.ts';

/** What is being typed, and the number that it stood beside. */
interface Typed {
	readonly text: string;
	readonly beside: number;
}

/**
 * Numbers of several fields as they are typed. A text that is no number of its range stays where it is, and is told; the number
 * before it stays as it was.
 */
export class TypedNumbers {
	#typed = $state.raw<Readonly<Record<string, Typed>>>({});

	/** The text of a field whose number is `value`. What was typed goes when the number has changed elsewhere. */
	text(field: string, value: number): string {
		const typed = this.#typed[field];
		return typed?.beside === value ? typed.text : numberText(value);
	}

	/** What is wrong with the text of a field: what was found, and what is needed; null where nothing is. */
	error(field: string, value: number, range: NumberRange): string | null {
		const read = readNumber(this.text(field, value), range);
		return 'error' in read ? read.error : null;
	}

	/** Takes a text, and gives the number of the field from then on: the one before where the text is none. */
	type(field: string, text: string, value: number, range: NumberRange): number {
		const read = readNumber(text, range);
		const number = 'value' in read ? read.value : value;
		this.#typed = { ...this.#typed, [field]: { text, beside: number } };
		return number;
	}

	/** Writes a number plainly when its field is left; what is none stays. */
	settle(field: string, value: number, range: NumberRange): void {
		if (this.error(field, value, range) !== null) return;
		const { [field]: _, ...others } = this.#typed;
		this.#typed = others;
	}

	/** Forgets what was typed. */
	clear(): void {
		this.#typed = {};
	}
}
