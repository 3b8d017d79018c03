import type { Engine } from '#lib/engine/engine.ts';
import type { Audience, Selection } from '#lib/pipeline/export/audience.ts';
import { segment as segmentFile } from '#lib/pipeline/export/destinations/segment.ts';
import { renderAssignedCsv, renderMembersCsv } from '#lib/pipeline/export/members-csv.ts';
import { isTooSmall } from '#lib/pipeline/segment/own/guard.ts';
import { askedSegments, ownRef, segmentsOfToday, type RuleFacts } from '#lib/pipeline/segment/own/scope.ts';
import { RUNNING, type Outcome } from './pipeline.ts';

/** What the user's own segments of a run are asked of. */
export function factsOf(outcome: Outcome): RuleFacts {
	const { recipe, features, library, rfm, clustering, queries } = outcome;
	return {
		params: recipe.segment,
		featureParams: recipe.features,
		features,
		library,
		rfm,
		clustering: clustering?.result ?? null,
		queries: recipe.queries,
		queryResults: queries
	};
}

/** An own segment without a file, because few of it are active. */
export interface HeldSegment {
	readonly id: string;
	readonly name: string;
	readonly customers: number;
	readonly active: number;
}

/** The own segments that are held back. */
export function heldSegments({ recipe, own }: Pick<Outcome, 'recipe' | 'own'>): HeldSegment[] {
	const { guard } = recipe.segment.own;
	return askedSegments(recipe.segment.own, own).flatMap(({ id, name }) => {
		const ref = ownRef(id);
		const { customers = 0, active = 0 } = own.reach.find(({ segment }) => segment === ref) ?? {};
		return isTooSmall(ref, active, guard) ? [{ id, name, customers, active }] : [];
	});
}

/**
 * The files of the user's own segments: one for each that is not held back, `segment_members.csv` with all of them, and
 * `assigned.csv` where there is an order of priority.
 */
export function ownFiles(
	engine: Engine,
	audience: Audience,
	outcome: Outcome
): [string, AsyncIterable<string>][] {
	const { recipe, own } = outcome;
	const context = { engine, signal: RUNNING };
	const asked = askedSegments(recipe.segment.own, own);
	if (recipe.segment.own.segments.length === 0 && own.assigned.length === 0) return [];
	const held = new Set(heldSegments(outcome).map(({ id }) => id));
	const files = asked
		.filter(({ id }) => !held.has(id))
		.map(({ id, name }): [string, AsyncIterable<string>] => {
			const selection: Selection = { kind: 'own', segment: id, name };
			return [segmentFile.fileName(audience, selection), segmentFile.render(context, audience, selection)];
		});
	const members = asked.map(({ id, name }) => ({ segment: id, name }));
	const names = new Map(segmentsOfToday(factsOf(outcome)).map(({ ref, name }) => [ref, name]));
	const first = own.assigned.map(({ segment }) => ({ segment, name: names.get(segment) ?? segment }));
	return [
		...files,
		['segment_members.csv', renderMembersCsv(context, members)],
		...(first.length > 0
			? [['assigned.csv', renderAssignedCsv(context, first)] satisfies [string, AsyncIterable<string>]]
			: [])
	];
}
