import { answers } from './answers.ts';
import { campaigns } from './campaigns.ts';
import { events } from './events.ts';
import type { CanonicalKind } from './kind.ts';
import { places } from './places.ts';
import { profiles } from './profiles.ts';
import { sends } from './sends.ts';

/** The kinds of files, besides orders, that become a canonical table. */
export const CANONICAL_KINDS: readonly CanonicalKind[] = [
	profiles,
	events,
	sends,
	campaigns,
	answers,
	places
];
