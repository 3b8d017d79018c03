import { AppError, isAbort } from '#lib/core/errors.ts';
import { throwIfAborted, type OnProgress } from '#lib/core/progress.ts';
import { foreignFile, isGzip } from '../file-kind.ts';
import { checkUnpacked, collectBlob, reasonOf, unwrapped, type Bytes, type NamedBlob } from './bytes.ts';
import { isZip, recogniseFile } from './recognise.ts';
import { TOO_BIG, UnpackError } from './unpack-error.ts';
import { readZipDirectory, unpackEntry, type ZipEntry } from './zip.ts';

/** The tables of an archive as files of their own, and what was left out of it and why. */
export interface ExpandedArchive {
	readonly files: readonly NamedBlob[];
	readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** More files than any export has. */
const MAX_ENTRIES = 200;

/** Folders and files that systems add of their own accord. */
const SYSTEM_FILE = /(^|\/)(__MACOSX(\/|$)|\.(?!\.?(\/|$))|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Unpacks the tables of a zip archive. Files that are no tables, locked files and archives in the archive are left out
 * with a reason; what systems add (`__MACOSX`, `.DS_Store`) is left out silently. At most 200 files, 2 GB in all, and
 * 200 times the size of the archive: declared sizes are never trusted.
 * @throws `import.archive` when the archive is damaged, locked, or unpacks to too much; `import.no-table-inside`
 */
export async function expandArchive(
	file: NamedBlob,
	signal?: AbortSignal,
	onProgress?: OnProgress
): Promise<ExpandedArchive> {
	try {
		const first = new Uint8Array(await file.blob.slice(0, 4).arrayBuffer());
		const { blob } = await unwrapped(file, isGzip(first) ? 'gzip' : 'none', signal);
		const entries = (await readZipDirectory(blob)).filter(isWanted);
		const expanded = await unpackAll(blob, entries, { signal, onProgress });
		if (expanded.files.length > 0) return expanded;
		checkNotLocked(entries);
		const found = expanded.skipped.map(({ name, reason }) => `${name} (${reason})`);
		throw new AppError('import.no-table-inside', { fileName: file.name, entries: found });
	} catch (error) {
		if (error instanceof AppError || isAbort(error)) throw error;
		throw new AppError('import.archive', { fileName: file.name, reason: reasonOf(error) }, { cause: error });
	}
}

function isWanted({ name, isFolder }: ZipEntry): boolean {
	return !isFolder && !SYSTEM_FILE.test(name.replaceAll('\\', '/'));
}

function checkNotLocked(entries: readonly ZipEntry[]): void {
	if (entries.some(({ isEncrypted }) => isEncrypted)) throw new UnpackError('It is locked with a password.');
}

async function unpackAll(
	blob: Blob,
	entries: readonly ZipEntry[],
	{ signal, onProgress }: { signal: AbortSignal | undefined; onProgress: OnProgress | undefined }
): Promise<ExpandedArchive> {
	if (entries.length > MAX_ENTRIES) {
		throw new UnpackError(`It holds ${entries.length} files; the limit is ${MAX_ENTRIES}.`);
	}
	const names = fileNames(entries);
	const files: NamedBlob[] = [];
	const skipped: { name: string; reason: string }[] = [];
	let total = 0;
	const count = (bytes: number) => {
		throwIfAborted(signal);
		total += bytes;
		checkUnpacked(total, blob.size);
	};
	for (const [i, entry] of entries.entries()) {
		const name = names[i] ?? entry.name;
		onProgress?.({ what: `Unpacking ${name}`, share: i / entries.length });
		const unpacked = await unpackTable(blob, entry, count, signal);
		if (typeof unpacked === 'string') skipped.push({ name, reason: unpacked });
		else files.push({ name, blob: unpacked });
	}
	return { files, skipped };
}

/** A file of the archive, or the reason why it is left out. */
async function unpackTable(
	blob: Blob,
	entry: ZipEntry,
	count: (bytes: number) => void,
	signal?: AbortSignal
): Promise<Blob | string> {
	if (entry.isEncrypted) return 'locked with a password';
	try {
		const unpacked = await collectBlob(counted(unpackEntry(blob, entry), count));
		const { isArchive } = await recogniseFile({ name: entry.name, blob: unpacked }, signal);
		return isArchive ? 'an archive in the archive' : unpacked;
	} catch (error) {
		if (error instanceof ForeignEntry) return error.message;
		if (error instanceof UnpackError && error.message === TOO_BIG) throw error;
		if (isAbort(error)) throw error;
		return error instanceof AppError ? skipReason(error) : lowerFirst(reasonOf(error));
	}
}

/** Ends the unpacking of a file as soon as its first bytes show that it is no table. */
class ForeignEntry extends Error {}

async function* counted(chunks: AsyncIterable<Bytes>, count: (bytes: number) => void): AsyncGenerator<Bytes> {
	let isFirst = true;
	for await (const chunk of chunks) {
		const foreign = isFirst && !isZip(chunk) ? foreignFile(chunk.subarray(0, 2 ** 16)) : null;
		if (foreign !== null) throw new ForeignEntry(foreign.found);
		isFirst = false;
		count(chunk.length);
		yield chunk;
	}
}

function skipReason(error: AppError): string {
	const { code, details }: { code: string; details: object } = error;
	if (code === 'import.empty') return 'empty';
	if (code === 'import.no-table-inside') return 'no rows in it';
	if ('found' in details) return String(details.found);
	return 'reason' in details ? lowerFirst(String(details.reason)) : 'cannot be read';
}

/** A sentence as it stands in brackets. */
function lowerFirst(sentence: string): string {
	return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

/** Names without folders where that keeps them apart. They never lead anywhere: no roots, no steps upwards. */
function fileNames(entries: readonly ZipEntry[]): readonly string[] {
	const paths = entries.map(({ name }) => safePath(name));
	const lastParts = paths.map((path) => path.split('/').at(-1) ?? path);
	const seen = new Map<string, number>();
	return paths.map((path, i) => {
		const last = lastParts[i] ?? path;
		const isAlone = lastParts.filter((other) => other.toLowerCase() === last.toLowerCase()).length === 1;
		const name = isAlone ? last : path;
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		return count === 1 ? name : `${name} (${count})`;
	});
}

function safePath(name: string): string {
	const parts = name.replaceAll('\\', '/').split('/');
	const safe = parts.filter(
		(part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part)
	);
	return safe.join('/').replace(/[\u0000-\u001f\u007f]/g, '') || 'file';
}
