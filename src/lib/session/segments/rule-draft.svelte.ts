import { membersOfRows } from '#lib/pipeline/segment/own/make-list.ts';
import { ringOfRule } from '#lib/pipeline/segment/own/order.ts';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { EVERYONE, type Condition, type Rule } from '#lib/pipeline/segment/rules/schema.ts';
import { addSegment, nextSegmentId, replaceSegment } from '#lib/recipe/own-edits.ts';
import { begin, push, redo, undo, type History } from '../history.ts';
import type { Session } from '../session.svelte.ts';
import { DraftAnswer, type Answering, type Content } from './draft-answer.svelte.ts';
import { idsOfRows, othersOf } from './draft-people.ts';
import { askedRule, unfinishedByPath, type Unfinished } from './draft-texts.ts';
import type { Path } from './rule-edits.ts';
import { RuleLibrary, type Described } from './rule-library.svelte.ts';

/** What a draft needs of its session. */
type Drafted = Answering &
	Described &
	Pick<Session, 'edit' | 'history' | 'select' | 'selection' | 'ownLists'>;

/** A state of the draft. */
interface Written {
	readonly content: Content;
	/** Null while nobody has named it. */
	readonly name: string | null;
	/** Tells what was opened one after the other apart: all states of one are of the same segment. */
	readonly opened: number;
	/** The natural segment that a rule stands for. */
	readonly standsFor: StandsFor;
}

/** The natural segment that a rule stands for, and how much of it the rule met when it was made. */
type StandsFor = Extract<OwnSegment, { kind: 'rule' }>['of'];

const BLANK: Content = { kind: 'rule', rule: EVERYONE };

/**
 * The segment that is being written on the Rule builder screen: a rule, or SQL that no rule says. It outlives the screen, and
 * every change of it can be undone, also opening another one.
 */
export class RuleDraft {
	readonly #session: Drafted;
	#history = $state.raw<History<Written>>(begin({ content: BLANK, name: null, opened: 0, standsFor: null }));
	/** The own segment that each of those opened is, where it is one. */
	#segments = $state.raw<ReadonlyMap<number, string>>(new Map());
	/** The condition that is open to be changed. */
	editing = $state.raw<Path | null>(null);
	/** Starting points were passed over: the rule is shown although nothing stands in it. */
	isBegun = $state(false);
	readonly library: RuleLibrary;
	readonly answer: DraftAnswer;

	constructor(session: Drafted) {
		this.#session = session;
		this.library = new RuleLibrary(session);
		this.answer = new DraftAnswer(session);
	}

