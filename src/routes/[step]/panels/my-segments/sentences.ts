import { describeProfile } from '#lib/pipeline/segment/describe.ts';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { sentenceOf, vocabularyOf, type Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { scopeOf } from '#lib/session/segments/ask.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { peopleWords } from './words.ts';

/** Who every segment is, in a sentence, by its ref. */
export function segmentSentences(session: Session): Map<SegmentRef, string> {
	const { recipe, rfm, clustering, features, format } = session;
	const scope = scopeOf(session);
	const words = scope === null ? null : vocabularyOf(scope);
	const count = clustering?.result.clusterCount ?? 0;
	return new Map([
		...(rfm?.table ?? []).map(({ id, meaning }) => [`group:${id}`, meaning] as const),
		...(clustering?.result.profiles ?? []).map(
			(profile) =>
				[`cluster:${count}:${profile.cluster}`, describeProfile(profile, format, features?.features)] as const
		),
		...recipe.segment.own.segments.map(
			(segment) => [`own:${segment.id}`, ownSentence(segment, words, session)] as const
		),
		...recipe.queries
			.filter(({ use }) => use === 'segment')
			.map(({ name, sql }) => [`saved:${name}`, oneLine(sql)] as const)
	]);
}

function ownSentence(segment: OwnSegment, words: Vocabulary | null, { own, format }: Session): string {
	switch (segment.kind) {
		case 'rule':
			return words === null ? '' : `${sentenceOf(segment.rule, words)}.`;
		case 'sql':
			return oneLine(segment.sql);
		case 'list': {
			const lost = own?.segments.find(({ id }) => id === segment.id)?.notFound ?? 0;
			const left = lost === 0 ? '' : ` ${peopleWords(lost, format)} of it are not there today.`;
			return `${segment.origin}.${left}`;
		}
	}
}

function oneLine(sql: string): string {
	return sql.replaceAll(/\s+/g, ' ').trim();
}
