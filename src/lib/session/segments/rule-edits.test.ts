import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	depthOf,
	MOST_DEPTH,
	Rule,
	type Condition,
	type RuleGroup
} from '#lib/pipeline/segment/rules/schema.ts';
import { begin, push, redo, undo } from '../history.ts';
import {
	at,
	duplicate,
	hasRoom,
	insert,
	leafPaths,
	MOST_IN_GROUP,
	move,
	moveTo,
	pathsOf,
	remove,
	replace,
	unwrap,
	wrap,
	type Path
} from './rule-edits.ts';

const leaf = (feature: string): Condition => ({
	kind: 'feature',
	feature,
	test: { type: 'number', test: { op: 'ge', value: 1 } }
});
const group = (match: RuleGroup['match'], ...conditions: Condition[]): RuleGroup => ({
	kind: 'group',
	match,
	conditions
});
/** `all(a any(b c))` */
function written(condition: Condition): string {
	if (condition.kind === 'feature') return condition.feature;
	if (condition.kind !== 'group') return condition.kind;
	return `${condition.match}(${condition.conditions.map(written).join(' ')})`;
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(leaf) as [Condition, Condition, Condition, Condition];
const rule = group('all', a, group('any', b, c), d);

describe('a rule', () => {
	it('is found by paths', () => {
		expect(at(rule, [])).toBe(rule);
		expect(at(rule, [1, 1])).toBe(c);
		expect(at(rule, [1, 2])).toBeNull();
		expect(at(rule, [0, 0])).toBeNull();
		expect(leafPaths(rule)).toEqual([[0], [1, 0], [1, 1], [2]]);
	});

	it('is changed at a path', () => {
		expect(written(replace(rule, [1, 0], d))).toBe('all(a any(d c) d)');
		expect(written(insert(rule, [1, 1], d))).toBe('all(a any(b d c) d)');
		expect(written(remove(rule, [1]))).toBe('all(a d)');
		expect(written(duplicate(rule, [1]).rule)).toBe('all(a any(b c) any(b c) d)');
		expect(written(wrap(rule, [0], 'none').rule)).toBe('all(none(a) any(b c) d)');
		expect(wrap(rule, [0], 'none').path).toEqual([0, 0]);
		expect(written(unwrap(rule, [1]))).toBe('all(a b c d)');
	});

	it('keeps what cannot be changed', () => {
		expect(replace(rule, [], a)).toBe(rule);
		expect(replace(rule, [7], a)).toBe(rule);
		expect(remove(rule, [])).toBe(rule);
		expect(remove(rule, [1, 5])).toBe(rule);
		expect(unwrap(rule, [0])).toBe(rule);
		expect(moveTo(rule, [1], [1, 0]).rule).toBe(rule);
		const full = group('all', ...Array.from({ length: MOST_IN_GROUP }, () => a));
		expect(insert(full, [0], b)).toBe(full);
		expect(hasRoom(full, [])).toBe(false);
	});

	it('has no more brackets than a recipe may have', () => {
		let deep = group('all', a);
		for (let i = 0; i < 10; i += 1) deep = wrap(deep, pathsOf(deep).at(-1) as Path, 'any').rule;
		expect(depthOf(deep)).toBe(MOST_DEPTH);
		expect(Rule.safeParse(deep).success).toBe(true);
	});

	it('is walked step by step, into groups and out of them', () => {
		const seen: string[] = [];
		let walked = { rule, path: [0] as Path };
		for (let i = 0; i < 5; i += 1) {
			walked = move(walked.rule, walked.path, 'down');
			seen.push(written(walked.rule));
		}
		expect(seen).toEqual([
			'all(any(a b c) d)',
			'all(any(b a c) d)',
			'all(any(b c a) d)',
			'all(any(b c) a d)',
			'all(any(b c) d a)'
		]);
		expect(move(walked.rule, walked.path, 'down').rule).toBe(walked.rule);
		for (let i = 0; i < 5; i += 1) walked = move(walked.rule, walked.path, 'up');
		expect(walked.rule).toEqual(rule);
	});

	it('moves to a path as it stands before the move', () => {
		expect(written(moveTo(rule, [0], [1, 1]).rule)).toBe('all(any(b a c) d)');
		expect(moveTo(rule, [0], [1, 1]).path).toEqual([0, 1]);
		expect(written(moveTo(rule, [2], [0]).rule)).toBe('all(d a any(b c))');
		expect(written(moveTo(rule, [0], [3]).rule)).toBe('all(any(b c) d a)');
	});
});

const anyCondition = fc.letrec<{ leaf: Condition; group: RuleGroup }>((tie) => ({
	leaf: fc.constantFrom('a', 'b', 'c', 'd').map(leaf),
	group: fc.record({
		kind: fc.constant('group' as const),
		match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
		conditions: fc.array(fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('group')), { maxLength: 4 })
	})
}));
const anyRule = anyCondition.group.filter((each) => depthOf(each) <= MOST_DEPTH);
const anyStep = fc.record({
	edit: fc.constantFrom('replace', 'insert', 'remove', 'duplicate', 'wrap', 'unwrap', 'up', 'down', 'moveTo'),
	pick: fc.nat(),
	other: fc.nat()
});

