import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SequenceCondition, SequenceStep, Test } from './schema.ts';

/** So many records a sequence may ask for in order, repeats included: each is a pass over the records. */
export const MOST_IN_A_ROW = 40;

/** A step with its place in the condition, by which its column is called. */
export interface PlannedStep extends SequenceStep {
	readonly index: number;
}

/** What a sequence asks for, in order. */
export interface SequencePlan {
	readonly done: readonly PlannedStep[];
	/** By step that was done: those not done between it and the next, or after the last. */
	readonly gaps: readonly (readonly PlannedStep[])[];
	/** Of each record that is needed, in order, its place in `done`; a step that is done n times stands n times. */
	readonly records: readonly number[];
}

/** Sorts the steps of a condition. Those not done that stand before the first done one are left out. */
export function planOf({ steps }: Pick<SequenceCondition, 'steps'>): SequencePlan {
	const done: PlannedStep[] = [];
	const gaps: PlannedStep[][] = [];
	steps.forEach((step, index) => {
		if (!step.did) return void gaps.at(-1)?.push({ ...step, index });
		done.push({ ...step, index });
		gaps.push([]);
	});
	return { done, gaps, records: done.flatMap(({ times }, i) => new Array<number>(times).fill(i)) };
}

/** The BOOLEAN column of a step: a record is one of it. */
export function stepColumn({ index }: PlannedStep): Sql {
	return id(`s${index}`);
}

/** A BOOLEAN: a record is one of any of these steps. */
export function anyOf(steps: readonly PlannedStep[]): Sql {
	return steps.length === 0 ? sql`false` : sql`(${join(steps.map(stepColumn), ' OR ')})`;
}

/**
 * Every choice of steps of which one record can be some, from one step on. Of steps that share no record, how many records there
 * are of any follows from those of each.
 */
export function choicesOf(steps: readonly PlannedStep[]): PlannedStep[][] {
	const all = steps.reduce<PlannedStep[][]>(
		(choices, step) => [...choices, ...choices.map((each) => [...each, step])],
		[[]]
	);
	return all.filter((chosen) => chosen.length > 0 && isLinked(chosen));
}

/**
 * No record can be of two steps, so that each can be looked at by itself. Where what was not done at the end depends on the first
 * record, it cannot.
 */
export function isAllApart(condition: SequenceCondition, plan: SequencePlan): boolean {
	const steps = condition.ordered ? [...plan.done, ...plan.gaps.flat()] : plan.done;
	const isApartFromOthers = steps.every((step, i) =>
		steps.slice(i + 1).every((other) => isApart(step, other))
	);
	return isApartFromOthers && !(condition.ordered && isAnchored(condition, plan));
}

/** What is not done after the last step until `within` of the sequence depends on the first record: each is then tried. */
export function isAnchored({ within }: SequenceCondition, { gaps }: SequencePlan): boolean {
	return within !== null && (gaps.at(-1) ?? []).some((step) => step.within === null);
}

/** Each step shares records with another of them, and so on to all. */
function isLinked([first, ...others]: readonly PlannedStep[]): boolean {
	const found = first ? [first] : [];
	for (const step of found) {
		found.push(...others.filter((other) => !found.includes(other) && !isApart(step, other)));
	}
	return found.length === others.length + 1;
}

/** No record can be of both: they are of two subjects, or a text of theirs would have to be two. */
function isApart(one: PlannedStep, other: PlannedStep): boolean {
	if (one.subject !== other.subject) return true;
	return one.where.some(({ field, test }) => {
		const words = wordsOf(test);
		const others = other.where.filter((each) => each.field === field).map((each) => wordsOf(each.test));
		return (
			words !== null && others.some((found) => found !== null && found.every((word) => !words.includes(word)))
		);
	});
}

/**
 * The only texts that pass a test, in plain small letters; null: not known from the test. Texts beyond ASCII are left to the
 * engine, whose small letters may be others.
 */
function wordsOf(test: Test): string[] | null {
	if (test.type !== 'text' || test.test.op !== 'is') return null;
	const words = test.test.values.map((word) => word.trim().toLowerCase());
	return words.every((word) => /^[ -~]*$/.test(word)) ? words : null;
}

/** Counts of the records of a moment; equal conditions are counted once. */
export class MomentCounts {
	readonly #names = new Map<string, { readonly name: string; readonly condition: Sql }>();

	/** The column that counts the records of a condition. */
	of(condition: Sql): Sql {
		const known = this.#names.get(condition.text) ?? { name: `n${this.#names.size}`, condition };
		this.#names.set(condition.text, known);
		return id(known.name);
	}

	/** All that are counted, as columns. */
	get columns(): Sql[] {
		return [...this.#names.values()].map(
			({ name, condition }) => sql`count_if(${condition})::INTEGER AS ${id(name)}`
		);
	}
}

/**
 * A BOOLEAN over a moment, the records of a person at one time: the needed records after the first `from` until `to` can be found
 * in it, each another one, and so that no record is left over which is of a step that must not be done there. By Hall's theorem
 * (1935) the steps find records when every choice of steps has enough that are of any of them, and the other way round; by
 * Mendelsohn & Dulmage (1958) both can then be had at once.
 */
export function fitsMoment(plan: SequencePlan, counts: MomentCounts, from: number, to: number): Sql {
	const needed = new Map<PlannedStep, number>();
	for (const place of plan.records.slice(from, to)) {
		const step = plan.done[place];
		if (step) needed.set(step, (needed.get(step) ?? 0) + 1);
	}
	const steps = [...needed.keys()];
	const timesOf = (chosen: readonly PlannedStep[]) =>
		chosen.reduce((sum, step) => sum + (needed.get(step) ?? 0), 0);
	const found = choicesOf(steps).map((chosen) => sql`${counts.of(anyOf(chosen))} >= ${timesOf(chosen)}`);
	const unwanted = anyOf(gapsAt(plan, from, to));
	if (unwanted.text === 'false') return join(found, ' AND ');
	const left = [[], ...choicesOf(steps)].map((chosen) => {
		const others = anyOf(steps.filter((step) => !chosen.includes(step)));
		return sql`${counts.of(sql`${unwanted} AND NOT ${others}`)} <= ${timesOf(chosen)}`;
	});
	return join([...found, ...left], ' AND ');
}

/** The steps that must not be done at a moment that has the needed records after the first `from` until `to`. */
function gapsAt(plan: SequencePlan, from: number, to: number): PlannedStep[] {
	return plan.gaps.flatMap((gap, i) => {
		const end = plan.records.lastIndexOf(i) + 1;
		return end >= Math.max(from, 1) && end <= to ? gap : [];
	});
}
