import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { addDays, type Day } from '#lib/core/days.ts';
import { quoted } from '#lib/core/words.ts';
import type { Rule, SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { addSegment, removeSegment, usersOf } from '#lib/recipe/own-edits.ts';
import type { App } from '#lib/session/app.svelte.ts';
import type { BoardSegment } from '#lib/session/segments/board-segments.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** What can be done with a segment, with a word of what was done and its undo. */
export class BoardActions {
	readonly #session: Session;
	readonly #app: App;

	constructor(session: Session, app: App) {
		this.#session = session;
		this.#app = app;
	}

	/** Picks its people and goes to them. */
	see({ selection }: BoardSegment): void {
		if (JSON.stringify(this.#session.selection) !== JSON.stringify(selection))
			this.#session.select(selection);
		void goto(resolve('/[step]', { step: 'customers' }));
	}

	/** Opens it in the builder: an own rule or SQL to be changed, else the beginning of a rule on its people. */
	open({ own, ref, name }: BoardSegment): void {
		const { draft } = this.#session.segmentation;
		if (own === null || !draft.openSegment(own)) draft.open(isIn([ref]), `${name} and more`);
		void goto(resolve('/[step]', { step: 'builder' }));
	}

	/** A living rule of the same people: a copy, or one that follows the segment. */
	duplicate({ own, ref, name }: BoardSegment): void {
		const { board } = this.#session.segmentation;
		if (own === null) board.addRule(`${name.slice(0, 53)}, rule`, isIn([ref]));
		else this.#session.edit(addSegment(board.newId(), { ...own, name: `${own.name.slice(0, 55)} copy` }));
		this.#app.toast(`A copy of ${quoted(name)} stands among your own segments.`, this.#session.undo);
	}

	/** Keeps its people of today as a list. */
	async saveAsList(segment: BoardSegment): Promise<void> {
		const { features, format, segmentation } = this.#session;
		// The as-of day is the start of a day: what is known is of the end of the day before.
		const on = features === null ? '' : format.day(addDays(features.asOf as Day, -1));
		try {
			const name = `${segment.name.slice(0, 44)}, ${on}`;
			await segmentation.board.saveAsList(segment, name, `${segment.name} at the end of ${on}`);
			this.#app.toast(`The people of ${quoted(segment.name)} are kept as a list.`, this.#session.undo);
		} catch (error) {
			this.#app.report(error);
		}
	}

	/** Takes an own segment out; rules that name it stay and say so. */
	remove({ own, name }: BoardSegment): void {
		if (own === null) return;
		this.#session.edit(removeSegment(own.id));
		this.#app.toast(`${quoted(name)} was removed.`, this.#session.undo);
	}

	/** The names of the own segments whose rules name this one. */
	usersOf({ own }: BoardSegment): string[] {
		return own === null ? [] : usersOf(own.id, this.#session.recipe).map(({ name }) => name);
	}

	/** Adds a rule on segments and says so. */
	makeRule(name: string, rule: Rule): void {
		this.#session.segmentation.board.addRule(name, rule);
		this.#app.toast(`${quoted(name)} stands among your own segments.`, this.#session.undo);
	}
}

/** The rule of being in all of these segments, and in none of the others. */
export function isIn(segments: readonly SegmentRef[], others: readonly SegmentRef[] = []): Rule {
	const conditions = [
		...segments.map((segment) => ({ kind: 'segment' as const, segment, isIn: true })),
		...others.map((segment) => ({ kind: 'segment' as const, segment, isIn: false }))
	];
	return { kind: 'group', match: 'all', conditions };
}

/** The rule of being in any of these segments. */
export function isInAny(segments: readonly SegmentRef[]): Rule {
	return { ...isIn(segments), match: 'any' };
}
