import { customers } from './customers.ts';
import type { Destination } from './destination.ts';
import { ids } from './ids.ts';
import { segment } from './segment.ts';

/** Every destination, in the order in which they are offered. */
export const DESTINATIONS: readonly Destination[] = [customers, segment, ids];
