import {
	depthOf,
	MOST_DEPTH,
	type Condition,
	type Rule,
	type RuleGroup
} from '#lib/pipeline/segment/rules/schema.ts';

/** Where a condition stands: the place in its group, from the outermost group inwards. Empty: the whole rule. */
export type Path = readonly number[];

/** The most conditions that stand in one group. */
export const MOST_IN_GROUP = 30;

/** A rule after an edit, and where the edited condition stands now. The same rule where the edit cannot be made. */
export interface Edited {
	readonly rule: Rule;
	readonly path: Path;
}

/** A path as the key of a map. */
export function pathKey(path: Path): string {
	return path.join('.');
}

/** The condition at a path; null where there is none. */
export function at(rule: Rule, path: Path): Condition | null {
	let found: Condition = rule;
	for (const place of path) {
		const next: Condition | undefined = found.kind === 'group' ? found.conditions[place] : undefined;
		if (next === undefined) return null;
		found = next;
	}
	return found;
}

/** The path of every condition, groups before what stands in them; the rule itself first. */
export function pathsOf(rule: Condition, from: Path = []): Path[] {
	if (rule.kind !== 'group') return [from];
	return [from, ...rule.conditions.flatMap((each, i) => pathsOf(each, [...from, i]))];
}

/** The conditions that are no groups, each with its path, in order. */
export function leafPaths(rule: Rule): Path[] {
	return pathsOf(rule).filter((path) => at(rule, path)?.kind !== 'group');
}

/** Another condition in the place of one. */
export function replace(rule: Rule, path: Path, condition: Condition): Rule {
	const place = path.at(-1);
	if (place === undefined) return condition.kind === 'group' && isSound(condition) ? condition : rule;
	const next = inGroup(rule, path.slice(0, -1), ({ conditions }) =>
		place in conditions ? conditions.with(place, condition) : conditions
	);
	return isSound(next) ? next : rule;
}

/** A condition more, before the one that stands at the path; at the end of the group where none does. */
export function insert(rule: Rule, path: Path, condition: Condition): Rule {
	const place = path.at(-1);
	if (place === undefined) return rule;
	const next = inGroup(rule, path.slice(0, -1), ({ conditions }) =>
		conditions.toSpliced(place, 0, condition)
	);
	return isSound(next) ? next : rule;
}

/** A condition less. The whole rule cannot be taken out. */
export function remove(rule: Rule, path: Path): Rule {
	const place = path.at(-1);
	if (place === undefined) return rule;
	return inGroup(rule, path.slice(0, -1), ({ conditions }) =>
		place < conditions.length ? conditions.toSpliced(place, 1) : conditions
	);
}

/** A copy right behind a condition. */
export function duplicate(rule: Rule, path: Path): Edited {
	const found = at(rule, path);
	if (found === null || path.length === 0) return { rule, path };
	const behind = [...path.slice(0, -1), (path.at(-1) as number) + 1];
	const next = insert(rule, behind, found);
	return { rule: next, path: next === rule ? path : behind };
}

/** A condition in brackets of its own. */
export function wrap(rule: Rule, path: Path, match: RuleGroup['match']): Edited {
	const found = at(rule, path);
	if (found === null || path.length === 0) return { rule, path };
	const next = replace(rule, path, { kind: 'group', match, conditions: [found] });
	return { rule: next, path: next === rule ? path : [...path, 0] };
}

/** The conditions of a group in its place, without its brackets. */
export function unwrap(rule: Rule, path: Path): Rule {
	const found = at(rule, path);
	const place = path.at(-1);
	if (found?.kind !== 'group' || place === undefined) return rule;
	const next = inGroup(rule, path.slice(0, -1), ({ conditions }) =>
		conditions.toSpliced(place, 1, ...found.conditions)
	);
	return isSound(next) ? next : rule;
}

/**
 * One step up or down: past the condition beside it, into a group that stands there, and at the edge of a group out of it. So every
 * place of a rule can be reached step by step.
 */
export function move(rule: Rule, path: Path, direction: 'up' | 'down'): Edited {
	const place = path.at(-1);
	if (place === undefined || at(rule, path) === null) return { rule, path };
	const parent = path.slice(0, -1);
	const beside = direction === 'up' ? place - 1 : place + 1;
	const neighbour = at(rule, [...parent, beside]);
	const past = moveTo(rule, path, [...parent, direction === 'up' ? beside : beside + 1]);
	if (neighbour?.kind === 'group') {
		const into = [...parent, beside, direction === 'up' ? neighbour.conditions.length : 0];
		const entered = moveTo(rule, path, into);
		return entered.rule === rule ? past : entered;
	}
	if (neighbour !== null) return past;
	const outside = parent.at(-1);
	if (outside === undefined) return { rule, path };
	return moveTo(rule, path, [...parent.slice(0, -1), direction === 'up' ? outside : outside + 1]);
}

/** A condition before the one that stands at another path now; never into itself. */
export function moveTo(rule: Rule, from: Path, to: Path): Edited {
	const found = at(rule, from);
	const same = { rule, path: from };
	if (found === null || from.length === 0 || to.length === 0 || startsWith(to, from)) return same;
	const target = afterRemoval(to, from);
	const without = remove(rule, from);
	const next = insert(without, target, found);
	if (next === without || !isSound(next)) return same;
	return { rule: next, path: target };
}

/** True where a condition of so many brackets still fits into the group at a path. */
export function hasRoom(rule: Rule, group: Path, levels = 0): boolean {
	const found = at(rule, group);
	return (
		found?.kind === 'group' &&
		found.conditions.length < MOST_IN_GROUP &&
		group.length + 1 + levels <= MOST_DEPTH
	);
}

/** Where a path leads when the condition at another one has been taken out. */
function afterRemoval(path: Path, removed: Path): Path {
	const level = removed.length - 1;
	const sameGroup = path.length > level && startsWith(path, removed.slice(0, level));
	if (!sameGroup || (path[level] as number) <= (removed[level] as number)) return path;
	return path.with(level, (path[level] as number) - 1);
}

function startsWith(path: Path, start: Path): boolean {
	return start.length <= path.length && start.every((place, i) => path[i] === place);
}

function inGroup(
	group: RuleGroup,
	path: Path,
	change: (group: RuleGroup) => readonly Condition[]
): RuleGroup {
	const [place, ...rest] = path;
	if (place === undefined) {
		const conditions = change(group);
		return conditions === group.conditions ? group : { ...group, conditions };
	}
	const inner = group.conditions[place];
	if (inner?.kind !== 'group') return group;
	const next = inGroup(inner, rest, change);
	return next === inner ? group : { ...group, conditions: group.conditions.with(place, next) };
}

function isSound(rule: RuleGroup): boolean {
	return depthOf(rule) <= MOST_DEPTH && everyGroupFits(rule);
}

function everyGroupFits({ conditions }: RuleGroup): boolean {
	return (
		conditions.length <= MOST_IN_GROUP &&
		conditions.every((each) => each.kind !== 'group' || everyGroupFits(each))
	);
}
