import type { StepId } from '#lib/session/steps.ts';
import { ACT } from './act.ts';
import { DISCOVER } from './discover.ts';
import type { Explanation } from './explanation.ts';
import { PREPARE } from './prepare.ts';
import { SEGMENT } from './segment.ts';
import { UNDERSTAND } from './understand.ts';

/** What each screen shows and how it is computed. */
export const EXPLANATIONS: Readonly<Record<StepId, readonly Explanation[]>> = {
	...PREPARE,
	...UNDERSTAND,
	...DISCOVER,
	...SEGMENT,
	...ACT
};
