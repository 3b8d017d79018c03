import type { Condition } from '../schema.ts';
import type { ConditionKind } from './condition.ts';
import { activity } from './activity.ts';
import { cart } from './cart.ts';
import { channels } from './channels.ts';
import { feature } from './feature.ts';
import { journey } from './journey.ts';
import { profile } from './profile.ts';
import { segment } from './segment.ts';
import { sequence } from './sequence.ts';

type Kinds = {
	readonly [K in Exclude<Condition['kind'], 'group'>]: ConditionKind<Extract<Condition, { kind: K }>>;
};

/** Every kind of condition besides brackets. */
export const CONDITION_KINDS: Kinds = {
	feature,
	activity,
	profile,
	segment,
	sequence,
	cart,
	journey,
	channels
};
