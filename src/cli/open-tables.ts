import type { AppError } from '#lib/core/errors.ts';
import { expandArchive } from '#lib/pipeline/import/containers/archive.ts';
import { recogniseFile } from '#lib/pipeline/import/containers/index.ts';
import { inspectTables, type Inspection } from '#lib/pipeline/import/inspect.ts';
import type { OrderFile } from './open-files.ts';
import { RUNNING } from './pipeline.ts';

/** A table in a file on disk, or in an archive there. */
export interface Table {
	readonly file: OrderFile;
	readonly inspection: Inspection;
	/** Its file is a newer export of a list that another file has. */
	readonly isNewer: boolean;
}

/** The files with archives unpacked; what is inside of one has no path of its own. */
export async function unpackFiles(files: readonly OrderFile[]): Promise<OrderFile[]> {
	const found: OrderFile[] = [];
	for (const file of files) {
		const named = { name: file.name, blob: file.file.blob };
		if (!(await recogniseFile(named, RUNNING)).isArchive) {
			found.push(file);
			continue;
		}
		const inside = (await expandArchive(named, RUNNING)).files;
		found.push(...inside.map(({ name, blob }) => ({ name, path: null, file: { blob } })));
	}
	return found;
}

/**
 * Every table of the files, in order. A file of an archive that holds no table is passed over, the others are refused.
 * @throws what looking at a file throws
 */
export async function openTables(files: readonly OrderFile[], isNewer = false): Promise<Table[]> {
	const tables: Table[] = [];
	for (const file of await unpackFiles(files)) {
		const inspections = await inspectTables({ name: file.name, blob: file.file.blob }).catch(
			(error: AppError) => {
				if (file.path === null && error.code === 'import.not-text') return [];
				throw error;
			}
		);
		tables.push(...inspections.map((inspection) => ({ file, inspection, isNewer })));
	}
	return tables;
}
