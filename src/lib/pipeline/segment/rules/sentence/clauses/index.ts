import type { Condition } from '../../schema.ts';
import { activity } from './activity.ts';
import { cart } from './cart.ts';
import { channels } from './channels.ts';
import type { Clause } from './clause.ts';
import { feature } from './feature.ts';
import { journey } from './journey.ts';
import { profile } from './profile.ts';
import { segment } from './segment.ts';
import { sequence } from './sequence.ts';

type Clauses = {
	readonly [K in Exclude<Condition['kind'], 'group'>]: Clause<Extract<Condition, { kind: K }>>;
};

/** The words of every kind of condition, in the order in which they are looked for. */
export const CLAUSES: Clauses = { feature, profile, sequence, activity, segment, channels, cart, journey };
