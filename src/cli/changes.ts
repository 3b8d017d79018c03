import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { describeAudience, segmentNames } from '#lib/pipeline/export/audience.ts';
import { renderMovementCsv } from '#lib/pipeline/export/movement-csv.ts';
import { snapshotOfSegmentsCsv, withMembersCsv } from '#lib/pipeline/export/read-segments-csv.ts';
import { turnoverOf } from '#lib/pipeline/segment/changes/movement.ts';
import { ownStates } from '#lib/pipeline/segment/changes/own-changes.ts';
import type { Changes, Movement, OwnSegmentState, Snapshot } from '#lib/pipeline/segment/changes/schema.ts';
import { computeChanges } from '#lib/pipeline/segment/changes/step.ts';
import { askedSegments } from '#lib/pipeline/segment/own/scope.ts';
import { reasonOf } from './open-files.ts';
import { RUNNING, type Outcome } from './pipeline.ts';

/**
 * The customers of an earlier run, from the `segments.csv` in its folder, and who was in the user's own segments, from the
 * `segment_members.csv` where there is one.
 * @throws `import.unreadable-file`, and `import.drift` when they are no such files
 */
export async function readEarlierRun(since: string, folder: string): Promise<Snapshot> {
	const path = join(resolve(folder, since), 'segments.csv');
	const snapshot = snapshotOfSegmentsCsv(await readText(path), path);
	const members = join(resolve(folder, since), 'segment_members.csv');
	return existsSync(members) ? withMembersCsv(snapshot, await readText(members), members) : snapshot;
}

async function readText(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		throw new AppError(
			'import.unreadable-file',
			{ fileName: path, reason: reasonOf(error) },
			{ cause: error }
		);
	}
}

/** The own segments of now that can be compared: an id may mean something else in another recipe, so names count too. */
function comparableOwn({ recipe, own }: Outcome, { state }: Snapshot): OwnSegmentState[] {
	return ownStates(askedSegments(recipe.segment.own, own)).filter(({ id, name }) =>
		state.ownSegments?.some((before) => before.id === id && before.name === name)
	);
}

/** What changed since the earlier run, as files: `changes.json` with the counts, `moved.csv` with who went where. */
export async function changesFiles(
	engine: Engine,
	outcome: Outcome,
	earlier: Snapshot
): Promise<{
	readonly changes: Changes;
	readonly files: readonly [string, string | AsyncIterable<string>][];
}> {
	const { recipe, clean, features, rfm, clustering } = outcome;
	const context = { engine, signal: RUNNING };
	const changes = await computeChanges(
		context,
		{
			sources: recipe.import.sources,
			clean,
			features,
			rfm,
			segmentNames: clustering && segmentNames(clustering.result, recipe.segment.names),
			own: comparableOwn(outcome, earlier)
		},
		earlier
	);
	const audience = describeAudience(clean, features, clustering?.result ?? null, recipe.segment.names);
	return {
		changes,
		files: [
			['changes.json', `${JSON.stringify(describeChanges(changes), null, '\t')}\n`],
			['moved.csv', renderMovementCsv(context, audience, changes, { kind: 'moved', by: 'group' })]
		]
	};
}

/** The counts of a comparison, named as in the other files. */
function describeChanges({ before, now, fates, goneReasons, groups, segments, own }: Changes): object {
	const totals = ({ customers, orders, revenue }: Changes['now']) => ({ customers, orders, revenue });
	return {
		before: totals(before),
		now: { ...totals(now), as_of: now.asOf },
		customers: Object.fromEntries(fates.map(({ fate, customers }) => [fate, customers])),
		gone_because: Object.fromEntries(goneReasons.map(({ reason, customers }) => [reason, customers])),
		// Null where the earlier run had other groups: no one can have moved between them.
		rfm_groups: groups && describeTurnover(groups),
		segments: segments && describeTurnover(segments),
		// Those of the same id and name in both runs; the earlier one tells none that nobody was in.
		own_segments: own.map(({ id, name, before: was, now: is, entered, left, stayed }) => ({
			id,
			name,
			before: was,
			now: is,
			entered,
			left,
			stayed
		}))
	};
}

function describeTurnover(movement: Movement): object[] {
	return turnoverOf(movement).map(({ category, ...counts }) => ({
		id: movement.categories[category],
		...counts
	}));
}
