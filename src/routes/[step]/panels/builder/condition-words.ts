import type { Condition, RuleGroup } from '#lib/pipeline/segment/rules/schema.ts';
import type { Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';

/** How the conditions of a group are joined. */
export const MATCH_OPTIONS: readonly { readonly value: RuleGroup['match']; readonly label: string }[] = [
	{ value: 'all', label: 'All of these hold' },
	{ value: 'any', label: 'Any of these holds' },
	{ value: 'none', label: 'None of these holds' }
];

/** The word between two conditions of a group. */
export const JOINT: Readonly<Record<RuleGroup['match'], string>> = { all: 'and', any: 'or', none: 'nor' };

/** What a condition is about, without what it has to be. */
export function aboutWords(
	condition: Exclude<Condition, RuleGroup>,
	{ features, segments, profile, subjects }: Vocabulary
): string {
	switch (condition.kind) {
		case 'feature':
			return labelOf(features, condition.feature);
		case 'profile':
			return upperFirst(labelOf(profile, condition.field));
		case 'segment':
			return `In ${labelOf(segments, condition.segment)}`;
		case 'activity':
			return upperFirst(subjects.get(condition.subject)?.many ?? condition.subject);
		case 'sequence':
			return 'Things in a row';
		case 'cart':
			return 'The newest cart';
		case 'journey':
			return 'Reached an order by a path';
		case 'channels':
			return 'Channels';
	}
}

function labelOf({ all }: Vocabulary['features'], id: string): string {
	return all.find((each) => each.id === id)?.label ?? id;
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
