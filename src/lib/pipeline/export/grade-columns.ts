import { join, sql } from '#lib/engine/sql.ts';
import type { Grade } from '#lib/pipeline/validate/passport/schema.ts';
import type { Audience, AudienceColumn, Selection } from './audience.ts';
import { segmentOf } from './size-guard.ts';

/** What the grades of passports are called in a file. */
export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
	trust: 'trust',
	care: 'with care',
	stop: 'do not use',
	few: 'too few'
};

/**
 * `segment_grade`: how far the segment of a file can be trusted, in the file of everyone the natural segment of each customer.
 * Empty where that is not known.
 */
export function gradeColumn(audience: Audience, selection: Selection): AudienceColumn {
	const ref = segmentOf(selection, audience);
	const words = selection.kind === 'everyone' ? wordsOfClusters(audience) : textSql(wordsOf(audience, ref));
	return { name: 'segment_grade', kind: 'text', expression: sql`CAST(${words} AS VARCHAR)` };
}

function wordsOf({ grades }: Audience, ref: string | null): string | null {
	const grade = ref === null ? undefined : grades.get(ref);
	return grade === undefined ? null : GRADE_WORDS[grade];
}

function textSql(text: string | null) {
	return text === null ? sql`NULL` : sql`${text}`;
}

function wordsOfClusters(audience: Audience) {
	const { segmentNames } = audience;
	if (!segmentNames) return sql`NULL`;
	const cases = segmentNames.map((_, cluster) => {
		const words = wordsOf(audience, segmentOf({ kind: 'cluster', cluster }, audience));
		return sql`WHEN ${cluster} THEN ${textSql(words)}`;
	});
	return sql`CASE m.cluster ${join(cases, '\n')} END`;
}
