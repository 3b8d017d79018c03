import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { describeAudience, segmentNames } from '#lib/pipeline/export/audience.ts';
import { renderMovementCsv } from '#lib/pipeline/export/movement-csv.ts';
import { snapshotOfSegmentsCsv } from '#lib/pipeline/export/read-segments-csv.ts';
import { turnoverOf } from '#lib/pipeline/segment/changes/movement.ts';
import type { Changes, Movement, Snapshot } from '#lib/pipeline/segment/changes/schema.ts';
import { computeChanges } from '#lib/pipeline/segment/changes/step.ts';
import { reasonOf } from './open-files.ts';
import { RUNNING, type Outcome } from './pipeline.ts';

/**
 * The customers of an earlier run, from the `segments.csv` in its folder.
 * @throws `import.unreadable-file`, and `import.drift` when it is no such file
 */
export async function readEarlierRun(since: string, folder: string): Promise<Snapshot> {
	const path = join(resolve(folder, since), 'segments.csv');
	try {
		return snapshotOfSegmentsCsv(await readFile(path, 'utf8'), path);
	} catch (error) {
		if (error instanceof AppError) throw error;
		throw new AppError(
			'import.unreadable-file',
			{ fileName: path, reason: reasonOf(error) },
			{ cause: error }
		);
	}
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
			segmentNames: clustering && segmentNames(clustering.result, recipe.segment.names)
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
function describeChanges({ before, now, fates, goneReasons, groups, segments }: Changes): object {
	const totals = ({ customers, orders, revenue }: Changes['now']) => ({ customers, orders, revenue });
	return {
		before: totals(before),
		now: { ...totals(now), as_of: now.asOf },
		customers: Object.fromEntries(fates.map(({ fate, customers }) => [fate, customers])),
		gone_because: Object.fromEntries(goneReasons.map(({ reason, customers }) => [reason, customers])),
		// Null where the earlier run had other groups: no one can have moved between them.
		rfm_groups: groups && describeTurnover(groups),
		segments: segments && describeTurnover(segments)
	};
}

function describeTurnover(movement: Movement): object[] {
	return turnoverOf(movement).map(({ category, ...counts }) => ({
		id: movement.categories[category],
		...counts
	}));
}
