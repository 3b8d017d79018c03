import { day, sql } from '#lib/engine/sql.ts';
import type { GuardParams } from '#lib/pipeline/segment/own/schema.ts';
import { countActive, ownRef, requireLargeEnough } from '#lib/pipeline/segment/own/step.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { StepContext } from '../step.ts';
import { audienceTables, selectionSql, type Audience, type Selection } from './audience.ts';

/** What the size of a selection is held against. */
export interface SizeRule {
	readonly guard: GuardParams;
	/** The as-of day, such as `2024-05-01`. */
	readonly asOf: string;
	/** Rows of `features.customers`. */
	readonly customers: number;
	/** What a segment is called. */
	nameOf(ref: SegmentRef): string;
}

/** The segment that a selection writes; null for everyone and for people who were picked by hand. */
export function segmentOf(selection: Selection, { segmentNames }: Audience): SegmentRef | null {
	switch (selection.kind) {
		case 'everyone':
		case 'picked':
			return null;
		case 'cluster':
			return `cluster:${segmentNames?.length ?? 0}:${selection.cluster}`;
		case 'group':
			return `group:${selection.group}`;
		case 'saved':
			return `saved:${selection.name}`;
		case 'own':
			return ownRef(selection.segment);
		case 'assigned':
			return selection.segment;
	}
}

/** Nothing when the people of a selection may be used as a segment. @throws `export.too-small` */
export async function requireSize(
	{ engine, signal }: Pick<StepContext, 'engine' | 'signal'>,
	audience: Audience,
	selection: Selection,
	{ guard, asOf, customers, nameOf }: SizeRule
): Promise<void> {
	const ref = segmentOf(selection, audience);
	if (ref === null) return;
	const members = sql`SELECT f.idx FROM ${audienceTables(audience)} WHERE ${selectionSql(selection, 0, customers)}`;
	const scope = { asOf: day(asOf), activeDays: guard.activeDays };
	const [reach] = await countActive(engine, [{ ref, members }], scope, signal);
	requireLargeEnough({ ref, name: nameOf(ref) }, reach?.active ?? 0, guard);
}
