import { readFileSync } from 'node:fs';

/** What `make-decision-tree.py` stored. */
interface DecisionTreeOracle {
	readonly columns: readonly (readonly number[])[];
	/** A digit per row. */
	readonly labels: string;
	readonly cases: readonly {
		readonly limits: {
			readonly maxDepth: number;
			readonly maxLeaves: number;
			readonly minLeaf: number;
			readonly pruning: number;
		};
		/** The nodes of the tree, in an order of their own. */
		readonly nodes: readonly {
			readonly column: number;
			readonly threshold: number;
			readonly counts: readonly number[];
			readonly impurity: number;
		}[];
		/** The class of each row: a digit. */
		readonly classes: string;
	}[];
}

export const decisionTrees = JSON.parse(
	readFileSync(new URL('./decision-tree.json', import.meta.url), 'utf8')
) as DecisionTreeOracle;
