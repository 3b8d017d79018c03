import { expect, it } from 'vitest';
import { splitTreeLayout, type SplitNode } from './split-tree.ts';

const node = (
	id: string,
	depth: number,
	parts: readonly number[],
	leaf: number | null = null
): SplitNode => ({
	id,
	depth,
	text: id,
	customers: parts.reduce((sum, part) => sum + part, 0),
	parts,
	leaf
});
const NODES = [
	node('all', 0, [60, 40]),
	node('a', 1, [60, 10]),
	node('a1', 2, [60, 0], 0),
	node('a2', 2, [0, 10], 1),
	node('b', 1, [0, 30], 1)
];

it('draws one row per node, and a bar of its segments', () => {
	const layout = splitTreeLayout(1000, NODES);
	expect(layout.rows.map(({ y }) => y)).toEqual([17, 51, 85, 119, 153]);
	expect(layout.height).toBe(170);
	const [all, , pure] = layout.rows;
	expect(all?.segments.map(({ width }) => width)).toEqual([180, 120]);
	expect(pure?.segments).toEqual([{ index: 0, x: layout.barX, width: 300 }]);
	expect(all?.line).toBe('');
});

it('joins each row to its parent', () => {
	const { rows } = splitTreeLayout(1000, NODES);
	expect(rows.slice(1).map(({ line }) => line)).toEqual([
		'M6 26V51H22',
		'M28 60V85H44',
		'M28 60V119H44',
		'M6 26V153H22'
	]);
});

it('stays inside where there is little room', () => {
	const layout = splitTreeLayout(340, NODES);
	expect(layout.isNarrow).toBe(true);
	for (const { segments, textX, room } of layout.rows) {
		expect(textX + room).toBeLessThanOrEqual(340);
		for (const { x, width } of segments) expect(x + width).toBeLessThanOrEqual(340);
	}
});
