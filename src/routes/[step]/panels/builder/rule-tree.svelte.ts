import { tick } from 'svelte';
import type { Condition, RuleGroup } from '#lib/pipeline/segment/rules/schema.ts';
import {
	at,
	duplicate,
	insert,
	move,
	moveTo,
	pathKey,
	remove,
	replace,
	unwrap,
	wrap,
	type Edited,
	type Path
} from '#lib/session/segments/rule-edits.ts';
import type { RuleDraft } from '#lib/session/segments/rule-draft.svelte.ts';

/** What is done to a rule on the screen: every edit, what is open, what is dragged, and where the focus goes then. */
export class RuleTree {
	readonly #draft: RuleDraft;
	/** The group whose list of what to add is open. */
	adding = $state.raw<Path | null>(null);
	/** What is being dragged. */
	dragged = $state.raw<Path | null>(null);
	/** What a screen reader hears of an edit. */
	said = $state('');

	constructor(draft: RuleDraft) {
		this.#draft = draft;
	}

	/** Opens a condition to be changed, or closes it. */
	toggle(path: Path): void {
		const { editing } = this.#draft;
		this.#draft.editing = editing !== null && pathKey(editing) === pathKey(path) ? null : path;
		this.adding = null;
	}

	/** Closes what is open and goes back to its row. */
	close(path: Path): void {
		this.#draft.editing = null;
		void focusOn(rowId(path));
	}

	/** Puts another condition in the place of one. Changes of the same part in a row are one step of undo. */
	change(path: Path, condition: Condition): void {
		const { rule } = this.#draft;
		const part = changedPart(at(rule, path), condition);
		this.#draft.write(replace(rule, path, condition), part && `${pathKey(path)}:${part}`);
	}

	/** Opens the list of what can be added to a group. */
	choose(group: Path): void {
		this.adding = group;
		this.#draft.editing = null;
	}

	/** Closes the list of what can be added. */
	leave(group: Path): void {
		this.adding = null;
		void focusOn(addId(group));
	}

	/** Adds a condition at the end of a group and opens it. */
	add(group: Path, condition: Condition): void {
		const { rule } = this.#draft;
		const found = at(rule, group);
		if (found?.kind !== 'group') return;
		const path = [...group, found.conditions.length];
		this.adding = null;
		this.#draft.write(insert(rule, path, condition));
		if (condition.kind === 'group') {
			this.adding = condition.conditions.length === 0 ? path : null;
			return;
		}
		this.#draft.editing = path;
		void focusInside(editorId(path));
	}

	/** Adds brackets at the end of a group, to be filled at once. */
	addGroup(group: Path, match: RuleGroup['match']): void {
		this.add(group, { kind: 'group', match, conditions: [] });
	}

	/** Takes a condition out; the focus goes to the one that comes in its place. */
	remove(path: Path): void {
		const { rule } = this.#draft;
		const group = path.slice(0, -1);
		this.#draft.editing = null;
		this.#draft.write(remove(rule, path));
		this.said = 'Removed.';
		const next = [path, path.with(-1, (path.at(-1) ?? 0) - 1)].find((each) => at(this.#draft.rule, each));
		void focusOn(next ? rowId(next) : addId(group));
	}

	move(path: Path, direction: 'up' | 'down'): void {
		this.#take(move(this.#draft.rule, path, direction), `Moved ${direction}.`);
	}

	/** Drops what is dragged before the condition at a path. */
	drop(path: Path): void {
		if (this.dragged) this.#take(moveTo(this.#draft.rule, this.dragged, path), 'Moved.');
		this.dragged = null;
	}

	duplicate(path: Path): void {
		this.#take(duplicate(this.#draft.rule, path), 'A copy stands below.');
	}

	wrap(path: Path): void {
		this.#take(wrap(this.#draft.rule, path, 'any'), 'In brackets.');
	}

	unwrap(path: Path): void {
		this.#take({ rule: unwrap(this.#draft.rule, path), path }, 'Without brackets.');
	}

	#take({ rule, path }: Edited, words: string): void {
		if (rule === this.#draft.rule) return;
		this.#draft.editing = null;
		this.adding = null;
		this.#draft.write(rule);
		this.said = words;
		void focusOn(rowId(path));
	}
}

/** The id of what opens a condition, or of the head of a group. */
export function rowId(path: Path): string {
	return `rule-row-${pathKey(path)}`;
}

/** The id of the fields of a condition. */
export function editorId(path: Path): string {
	return `rule-editor-${pathKey(path)}`;
}

/** The id of the button that adds to a group. */
export function addId(group: Path): string {
	return `rule-add-${pathKey(group)}`;
}

/** The one part of a condition that differs; null where it is another condition, or several parts differ. */
function changedPart(before: Condition | null, after: Condition): string | null {
	if (before === null || before.kind !== after.kind) return null;
	const parts = Object.entries(after).filter(
		([key, value]) =>
			JSON.stringify(value) !== JSON.stringify((before as unknown as Record<string, unknown>)[key])
	);
	const [part] = parts;
	return parts.length === 1 && part ? part[0] : null;
}

async function focusOn(id: string): Promise<void> {
	await tick();
	document.getElementById(id)?.focus();
}

/** The number comes first, ready to be typed over: it is what is mostly changed. */
async function focusInside(id: string): Promise<void> {
	await tick();
	const editor = document.getElementById(id);
	const number = editor?.querySelector<HTMLInputElement>('input[inputmode=decimal]');
	if (number) number.select();
	(number ?? editor?.querySelector<HTMLElement>('select, input, button'))?.focus();
}