	readonly content: Content = $derived.by(() => this.#history.present.content);
	/** The rule that is written; everyone where it is SQL. */
	readonly rule: Rule = $derived.by(() => (this.content.kind === 'rule' ? this.content.rule : EVERYONE));
	/** What is asked of it and kept: without conditions that are not finished. */
	readonly asked: Content = $derived.by(() => {
		const { content } = this;
		if (content.kind !== 'rule') return content;
		const rule = askedRule(content.rule);
		return rule === content.rule ? content : { kind: 'rule', rule };
	});
	/** The conditions that wait for a text, by the keys of their paths. */
	readonly unfinished: ReadonlyMap<string, Unfinished> = $derived.by(() => unfinishedByPath(this.rule));
	readonly name: string | null = $derived.by(() => this.#history.present.name);
	/** The own segment that it is; null: it is new, or has been taken out since. */
	readonly segment: OwnSegment | null = $derived.by(() => {
		const id = this.#segments.get(this.#history.present.opened);
		return this.#session.recipe.segment.own.segments.find((each) => each.id === id) ?? null;
	});
	readonly of: string | null = $derived.by(() => this.segment?.id ?? null);
	readonly canUndo: boolean = $derived.by(() => this.#history.past.length > 0);
	readonly canRedo: boolean = $derived.by(() => this.#history.future.length > 0);
	/** True where nothing is written: it holds of everyone. */
	readonly isBlank: boolean = $derived.by(
		() =>
			this.content.kind === 'rule' &&
			this.rule.match !== 'any' &&
			this.rule.conditions.length === 0 &&
			this.of === null
	);
	/** True where something is written that is not saved. */
	readonly isChanged: boolean = $derived.by(() => {
		const { segment, asked, name, unfinished } = this;
		if (segment === null) return !this.isBlank;
		if (name !== null && name.trim() !== '' && name.trim() !== segment.name) return true;
		return unfinished.size > 0 || JSON.stringify(contentOf(segment)) !== JSON.stringify(asked);
	});

	/** Why the segment that it is would name itself by way of this condition, in words; null where it would not. */
	ringOf(condition: Condition): string | null {
		return this.of && ringOfRule(this.of, condition, this.#session.recipe.segment.own.segments);
	}

	/** Opens a rule: an own segment to change, or the beginning of a new one. What was there can be taken back by undo. */
	open(rule: Rule, name: string, of: string | null = null, standsFor: StandsFor = null): void {
		this.#open({ kind: 'rule', rule }, name, of, standsFor);
	}

	/** Opens SQL that no rule says. */
	openSql(sql: string, name: string, of: string | null = null): void {
		this.#open({ kind: 'sql', sql }, name, of);
	}

	/** Opens an own segment; false where it is a list, which has nothing to write. */
	openSegment(segment: OwnSegment): boolean {
		const content = contentOf(segment);
		if (content === null) return false;
		this.#open(content, segment.name, segment.id, segment.kind === 'rule' ? segment.of : null);
		return true;
	}

	/** Begins a new one with nothing in it. */
	startAnew = (): void => {
		this.#open(BLANK, null, null);
		this.isBegun = false;
	};

	#open(content: Content, name: string | null, of: string | null, standsFor: StandsFor = null): void {
		const opened = Math.max(0, ...this.#segments.keys(), ...this.#states().map((each) => each.opened)) + 1;
		if (of !== null) this.#segments = new Map([...this.#segments, [opened, of]]);
		this.#history = push(this.#history, { content, name: name === '' ? null : name, opened, standsFor });
		this.editing = null;
	}

	#states(): readonly Written[] {
		const { past, present, future } = this.#history;
		return [...past, present, ...future];
	}

	/** Writes another rule. Changes with the same `mergeKey` in a row are one step of undo. */
	write(rule: Rule, mergeKey: string | null = null): void {
		if (rule !== this.rule || this.content.kind !== 'rule') this.#write({ kind: 'rule', rule }, mergeKey);
	}

	/** Writes SQL in its place. */
	writeSql(sql: string, mergeKey: string | null = null): void {
		this.#write({ kind: 'sql', sql }, mergeKey);
		this.editing = null;
	}

	#write(content: Content, mergeKey: string | null): void {
		this.#history = push(this.#history, { ...this.#history.present, content }, mergeKey);
	}

	/** Names it. */
	rename(name: string): void {
		this.#history = push(this.#history, { ...this.#history.present, name }, 'name');
	}

	undo = (): void => this.#step(undo(this.#history));
	redo = (): void => this.#step(redo(this.#history));

	#step(history: History<Written>): void {
		if (history === this.#history) return;
		this.#history = history;
		this.editing = null;
	}

	/** Keeps it as a segment of the session: in the place of the one it is, else as a new one. */
	save(name: string): void {
		const { of } = this;
		if (of === null) {
			this.saveAsNew(name);
			return;
		}
		this.#session.edit(replaceSegment({ ...this.#kept(), id: of, name }));
		this.#takeName();
	}

	/** Keeps it as a new segment of the session. */
	saveAsNew(name: string): void {
		const id = this.#nextId();
		this.#session.edit(addSegment(id, { ...this.#kept(), name }));
		this.#segments = new Map([...this.#segments, [this.#history.present.opened, id]]);
		this.#takeName();
	}

	/** What is asked, as a segment keeps it. */
	#kept() {
		const { asked } = this;
		return asked.kind === 'sql' ? asked : { ...asked, of: this.#history.present.standsFor };
	}

	#nextId(): string {
		const { past, future } = this.#session.history;
		return nextSegmentId(this.#session.recipe, [...past, ...future]);
	}

	/** A name that another segment has got a number. */
	#takeName(): void {
		const { segment } = this;
		if (segment !== null && segment.name !== this.name) this.rename(segment.name);
	}

	/**
	 * Keeps the people whom the answer shows as a list, which stays as it is.
	 * @throws `segment.list-too-long`
	 */
	async saveAsList(name: string, origin: string): Promise<void> {
		const { found } = this.answer;
		if (found === null) return;
		const { signal } = new AbortController();
		const members = await membersOfRows(this.#session.runner.engine, found.rows, signal);
		this.#session.edit(addSegment(this.#nextId(), { kind: 'list', name, members, origin }));
	}

	/** Picks the people whom the answer shows, or all others; resolves when they are picked. */
	async see(title: string, which: 'found' | 'others'): Promise<void> {
		const { found } = this.answer;
		if (found === null) return;
		if (which === 'found' && this.of !== null && !this.isChanged && this.#session.ownLists.has(this.of)) {
			this.#pick({ kind: 'own', segment: this.of });
			return;
		}
		const rows = which === 'found' ? found.rows : othersOf(found.rows, found.customers + found.others);
		const ids = await idsOfRows(this.#session.runner.engine, rows);
		this.#pick({ kind: 'listed', title, ids });
	}

	#pick(selection: NonNullable<Session['selection']>): void {
		// Picking the same again would let them go.
		this.#session.select(null);
		this.#session.select(selection);
	}
}

function contentOf(segment: OwnSegment): Content | null {
	if (segment.kind === 'rule') return { kind: 'rule', rule: segment.rule };
	return segment.kind === 'sql' ? { kind: 'sql', sql: segment.sql } : null;
}
