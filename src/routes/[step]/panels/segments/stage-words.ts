import type { Format } from '#lib/core/format.ts';
import { sizeFloor } from '#lib/pipeline/segment/choose-count.ts';
import type { StageDetails } from '#lib/pipeline/segment/method-details.ts';
import { numberWord } from '#lib/session/findings.ts';

type Stage = StageDetails['stages'][number];

/** What a level of a text is called; customers without one have a name, too. */
export function levelName(level: string): string {
	return level === '' ? 'Not known' : level.charAt(0).toUpperCase() + level.slice(1);
}

/** Why there are so many groups inside a stage. */
export function stageReason({ because, silhouette }: Stage, customers: number, format: Format): string {
	switch (because) {
		case 'split':
			return `Separate clearly enough (${format.decimal(silhouette ?? NaN, 2)}).`;
		case 'too-few':
			return `Too few to split: each group needs ${format.count(sizeFloor(customers))} people.`;
		case 'one':
			return 'No groups inside: people differ by degrees.';
		case 'asked':
			return silhouette === null
				? 'Left whole, as you set it.'
				: `As you set it (they separate by ${format.decimal(silhouette, 2)}).`;
	}
}

/** The finding: how many stages come apart into groups. */
export function stagesTitle({ stages }: Pick<StageDetails, 'stages'>): string {
	const split = stages.filter(({ clusters }) => clusters.length > 1).length;
	const all = `${stages.length} ${stages.length === 1 ? 'stage' : 'stages'}`;
	if (split === 0) return `None of ${all} comes apart into groups`;
	return `${numberWord(split)} of ${all} ${split === 1 ? 'comes' : 'come'} apart into groups`;
}
