import type { CartParams } from '#lib/pipeline/segment/carts/schema.ts';
import type { JourneyParams } from '#lib/pipeline/segment/journeys/schema.ts';
import { usedBy } from '#lib/pipeline/segment/own/order.ts';
import type { GuardParams, OwnParams, OwnSegment, SegmentLook } from '#lib/pipeline/segment/own/schema.ts';
import { ownRef } from '#lib/pipeline/segment/own/scope.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Edit } from './edits.ts';
import type { Recipe } from './recipe.ts';

type Rule = Extract<OwnSegment, { kind: 'rule' }>;

/** A rule that is of no natural segment need not say so. */
type NewSegment =
	| (Omit<Rule, 'id' | 'of'> & Partial<Pick<Rule, 'of'>>)
	| Omit<Extract<OwnSegment, { kind: 'sql' }>, 'id'>
	| Omit<Extract<OwnSegment, { kind: 'list' }>, 'id'>;

const LONGEST_NAME = 60;

/** The id that the next own segment of a recipe gets. Ids are never used again, also not by what undo has taken away. */
export function nextSegmentId({ segment: { own } }: Recipe, others: readonly Recipe[] = []): string {
	const used = [own, ...others.map(({ segment }) => segment.own)].flatMap(({ segments }) =>
		segments.map(({ id }) => Number(id.slice(1)))
	);
	return `g${Math.max(0, ...used) + 1}`;
}

/** Adds an own segment. A name that another has gets a number behind it. */
export function addSegment(id: string, segment: NewSegment): Edit {
	return (recipe) => {
		const name = freeName(segment.name, recipe.segment.own.segments);
		const added = segment.kind === 'rule' ? { of: null, ...segment, id, name } : { ...segment, id, name };
		return setSegments([...recipe.segment.own.segments, added])(recipe);
	};
}

/** Puts an own segment in the place of the one with its id. */
export function replaceSegment(segment: OwnSegment): Edit {
	return (recipe) => {
		const { segments } = recipe.segment.own;
		const others = segments.filter(({ id }) => id !== segment.id);
		const named = { ...segment, name: freeName(segment.name, others) };
		return setSegments(segments.map((each) => (each.id === segment.id ? named : each)))(recipe);
	};
}

/** Names an own segment; an empty name changes nothing. */
export function renameSegment(id: string, name: string): Edit {
	return (recipe) => {
		const segment = recipe.segment.own.segments.find((each) => each.id === id);
		const text = name.trim();
		return segment === undefined || text === '' ? recipe : replaceSegment({ ...segment, name: text })(recipe);
	};
}

/** Takes an own segment out, with what was said of it. Rules that name it stay and say that it is gone. */
export function removeSegment(id: string): Edit {
	return (recipe) => {
		const { own } = recipe.segment;
		const ref = ownRef(id);
		const without = <Value>(record: Readonly<Record<string, Value>>) =>
			Object.fromEntries(Object.entries(record).filter(([key]) => key !== ref));
		return setOwn({
			segments: own.segments.filter((segment) => segment.id !== id),
			looks: without(own.looks),
			priority: own.priority.filter((each) => each !== ref),
			guard: { ...own.guard, overrides: without(own.guard.overrides) }
		})(recipe);
	};
}

/** The own segments whose rules name this one. */
export function usersOf(id: string, { segment: { own } }: Recipe): OwnSegment[] {
	return own.segments.filter((segment) => usedBy(segment).includes(id));
}

/** Changes how a segment is shown. A look that says nothing is forgotten. */
export function setLook(ref: SegmentRef, look: SegmentLook): Edit {
	return (recipe) => {
		const { [ref]: _, ...others } = recipe.segment.own.looks;
		const isPlain = look.color === null && look.note.trim() === '';
		return setOwn({ looks: isPlain ? others : { ...others, [ref]: look } })(recipe);
	};
}

/** Sets the order in which people are shared out among segments; empty: they are not. */
export function setPriority(priority: readonly SegmentRef[]): Edit {
	return setOwn({ priority: [...new Set(priority)] });
}

/** Changes when a segment is too small. */
export function setGuard(change: Partial<GuardParams>): Edit {
	return (recipe) => setOwn({ guard: { ...recipe.segment.own.guard, ...change } })(recipe);
}

/** Notes why a segment is used although it is too small; an empty note takes that back. */
export function overrideGuard(ref: SegmentRef, note: string): Edit {
	return (recipe) => {
		const { [ref]: _, ...others } = recipe.segment.own.guard.overrides;
		const text = note.trim();
		return setGuard({ overrides: text === '' ? others : { ...others, [ref]: text } })(recipe);
	};
}

/** Changes when a cart was left, and what is due then. */
export function setCarts(change: Partial<CartParams>): Edit {
	return (recipe) => ({
		...recipe,
		segment: { ...recipe.segment, carts: { ...recipe.segment.carts, ...change } }
	});
}

/** Changes what counts as leading to an order. */
export function setJourneys(change: Partial<JourneyParams>): Edit {
	return (recipe) => ({
		...recipe,
		segment: { ...recipe.segment, journeys: { ...recipe.segment.journeys, ...change } }
	});
}

function setSegments(segments: readonly OwnSegment[]): Edit {
	return setOwn({ segments: [...segments] });
}

function setOwn(change: Partial<OwnParams>): Edit {
	return (recipe) => ({
		...recipe,
		segment: { ...recipe.segment, own: { ...recipe.segment.own, ...change } }
	});
}

function freeName(name: string, others: readonly OwnSegment[]): string {
	const base = name.trim().slice(0, LONGEST_NAME) || 'Segment';
	const isTaken = (text: string) => others.some((other) => other.name.toLowerCase() === text.toLowerCase());
	for (let n = 1; ; n += 1) {
		const end = n === 1 ? '' : ` ${n}`;
		const text = `${base.slice(0, LONGEST_NAME - end.length)}${end}`;
		if (!isTaken(text)) return text;
	}
}
