import type { Sql } from '#lib/engine/sql.ts';
import type { Need } from '#lib/pipeline/features/needs.ts';
import type { FieldTest, SubjectId, TestType } from '../schema.ts';

/** A field of a record that rules may filter by or measure. */
export interface SubjectField {
	/** snake_case: the column of the subject, and the word of the recipe. */
	readonly id: string;
	/** In a sentence, after “with”: `category`, `value of the order`. Unique within the subject, in small letters. */
	readonly label: string;
	readonly type: TestType;
	/** Money is shown with its currency. */
	readonly unit: 'money' | 'count' | 'text' | 'time' | 'flag' | 'number';
	/** What the files have to tell besides what the subject needs. */
	readonly needs: readonly Need[];
	/** The only texts that it can have, where they are known; absent: any. */
	readonly values?: readonly string[];
}

/** Which records a subject means where it also has records of other things, told apart by a field. */
export interface UsualRecords {
	/** Where a test or the measure is of this field, all records are looked at. */
	readonly unless: string;
	/** Holds of the records that are looked at otherwise; its field is not one that rules may ask for. */
	readonly only: FieldTest;
	/** The words of `Subject` where all records are looked at. */
	readonly verb: string;
	readonly notVerb: string;
}

/** What people did, or what happened to them. One file per subject. */
export interface Subject {
	readonly id: SubjectId;
	/** `order`, `orders`. */
	readonly one: string;
	readonly many: string;
	/** What people did with one, in the past: `placed`, `were sent`; before “an order”, “at least 3 messages”. */
	readonly verb: string;
	/** The same, not done: `did not place`. */
	readonly notVerb: string;
	readonly needs: readonly Need[];
	readonly fields: readonly SubjectField[];
	/** Absent: all records are looked at, always. */
	readonly usual?: UsualRecords;
	/**
	 * A SELECT of all records of known people before `asOf`: `customer_id`, `at` (TIMESTAMP; NULL where a record has no time,
	 * which counts only where no window asks for one), `record` (tells the records of a person at one time apart, and orders
	 * them; a BIGINT, of orders a VARCHAR), and the fields asked for.
	 */
	readonly sql: (fields: readonly string[], asOf: Sql) => Sql;
}
