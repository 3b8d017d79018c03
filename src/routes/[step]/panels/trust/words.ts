import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { FairnessResult, Proxy, Selection } from '#lib/pipeline/validate/fairness/schema.ts';
import type { Check, CheckId, Passport } from '#lib/pipeline/validate/passport/schema.ts';

/** What each condition is called. */
export const CHECK_NAMES: Readonly<Record<CheckId, string>> = {
	size: 'Size.',
	stability: 'Comes back.',
	disturbance: 'Bears changes.',
	separation: 'Set apart.',
	time: 'Over time.',
	fairness: 'Fairness.',
	reach: 'Can be reached.',
	lift: 'Can be tested.',
	plan: 'Plan.'
};

/** How a condition stands, for a screen reader. */
export const STATE_WORDS: Readonly<Record<Check['state'], string>> = {
	met: 'met',
	short: 'falls short',
	failed: 'failed',
	unknown: 'not known'
};

/** The kinds of segments that passports are of, in the order in which they are shown. */
export const KINDS = [
	{ value: 'cluster', label: 'Natural' },
	{ value: 'own', label: 'Mine' },
	{ value: 'saved', label: 'Saved queries' },
	{ value: 'group', label: 'RFM groups' }
] as const;

/** The kind of a segment by its ref. */
export function kindOf({ segment }: Pick<Passport, 'segment'>): string {
	return segment.slice(0, segment.indexOf(':'));
}

/** What is found about the groups of a feature. */
export function fairnessFinding({ label, selections }: FairnessResult, format: Format): string {
	const uneven = selections.filter(({ isUneven }) => isUneven).length;
	if (uneven > 0)
		return `${counted(uneven, 'segment', format)} ${uneven === 1 ? 'takes' : 'take'} unevenly by ${label.toLowerCase()}`;
	const rated = selections.filter(({ ratio }) => ratio !== null).length;
	if (rated === 0) return `${label}: too few people of different groups to compare`;
	return `No segment surely takes unevenly by ${label.toLowerCase()}`;
}

/** The ratio of a segment, as a table has it: never rounded up to four fifths. */
export function ratioWords({ ratio, isUneven }: Selection, format: Format): string {
	if (ratio === null) return 'too few';
	const text = format.decimal(Math.floor(ratio * 100) / 100, 2);
	return isUneven ? `${text}, uneven` : text;
}

/**
 * What is told of compared features that stand in for groups of people; each by the group it tells best. Null where none does.
 * @param nameOf what a feature is called
 */
export function proxyWords(
	{ label, proxies }: Pick<FairnessResult, 'label' | 'proxies'>,
	nameOf: (feature: string) => string,
	format: Format
): { readonly title: string; readonly text: string } | null {
	const best = new Map<string, Proxy>();
	for (const proxy of proxies) {
		if (proxy.auc.value > (best.get(proxy.feature)?.auc.value ?? 0)) best.set(proxy.feature, proxy);
	}
	const found = [...best.values()];
	if (found.length === 0) return null;
	const of = label.toLowerCase();
	const list = new Intl.ListFormat('en-GB').format(found.map(({ feature }) => `“${nameOf(feature)}”`));
	const told = found.map(({ feature, group, auc: { value, low, high } }) => {
		const pairs = `${format.percent(value)} of pairs (${format.percent(low)} to ${format.percent(high)})`;
		return `“${nameOf(feature)}” tells ${group} from the others in ${pairs}.`;
	});
	return {
		title: `${list} ${found.length === 1 ? 'stands' : 'stand'} in for ${of}.`,
		text: `Segments are made by ${found.length === 1 ? 'it' : 'them'}, so leaving ${of} out does not leave it out. ${told.join(' ')}`
	};
}
