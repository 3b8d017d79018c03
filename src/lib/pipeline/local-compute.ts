import type { Compute } from './compute.ts';
import { components } from './segment/components.ts';
import { importance } from './segment/drivers/importance.ts';
import { imputeKnn } from './segment/impute-knn.ts';
import { perturbation } from './segment/perturb.ts';
import { look } from './segment/reference-look.ts';
import { powerFit } from './segment/power-fit.ts';
import { silhouettes } from './segment/silhouettes.ts';
import { stability } from './segment/stability.ts';
import { sweep } from './segment/sweep.ts';
import { distinct } from './validate/explain/distinct.ts';
import { neighbours } from './validate/explain/neighbours.ts';
import { ruleTree } from './validate/explain/rule-tree.ts';

/**
 * The heavy numbers computed where it is called: in a worker, or headless. Rows are taken in the order given, and all
 * randomness follows from the seed: same input, same answer.
 */
export const localCompute: Compute = {
	sweep,
	stability,
	perturbation,
	silhouettes,
	look,
	components,
	imputeKnn,
	powerFit,
	importance,
	ruleTree,
	distinct,
	neighbours
};
