import { AppError } from '#lib/core/errors.ts';
import { readTableSample, requireNoDrift } from '#lib/pipeline/import/drift.ts';
import { KIND_WORDS } from '#lib/pipeline/import/roles.ts';
import type { FoundSource, SourceParams } from '#lib/pipeline/import/schema.ts';
import { findPredecessor, likelyPredecessors, succeed } from '#lib/recipe/predecessor.ts';
import { joinSeries } from '#lib/recipe/series.ts';
import type { Table } from './open-tables.ts';
import { RUNNING } from './pipeline.ts';

type NewSource = FoundSource & { readonly id: string };

/**
 * The tables as sources, `s<i>` being table i: each in the series of its list, a newer export as the newest of it.
 * @throws `usage` when a newer export is one of no other file; `import.drift` when its columns or values are not as before
 */
export async function placeTables(tables: readonly Table[]): Promise<SourceParams[]> {
	const found = tables.map(({ inspection }, i) => ({ id: `s${i + 1}`, ...inspection.source }));
	const placed = joinSeries(
		found.filter((_, i) => !tables[i]?.isNewer),
		[]
	);
	for (const [i, source] of found.entries()) {
		if (tables[i]?.isNewer) placed.push(await placeNewer(source, placed, tables));
	}
	return placed;
}

async function placeNewer(
	source: NewSource,
	present: readonly SourceParams[],
	tables: readonly Table[]
): Promise<SourceParams> {
	const sampleOf = <Source extends NewSource>(one: Source) => {
		const blob = tables[Number(one.id.slice(1)) - 1]?.file.file.blob ?? new Blob();
		return readTableSample({ name: one.fileName, blob }, one, RUNNING);
	};
	const sample = await sampleOf(source);
	const likely = await Promise.all(likelyPredecessors(source, present).map(sampleOf));
	const predecessor = findPredecessor(sample, likely);
	if (predecessor === null) {
		const known = present.map(
			({ fileName, kind }) => `${fileName} (${KIND_WORDS[kind].label.toLowerCase()})`
		);
		const kind = KIND_WORDS[source.kind].label.toLowerCase();
		const problem = `--newer ${source.fileName} (${kind}) is a newer export of none of these: ${known.join(', ')}.`;
		throw new AppError('usage', { problem });
	}
	requireNoDrift(predecessor.old, sample);
	return succeed(source, predecessor.old.source, present);
}
