import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { OwnSegment } from '../own/schema.ts';
import {
	addOwnPart,
	countOwnSides,
	createOwnBefore,
	createOwnMovement,
	readOwnMembers
} from './own-changes.sql.ts';
import type { ImportState, OwnSegmentState, OwnSide, OwnTurnover, Snapshot } from './schema.ts';

/** Rows written at a time, so that writing them is no long task. */
const PART_ROWS = 20_000;
const PART = 'own_part';

/** Own segments as a snapshot keeps them. */
export function ownStates(segments: readonly OwnSegment[]): OwnSegmentState[] {
	return segments.map((segment) => ({ id: segment.id, name: segment.name, meaning: meaningOf(segment) }));
}

/** The same for the same rule, SQL or list. */
function meaningOf(segment: OwnSegment): string {
	switch (segment.kind) {
		case 'rule':
			return JSON.stringify(segment.rule);
		case 'sql':
			return segment.sql;
		case 'list':
			return `${segment.origin} ${segment.members.length} ${segment.members[0] ?? ''}`;
	}
}

/** The rows of `features.customers` in each own segment, in the order of the segments. */
export async function ownRows(
	engine: Engine,
	segments: readonly OwnSegmentState[],
	signal: AbortSignal
): Promise<Int32Array[]> {
	const columns = await engine.columns(readOwnMembers(), signal);
	const ids = columns.get('segment') as readonly string[];
	const rows = columns.get('idx') as Int32Array;
	return segments.map(({ id }) => {
		const from = ids.indexOf(id);
		return from === -1 ? new Int32Array(0) : rows.slice(from, ids.lastIndexOf(id) + 1);
	});
}

/** Says who came into the own segments that both imports have, and who went. `segment.movement` must be there. */
export async function compareOwn(
	{ engine, signal }: Pick<StepContext, 'engine' | 'signal'>,
	before: Snapshot,
	now: ImportState
): Promise<OwnTurnover[]> {
	const both = (now.ownSegments ?? []).flatMap((segment) => {
		const place = (before.state.ownSegments ?? []).findIndex(({ id }) => id === segment.id);
		const rows = before.customers.own?.[place];
		return rows ? [{ segment, was: before.state.ownSegments?.[place], rows }] : [];
	});
	if (both.length === 0) return [];
	const ids = both.flatMap(({ segment, rows }) => new Array<string>(rows.length).fill(segment.id));
	const positions = both.flatMap(({ rows }) => [...rows]);
	await engine.exec(createOwnBefore(), signal);
	for (let from = 0; from < positions.length; from += PART_ROWS) {
		const to = from + PART_ROWS;
		await engine.insert('segment', PART, {
			segment: ids.slice(from, to),
			position: Int32Array.from(positions.slice(from, to))
		});
		await engine.exec(addOwnPart(), signal);
		await pause();
	}
	await engine.exec(createOwnMovement(both.map(({ segment }) => segment.id)), signal);
	const counts = await engine.rows<SideCount>(countOwnSides(), signal);
	return both.map(({ segment, was }) => turnoverOf(segment, was, counts));
}

interface SideCount {
	readonly segment: string;
	readonly side: OwnSide;
	readonly customers: number;
}

function turnoverOf(
	{ id, name, meaning }: OwnSegmentState,
	was: OwnSegmentState | undefined,
	counts: readonly SideCount[]
): OwnTurnover {
	const count = (side: OwnSide) =>
		counts.find((each) => each.segment === id && each.side === side)?.customers ?? 0;
	const [entered, left, stayed] = [count('entered'), count('left'), count('stayed')];
	const isChanged = was?.meaning != null && was.meaning !== meaning;
	return { id, name, isChanged, before: left + stayed, now: entered + stayed, entered, left, stayed };
}
