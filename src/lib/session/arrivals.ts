import { notice, toAppError, type AppError, type Notice } from '#lib/core/errors.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import type { NamedBlob } from '#lib/pipeline/import/byte-source.ts';
import { expandArchive } from '#lib/pipeline/import/containers/archive.ts';
import { recogniseFile } from '#lib/pipeline/import/containers/index.ts';
import { inspectTables, type Inspection } from '#lib/pipeline/import/inspect.ts';
import type { FoundSource } from '#lib/pipeline/import/schema.ts';
import { withheldCopy } from '#lib/pipeline/import/withhold.ts';

/** What work on arriving files needs. */
export interface ArrivalContext {
	readonly signal: AbortSignal;
	readonly onProgress: OnProgress;
}

/** The files themselves, what was left out of archives, and files that cannot be opened. */
export interface Unpacked {
	readonly files: readonly NamedBlob[];
	readonly notices: readonly Notice[];
	readonly failures: readonly AppError[];
}

/** A table that may become a source. */
export interface Arrival {
	readonly source: FoundSource;
	readonly inspection: Inspection;
	/** The bytes that are kept: without what must not be. */
	readonly blob: Blob;
}

/** Unpacks the archives among the files. One that cannot be opened is named, and the others go on. */
export async function unpackAll(files: readonly NamedBlob[], context: ArrivalContext): Promise<Unpacked> {
	const { signal, onProgress } = context;
	const found: NamedBlob[] = [];
	const notices: Notice[] = [];
	const failures: AppError[] = [];
	for (const file of files) {
		try {
			if (!(await recogniseFile(file, signal)).isArchive) {
				found.push(file);
				continue;
			}
			const { files: inside, skipped } = await expandArchive(file, signal, onProgress);
			found.push(...inside);
			if (skipped.length > 0) {
				notices.push(notice('import.entries-skipped', { fileName: file.name, entries: skipped }));
			}
		} catch (error) {
			signal.throwIfAborted();
			failures.push(toAppError(error));
		}
	}
	return { files: found, notices, failures };
}

/** Looks at a file and answers its tables, each with the bytes that may be kept. Throws what `inspectTables` throws. */
export async function arrive(file: NamedBlob, context: ArrivalContext): Promise<readonly Arrival[]> {
	const inspections = await inspectTables(file, context);
	const arrivals: Arrival[] = [];
	for (const inspection of inspections) arrivals.push(await keepable(file, inspection, context));
	return arrivals;
}

async function keepable(
	file: NamedBlob,
	inspection: Inspection,
	{ signal, onProgress }: ArrivalContext
): Promise<Arrival> {
	const { source } = inspection;
	if (source.withheld.length === 0) return { source, inspection, blob: file.blob };
	onProgress({ what: `Taking out what is not kept of ${file.name}`, share: null });
	const { blob, dialect } = await withheldCopy(file, source, signal);
	return { source: { ...source, dialect }, inspection, blob };
}
