import type { Condition } from '../../schema.ts';
import type { Reader } from '../reader.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** How a kind of condition stands in a sentence, beginning with `who` or `whose`. What is written is read back the same. */
export interface Clause<C extends Condition> {
	readonly write: (condition: C, vocabulary: Vocabulary) => string;
	/** Fails the reader where the sentence says something else. */
	readonly read: (reader: Reader, vocabulary: Vocabulary) => C;
}