function edited(from: RuleGroup, { edit, pick, other }: { edit: string; pick: number; other: number }) {
	const paths = pathsOf(from);
	const path = paths[pick % paths.length] as Path;
	const target = paths[other % paths.length] as Path;
	switch (edit) {
		case 'replace':
			return { rule: replace(from, path, a), path };
		case 'insert':
			return { rule: insert(from, path, b), path };
		case 'remove':
			return { rule: remove(from, path), path: path.slice(0, -1) };
		case 'duplicate':
			return duplicate(from, path);
		case 'wrap':
			return wrap(from, path, 'any');
		case 'unwrap':
			return { rule: unwrap(from, path), path: path.slice(0, -1) };
		case 'moveTo':
			return moveTo(from, path, target);
		default:
			return move(from, path, edit === 'up' ? 'up' : 'down');
	}
}

describe('edits of any rule', () => {
	it('give rules that a recipe may have, with a path that leads somewhere', () => {
		fc.assert(
			fc.property(anyRule, fc.array(anyStep, { maxLength: 12 }), (start, steps) => {
				let now = start;
				for (const step of steps) {
					const next = edited(now, step);
					expect(Rule.safeParse(next.rule).success).toBe(true);
					expect(at(next.rule, next.path)).not.toBeNull();
					now = next.rule;
				}
			}),
			{ seed: 47, numRuns: 150 }
		);
	});

	it('keep every condition when one moves', () => {
		fc.assert(
			fc.property(anyRule, anyStep, (start, step) => {
				const { rule: next } = edited(start, { ...step, edit: step.pick % 2 === 0 ? 'moveTo' : 'down' });
				const leaves = (each: RuleGroup) =>
					leafPaths(each).map((path) => written(at(each, path) as Condition));
				expect(leaves(next).sort()).toEqual(leaves(start).sort());
			}),
			{ seed: 48, numRuns: 200 }
		);
	});

	it('are undone and done again', () => {
		fc.assert(
			fc.property(anyRule, fc.array(anyStep, { minLength: 1, maxLength: 10 }), (start, steps) => {
				let history = begin(start);
				const seen = [start];
				for (const step of steps) {
					history = push(history, edited(history.present, step).rule);
					if (history.present !== seen.at(-1)) seen.push(history.present);
				}
				for (const expected of seen.slice(0, -1).reverse()) {
					history = undo(history);
					expect(history.present).toBe(expected);
				}
				for (const expected of seen.slice(1)) {
					history = redo(history);
					expect(history.present).toBe(expected);
				}
			}),
			{ seed: 49, numRuns: 100 }
		);
	});
});
