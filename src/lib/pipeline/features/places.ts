import type { TextKind } from './words.sql.ts';

/** What a channel says of where something was done, and what a device is, by the words in their names. */
export const PLACES: readonly TextKind[] = [
	{
		id: 'online',
		pattern:
			'online|web|internet|e ?comm|\\bapp\\b|mobile|digital|\\bsite\\b|marketplace|amazon|ebay|etsy|social|facebook|instagram|tiktok'
	},
	{
		id: 'store',
		pattern:
			'store|\\bpos\\b|retail|in person|offline|branch|filiale|boutique|outlet|point of sale|\\btill\\b'
	}
];

export const DEVICES: readonly TextKind[] = [
	{ id: 'tablet', pattern: 'tablet|ipad' },
	{ id: 'phone', pattern: 'phone|mobile|android|\\bios\\b|\\bcell' },
	{ id: 'desktop', pattern: 'desktop|laptop|computer|\\bpc\\b|\\bmac|windows|linux' }
];
