import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionTrees } from '../../../tests/oracle/decision-tree.ts';
import { growDecisionTree, predictClasses, type TreeNode, type TreeOptions } from './decision-tree.ts';

const LIMITS: TreeOptions = { maxDepth: 9, maxLeaves: 99, minLeaf: 1, pruning: 0 };

const table = fc
	.record({ rows: fc.integer({ min: 1, max: 60 }), columns: fc.integer({ min: 1, max: 4 }) })
	.chain(({ rows, columns }) =>
		fc.record({
			columns: fc.array(
				fc
					.array(
						fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
						{
							minLength: rows,
							maxLength: rows
						}
					)
					.map((values) => Float64Array.from(values)),
				{ minLength: columns, maxLength: columns }
			),
			labels: fc
				.array(fc.integer({ min: 0, max: 3 }), { minLength: rows, maxLength: rows })
				.map((values) => Uint8Array.from(values))
		})
	);

/** What two trees have in common where their nodes stand in another order. */
function sorted(nodes: readonly Pick<TreeNode, 'column' | 'threshold' | 'counts' | 'impurity'>[]): string[] {
	return nodes
		.map(({ column, threshold, counts, impurity }) =>
			[column, threshold.toFixed(6), counts.join(), impurity.toFixed(9)].join(' ')
		)
		.sort();
}

describe('growDecisionTree', () => {
	const columns = decisionTrees.columns.map((values) => Float64Array.from(values));
	const labels = Uint8Array.from(decisionTrees.labels, Number);

	it.each(decisionTrees.cases)('is that of scikit-learn for $limits', ({ limits, nodes, classes }) => {
		const tree = growDecisionTree({ columns, labels, classCount: 4 }, limits);
		expect(sorted(tree)).toEqual(sorted(nodes));
		expect([...predictClasses(tree, columns)].join('')).toBe(classes);
	});

	it('splits where the classes part', () => {
		const data = {
			columns: [Float64Array.of(5, 5, 5, 5), Float64Array.of(1, 2, 8, 9)],
			labels: Uint8Array.of(0, 0, 1, 1),
			classCount: 2
		};
		expect(growDecisionTree(data, LIMITS)).toEqual([
			{ column: 1, threshold: 5, left: 1, counts: [2, 2], impurity: 0.5 },
			{ column: -1, threshold: 0, left: 0, counts: [2, 0], impurity: 0 },
			{ column: -1, threshold: 0, left: 0, counts: [0, 2], impurity: 0 }
		]);
		const round = growDecisionTree(data, {
			...LIMITS,
			threshold: (below, above) => below + (above - below) / 4
		});
		expect(round[0]?.threshold).toBe(3.5);
	});

	it('is one leaf where nothing can be told', () => {
		const constant = { columns: [Float64Array.of(1, 1)], labels: Uint8Array.of(0, 1), classCount: 2 };
		expect(growDecisionTree(constant, LIMITS)).toHaveLength(1);
		expect(growDecisionTree({ ...constant, columns: [] }, LIMITS)).toHaveLength(1);
		const one = { columns: [Float64Array.of(1)], labels: Uint8Array.of(1), classCount: 2 };
		expect(growDecisionTree(one, LIMITS)[0]?.counts).toEqual([0, 1]);
	});

	it('keeps its limits, and the rows of a node are those of its children', () => {
		fc.assert(
			fc.property(table, fc.integer({ min: 1, max: 8 }), ({ columns: some, labels: classes }, limit) => {
				const options = { ...LIMITS, maxDepth: limit, maxLeaves: limit + 1, minLeaf: limit };
				const tree = growDecisionTree({ columns: some, labels: classes, classCount: 4 }, options);
				expect(tree.filter(({ column }) => column < 0).length).toBeLessThanOrEqual(limit + 1);
				for (const { column, left, counts } of tree) {
					if (column < 0) continue;
					const children = [tree[left] as TreeNode, tree[left + 1] as TreeNode];
					expect(counts).toEqual(
						counts.map((_, c) => children.reduce((sum, child) => sum + (child.counts[c] as number), 0))
					);
					for (const child of children)
						expect(child.counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(limit);
				}
			}),
			{ seed: 41, numRuns: 200 }
		);
	});

	it('tells all rows apart that differ, when nothing holds it back', () => {
		fc.assert(
			fc.property(table, ({ columns: some }) => {
				const keys = [...(some[0] as Float64Array)].map((_, row) =>
					some.map((column) => (column[row] as number) + 0).join()
				);
				const known = [...new Set(keys)];
				const own = Uint8Array.from(keys, (key) => known.indexOf(key) % 4);
				const free = { ...LIMITS, maxDepth: 99 };
				const tree = growDecisionTree({ columns: some, labels: own, classCount: 4 }, free);
				const wrong = predictClasses(tree, some).filter((label, row) => label !== own[row]).length;
				const pure = tree.filter(({ column }) => column < 0).every(({ impurity }) => impurity === 0);
				expect(pure ? wrong : 0).toBe(0);
			}),
			{ seed: 42, numRuns: 200 }
		);
	});

	it('does not mind the order of rows, nor how often all of them stand there', () => {
		fc.assert(
			fc.property(table, ({ columns: some, labels: classes }) => {
				const grown = growDecisionTree({ columns: some, labels: classes, classCount: 4 }, LIMITS);
				const turned = {
					columns: some.map((column) => column.toReversed()),
					labels: classes.toReversed(),
					classCount: 4
				};
				expect(growDecisionTree(turned, LIMITS)).toEqual(grown);
				const twice = {
					columns: some.map((column) => Float64Array.of(...column, ...column)),
					labels: Uint8Array.of(...classes, ...classes),
					classCount: 4
				};
				const doubled = growDecisionTree(twice, { ...LIMITS, minLeaf: 2 });
				expect(doubled.map(({ threshold }) => threshold)).toEqual(grown.map(({ threshold }) => threshold));
			}),
			{ seed: 43, numRuns: 100 }
		);
	});

	it('refuses what it cannot learn from', () => {
		const data = { columns: [Float64Array.of(1, NaN)], labels: Uint8Array.of(0, 1), classCount: 2 };
		expect(() => growDecisionTree(data, LIMITS)).toThrow('not finite');
		expect(() => growDecisionTree({ ...data, columns: [Float64Array.of(1)] }, LIMITS)).toThrow('expected 2');
		expect(() => growDecisionTree({ ...data, columns: [], labels: new Uint8Array() }, LIMITS)).toThrow(
			'needs'
		);
	});
});
