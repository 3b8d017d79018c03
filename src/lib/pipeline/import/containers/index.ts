import type { Dialect } from '../schema.ts';
import type { Bytes, NamedBlob } from './bytes.ts';
import { ndjsonCsv } from './ndjson.ts';
import { xlsxCsv } from './xlsx.ts';

export { expandArchive, type ExpandedArchive } from './archive.ts';
export { recogniseFile, type RecognisedFile } from './recognise.ts';

/** A format that becomes CSV on the way in. */
export interface Container {
	readonly format: Exclude<Dialect['format'], 'text'>;
	/**
	 * The table as CSV: UTF-8, commas, line feeds (RFC 4180), the column names first. The file is not compressed;
	 * `sheet` names one of several tables where the format has them, null the first.
	 */
	readonly csv: (file: NamedBlob, sheet: string | null, signal?: AbortSignal) => AsyncGenerator<Bytes>;
}

const CONTAINERS: readonly Container[] = [
	{ format: 'xlsx', csv: xlsxCsv },
	{
		format: 'parquet',
		async *csv(file, sheet, signal) {
			const { parquetCsv } = await import('./parquet.ts');
			yield* parquetCsv(file, sheet, signal);
		}
	},
	{ format: 'ndjson', csv: ndjsonCsv }
];

/** The reader of a format. */
export function containerOf(format: Container['format']): Container {
	const container = CONTAINERS.find((listed) => listed.format === format);
	if (container === undefined) throw new Error(`no reader for ${format}`);
	return container;
}

/**
 * Fetches the readers that are no part of the page at first. Done before files are let in, no file has to wait for the
 * network, and none is needed any more.
 */
export async function loadContainers(): Promise<void> {
	await import('./parquet.ts');
}
