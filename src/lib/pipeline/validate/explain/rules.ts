import type { Matrix } from '#lib/core/matrix.ts';
import { classOf, type DecisionTree, type TreeNode } from '#lib/stats/decision-tree.ts';
import type { Condition, FeatureCondition, Rule } from '../../segment/rules/schema.ts';

/** What a column of a tree of rules asks: a number, whether it is always a whole one, or whether a text is this one. */
export type RuleColumn =
	| { readonly kind: 'number'; readonly feature: string; readonly isWhole: boolean }
	/** 1 where the text is this one; “” stands for those who have none. */
	| { readonly kind: 'level'; readonly feature: string; readonly level: string };

/** What is left of a column on the way to a leaf: more than `above`, at most `upTo`. */
interface Bounds {
	readonly above: number;
	readonly upTo: number;
}

/** Bounds by column. */
type Path = ReadonlyMap<number, Bounds>;

/**
 * A rule for each cluster that the tree tells apart; null where it tells nobody of the cluster from others. Everyone is in exactly
 * one of them. What all ways to a cluster have in common stands once, before the brackets.
 */
export function rulesOf(
	tree: DecisionTree,
	columns: readonly RuleColumn[],
	clusterCount: number
): (Rule | null)[] {
	const paths = Array.from({ length: clusterCount }, (): Path[] => []);
	const walk = (at: number, path: Path): void => {
		const node = tree[at] as TreeNode;
		const only = onlyClassBelow(tree, at);
		if (only !== null) {
			paths[only]?.push(path);
			return;
		}
		const { above, upTo } = path.get(node.column) ?? { above: -Infinity, upTo: Infinity };
		walk(node.left, new Map([...path, [node.column, { above, upTo: Math.min(upTo, node.threshold) }]]));
		walk(node.left + 1, new Map([...path, [node.column, { above: Math.max(above, node.threshold), upTo }]]));
	};
	walk(0, new Map());
	return paths.map((own) =>
		own.length === 0 ? null : ruleOf(own.map((path) => conditionsOf(path, columns)))
	);
}

/** The class that every leaf below a node has; null where they differ. */
function onlyClassBelow(tree: DecisionTree, at: number): number | null {
	const node = tree[at] as TreeNode;
	if (node.column < 0) return classOf(node);
	const left = onlyClassBelow(tree, node.left);
	return left !== null && left === onlyClassBelow(tree, node.left + 1) ? left : null;
}

function ruleOf(paths: readonly (readonly FeatureCondition[])[]): Rule {
	const keyed = paths.map((path) => new Map(path.map((each) => [JSON.stringify(each), each])));
	const [first = new Map<string, FeatureCondition>(), ...others] = keyed;
	const shared = [...first.keys()].filter((key) => others.every((path) => path.has(key)));
	const rest = keyed.map((path) => [...path].flatMap(([key, each]) => (shared.includes(key) ? [] : [each])));
	const common = shared.map((key) => first.get(key) as FeatureCondition);
	if (rest.some((path) => path.length === 0)) return { kind: 'group', match: 'all', conditions: common };
	const ways = rest.map((path): Condition =>
		path.length === 1 ? (path[0] as Condition) : { kind: 'group', match: 'all', conditions: path }
	);
	if (common.length === 0) return { kind: 'group', match: 'any', conditions: ways };
	return {
		kind: 'group',
		match: 'all',
		conditions: [...common, { kind: 'group', match: 'any', conditions: ways }]
	};
}

/** The conditions of a way, in the order of columns; those on the texts of one feature are one condition. */
function conditionsOf(path: Path, columns: readonly RuleColumn[]): FeatureCondition[] {
	const asked = [...path].toSorted(([a], [b]) => a - b);
	const numbers = asked.flatMap(([c, bounds]) => {
		const column = columns[c] as RuleColumn;
		return column.kind === 'number' ? numberConditions(column, bounds) : [];
	});
	const features = new Set(columns.flatMap((column) => (column.kind === 'level' ? [column.feature] : [])));
	const texts = [...features].flatMap((feature) => {
		const levels = asked.flatMap(([c, { above }]) => {
			const column = columns[c] as RuleColumn;
			return column.kind === 'level' && column.feature === feature ? [{ ...column, isIt: above >= 0 }] : [];
		});
		return textConditions(feature, levels);
	});
	return [...numbers, ...texts];
}

function numberConditions(
	{ feature, isWhole }: Extract<RuleColumn, { kind: 'number' }>,
	{ above, upTo }: Bounds
): FeatureCondition[] {
	const of = (test: Extract<FeatureCondition['test'], { type: 'number' }>['test']): FeatureCondition => ({
		kind: 'feature',
		feature,
		test: { type: 'number', test }
	});
	const [from, to] = isWhole ? [Math.floor(above) + 1, Math.floor(upTo)] : [above, upTo];
	if (isWhole && from === to) return [of({ op: 'eq', value: from })];
	if (isWhole && Number.isFinite(above) && Number.isFinite(upTo)) return [of({ op: 'between', from, to })];
	return [
		...(Number.isFinite(above)
			? [isWhole ? of({ op: 'ge', value: from }) : of({ op: 'gt', value: above })]
			: []),
		...(Number.isFinite(upTo) ? [of({ op: 'le', value: to })] : [])
	];
}

function textConditions(
	feature: string,
	levels: readonly { readonly level: string; readonly isIt: boolean }[]
): FeatureCondition[] {
	const of = (test: Extract<FeatureCondition['test'], { type: 'text' }>['test']): FeatureCondition => ({
		kind: 'feature',
		feature,
		test: { type: 'text', test }
	});
	const one = levels.find(({ isIt }) => isIt);
	if (one) return [of(one.level === '' ? { op: 'unknown' } : { op: 'is', values: [one.level] })];
	const values = levels.map(({ level }) => level).filter((level) => level !== '');
	return [
		...(levels.some(({ level }) => level === '') ? [of({ op: 'known' })] : []),
		...(values.length > 0 ? [of({ op: 'is_not', values })] : [])
	];
}

/** What a node asks of those who go to one of its children. */
export function conditionOf(
	{ column, threshold }: Pick<TreeNode, 'column' | 'threshold'>,
	isLeft: boolean,
	columns: readonly RuleColumn[]
): FeatureCondition {
	const bounds = isLeft ? { above: -Infinity, upTo: threshold } : { above: threshold, upTo: Infinity };
	return conditionsOf(new Map([[column, bounds]]), columns)[0] as FeatureCondition;
}

/** A test of whether a row of the columns that were asked comes to a node. */
export function comesTo(
	tree: DecisionTree,
	{ values, columnCount }: Matrix,
	node: number
): (row: number) => boolean {
	const way: { readonly column: number; readonly threshold: number; readonly isLeft: boolean }[] = [];
	for (let at = node; at > 0;) {
		const child = at;
		const parent = tree.findIndex(
			({ column, left }) => column >= 0 && (left === child || left + 1 === child)
		);
		const { column, threshold, left } = tree[parent] as TreeNode;
		way.push({ column, threshold, isLeft: left === child });
		at = parent;
	}
	return (row) =>
		way.every(
			({ column, threshold, isLeft }) =>
				(values[row * columnCount + column] as number) <= threshold === isLeft
		);
}

/** How many conditions a rule has. */
export function conditionCount({ conditions }: Rule): number {
	return conditions.reduce((count, each) => count + (each.kind === 'group' ? conditionCount(each) : 1), 0);
}
