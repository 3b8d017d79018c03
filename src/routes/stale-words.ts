import type { Format } from '#lib/core/format.ts';
import type { StaleSource } from '#lib/session/freshness.ts';

/** How many names a banner holds. */
const MOST_NAMES = 3;

/** What to say of stale sources on a screen that rests on them. There is at least one. */
export function staleWords(
	stale: readonly StaleSource[],
	format: Format
): { readonly title: string; readonly text: string } {
	const [first] = stale;
	if (stale.length === 1 && first) {
		return {
			title: `${first.fileName} is ${format.days(first.ageDays)} old.`,
			text: `The limit you set is ${format.days(first.maxAgeDays)}. What you see here rests on it.`
		};
	}
	const named = stale
		.slice(0, MOST_NAMES)
		.map(({ fileName, ageDays }) => `${fileName} (${format.days(ageDays)})`);
	const rest = stale.length - named.length;
	return {
		title: `${format.count(stale.length)} sources are older than they may be.`,
		text: `${named.join(', ')}${rest > 0 ? ` and ${format.count(rest)} more` : ''}. What you see here rests on them.`
	};
}

/** The screens that tell of customers as the sources know them, and so say when those are stale. */
export const STALE_STEPS: readonly string[] = [
	'customers',
	'features',
	'changes',
	'best-customers',
	'time-machine',
	'retention',
	'what-matters',
	'components',
	'natural-segments',
	'explore',
	'explain',
	'over-time',
	'trust',
	'ideas',
	'builder',
	'carts',
	'journeys',
	'my-segments',
	'audiences',
	'summary'
];
