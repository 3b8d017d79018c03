import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rule } from '../../segment/rules/schema.ts';
import { growDecisionTree, predictClasses } from '#lib/stats/decision-tree.ts';
import { ruleColumns } from './columns.ts';
import { roundBetween } from './round-between.ts';
import { comesTo, conditionCount, conditionOf, rulesOf } from './rules.ts';

/** Whether a rule of features holds of somebody; the meaning of its tests, written a second time. */
function holds(rule: Rule, person: Readonly<Record<string, number | string>>): boolean {
	const each = rule.conditions.map((condition) => {
		if (condition.kind === 'group') return holds(condition, person);
		if (condition.kind !== 'feature') throw new Error(`a ${condition.kind}`);
		const value = person[condition.feature];
		const { test } = condition.test;
		switch (test.op) {
			case 'le':
				return Number(value) <= test.value;
			case 'gt':
				return Number(value) > test.value;
			case 'ge':
				return Number(value) >= test.value;
			case 'eq':
				return Number(value) === test.value;
			case 'between':
				return Number(value) >= test.from && Number(value) <= test.to;
			case 'is':
				return test.values.includes(String(value));
			case 'is_not':
				return !test.values.includes(String(value));
			case 'known':
				return value !== '';
			case 'unknown':
				return value === '';
			default:
				throw new Error(test.op);
		}
	});
	if (rule.match === 'any') return each.some(Boolean);
	return rule.match === 'all' ? each.every(Boolean) : !each.some(Boolean);
}

const person = fc.record({
	orders: fc.integer({ min: 1, max: 9 }),
	spend: fc.double({ min: 0, max: 900, noNaN: true }),
	favourite: fc.constantFrom('', 'Tea', 'Mugs', 'Jam'),
	label: fc.integer({ min: 0, max: 2 })
});

function learn(people: readonly { orders: number; spend: number; favourite: string; label: number }[]) {
	const levels = ['Tea', 'Mugs', '', 'Jam'];
	const codes = Int32Array.from(people, ({ favourite }) => levels.indexOf(favourite));
	const values = Float64Array.from(people.flatMap(({ orders, spend }) => [orders, spend]));
	const numbers = { values, rowCount: people.length, columnCount: 2 };
	const { data, columns } = ruleColumns(
		numbers,
		['orders', 'spend'],
		[{ feature: 'favourite', codes, levels }]
	);
	const asked = columns.map((_, c) =>
		Float64Array.from(people, (__, row) => data.values[row * data.columnCount + c] as number)
	);
	const labels = Uint8Array.from(people, ({ label }) => label);
	const limits = { maxDepth: 6, maxLeaves: 12, minLeaf: 1, pruning: 0, threshold: roundBetween };
	const tree = growDecisionTree({ columns: asked, labels, classCount: 3 }, limits);
	return { tree, columns, data, predicted: predictClasses(tree, asked) };
}

it('puts everyone in the rule of the class that the tree gives them, and in no other', () => {
	fc.assert(
		fc.property(fc.array(person, { minLength: 1, maxLength: 60 }), (people) => {
			const { tree, columns, predicted } = learn(people);
			const rules = rulesOf(tree, columns, 3);
			people.forEach((each, row) => {
				expect(rules.map((rule) => rule !== null && holds(rule, each))).toEqual(
					[0, 1, 2].map((cluster) => cluster === predicted[row])
				);
			});
		}),
		{ seed: 91, numRuns: 200 }
	);
});

it('says what a node asks, and who comes to it', () => {
	fc.assert(
		fc.property(fc.array(person, { minLength: 2, maxLength: 40 }), (people) => {
			const { tree, columns, data } = learn(people);
			tree.forEach((node, at) => {
				const isHere = comesTo(tree, data, at);
				const here = people.filter((_, row) => isHere(row));
				expect(here).toHaveLength(node.counts.reduce((sum, count) => sum + count, 0));
				if (node.column < 0) return;
				const isLeft = comesTo(tree, data, node.left);
				for (const side of [true, false]) {
					const asked: Rule = { kind: 'group', match: 'all', conditions: [conditionOf(node, side, columns)] };
					people.forEach((each, row) => {
						if (isHere(row)) expect(holds(asked, each)).toBe(isLeft(row) === side);
					});
				}
			});
		}),
		{ seed: 92, numRuns: 100 }
	);
});

const node = (column: number, threshold: number, left: number, counts: readonly number[]) => ({
	column,
	threshold,
	left,
	counts,
	impurity: 0
});

it('says once what all ways have in common, and leaves out questions that change nothing', () => {
	const tree = [
		node(0, 3, 1, [5, 5]),
		node(1, 50, 3, [5, 1]),
		node(-1, 0, 0, [0, 4]),
		node(-1, 0, 0, [3, 0]),
		node(-1, 0, 0, [2, 1])
	];
	const columns = [
		{ kind: 'number', feature: 'orders', isWhole: true },
		{ kind: 'number', feature: 'spend', isWhole: false }
	] as const;
	const [few, many, none] = rulesOf(tree, columns, 3);
	expect(few).toEqual({
		kind: 'group',
		match: 'all',
		conditions: [
			{ kind: 'feature', feature: 'orders', test: { type: 'number', test: { op: 'le', value: 3 } } }
		]
	});
	expect(many?.conditions).toEqual([
		{ kind: 'feature', feature: 'orders', test: { type: 'number', test: { op: 'ge', value: 4 } } }
	]);
	expect(none).toBeNull();
	const split = tree.with(4, node(-1, 0, 0, [1, 2]));
	const [, either] = rulesOf(split, columns, 3);
	expect(either?.match).toBe('any');
	expect(either && conditionCount(either)).toBe(3);
});

it('takes texts that differ in capitals for one', () => {
	const { data, columns } = ruleColumns(
		{ values: new Float64Array(3), rowCount: 3, columnCount: 1 },
		['orders'],
		[{ feature: 'favourite', codes: [0, 1, 2], levels: ['Tea', ' tea ', 'Jam'] }]
	);
	expect(columns.slice(1).map((column) => column.kind === 'level' && column.level)).toEqual(['Tea', 'Jam']);
	expect([...data.values]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 1]);
});
