import { AppError } from '#lib/core/errors.ts';
import {
	BINARY,
	foreignFile,
	foreignText,
	hasMagic,
	isBinary,
	isGzip,
	zipKind,
	type ForeignFile
} from '../file-kind.ts';
import type { Dialect } from '../schema.ts';
import { asUnreadable, readBytes, unwrapped, type NamedBlob } from './bytes.ts';
import { readJsonRecord } from './json-record.ts';
import { UnpackError } from './unpack-error.ts';
import { xlsxSheets } from './xlsx.ts';
import { readZipDirectory } from './zip.ts';

/** What a file is, by its content. */
export interface RecognisedFile {
	readonly format: Dialect['format'];
	readonly compression: Dialect['compression'];
	/** Names of the sheets of a workbook that have rows, visible ones first; empty for every other format. */
	readonly sheets: readonly string[];
	/** It holds files, which `expandArchive` gives; it has no table of its own. */
	readonly isArchive: boolean;
}

const HEAD_BYTES = 2 ** 16;

/**
 * Tells what a file is by what is in it, never by its name.
 * @throws `import.empty`, `import.not-text` for what holds no table, `import.archive` for a zip that cannot be opened,
 * `import.no-table-inside` for a workbook without rows, `import.unreadable-file`
 */
export async function recogniseFile(file: NamedBlob, signal?: AbortSignal): Promise<RecognisedFile> {
	if (file.blob.size === 0) throw new AppError('import.empty', { fileName: file.name });
	const raw = await headOf(file, 'none', signal);
	const compression = isGzip(raw) ? 'gzip' : 'none';
	const head = compression === 'none' ? raw : await headOf(file, compression, signal);
	if (head.length === 0) throw new AppError('import.empty', { fileName: file.name });
	const found = { format: 'text', compression, sheets: [], isArchive: false } as const;
	if (isZip(head)) return { ...found, ...(await recogniseZip(file, compression, signal)) };
	if (hasMagic(head, 'PAR1', 0)) return { ...found, format: 'parquet' };
	refuse(file.name, isGzip(head) ? PACKED_TWICE : foreignFile(head));
	const text = textOf(head);
	if (isRowsOfJson(text, head.length < HEAD_BYTES)) return { ...found, format: 'ndjson' };
	refuse(file.name, foreignText(text) ?? (isBinary(head) && !isUtf16(head) ? BINARY : null));
	return found;
}

const PACKED_TWICE: ForeignFile = {
	found: 'packed twice with gzip',
	hint: 'Unpack it on this computer and choose the file inside.'
};

/** True for the start of a zip archive, be it an empty one or part of a set. */
export function isZip(head: Uint8Array): boolean {
	return ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].some((magic) => hasMagic(head, magic, 0));
}

async function recogniseZip(
	file: NamedBlob,
	compression: Dialect['compression'],
	signal?: AbortSignal
): Promise<Partial<RecognisedFile>> {
	const inner = await unwrapped(file, compression, signal);
	const kind = zipKind(await namesIn(inner));
	if (kind === 'archive') return { isArchive: true };
	if (kind === 'workbook') return { format: 'xlsx', sheets: await xlsxSheets(inner, signal) };
	refuse(file.name, kind);
	return {};
}

async function namesIn({ name, blob }: NamedBlob): Promise<readonly string[]> {
	try {
		return (await readZipDirectory(blob)).map((entry) => entry.name);
	} catch (error) {
		if (!(error instanceof UnpackError)) throw asUnreadable(name, error);
		throw new AppError('import.archive', { fileName: name, reason: error.message }, { cause: error });
	}
}

async function headOf(
	file: NamedBlob,
	compression: Dialect['compression'],
	signal?: AbortSignal
): Promise<Uint8Array> {
	const blob = compression === 'none' ? file.blob.slice(0, HEAD_BYTES) : file.blob;
	const head = new Uint8Array(HEAD_BYTES);
	let length = 0;
	for await (const chunk of readBytes({ name: file.name, blob }, compression, signal)) {
		const taken = chunk.subarray(0, HEAD_BYTES - length);
		head.set(taken, length);
		length += taken.length;
		if (length === HEAD_BYTES) break;
	}
	return head.subarray(0, length);
}

function textOf(head: Uint8Array): string {
	const isMarked = (first: number, second: number) => head[0] === first && head[1] === second;
	const encoding = isMarked(0xff, 0xfe) ? 'utf-16le' : isMarked(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
	return new TextDecoder(encoding).decode(head, { stream: true });
}

/** UTF-16 has zero bytes, but in western text on one side of the pairs alone. */
function isUtf16(head: Uint8Array): boolean {
	const zeros = [0, 0];
	head.forEach((byte, i) => {
		if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
	});
	const [even = 0, odd = 0] = zeros;
	const isMarked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
	return isMarked || Math.max(even, odd) > 8 * Math.min(even, odd) + head.length / 8;
}

/** An object that holds its rows in a list is a document: its rows are not its own. */
const HOLDS_ROWS = /^\{\s*"[^"]*"\s*:\s*\[\s*\{/;

/** True for a list of objects, or objects one per line. */
function isRowsOfJson(head: string, isWhole: boolean): boolean {
	const text = head.trimStart();
	if (/^\[\s*\{/.test(text)) return true;
	if (!text.startsWith('{')) return false;
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	// A line that is longer than the head can only be judged by its start.
	if (lines.length === 1 && !isWhole) return /^\{\s*"/.test(text) && !HOLDS_ROWS.test(text);
	if (!isWhole) lines.pop();
	if (lines.length === 1 && HOLDS_ROWS.test(text)) return false;
	return lines.slice(0, 20).some((line) => readJsonRecord(line, () => true));
}

function refuse(fileName: string, foreign: ForeignFile | null): void {
	if (foreign !== null) throw new AppError('import.not-text', { fileName, ...foreign });
}
