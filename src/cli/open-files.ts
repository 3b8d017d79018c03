import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { EngineFile } from '#lib/engine/engine.ts';

/** A file on disk. `name` is the file's name without folders. */
export interface OrderFile {
	readonly name: string;
	/** Null for a file inside an archive. */
	readonly path: string | null;
	readonly file: EngineFile;
}

/**
 * Opens order files without reading them into memory. Relative paths start at `folder`.
 * @throws `import.unreadable-file` for a path that is missing, a folder, or may not be read; `usage` for one named twice
 */
export async function openFiles(paths: readonly string[], folder: string): Promise<OrderFile[]> {
	const absolute = paths.map((path) => resolve(folder, path));
	const twice = absolute.find((path, i) => absolute.indexOf(path) !== i);
	if (twice !== undefined) throw new AppError('usage', { problem: `${twice} is named twice.` });
	return Promise.all(absolute.map(openFile));
}

async function openFile(path: string): Promise<OrderFile> {
	const name = basename(path);
	try {
		const found = await stat(path);
		if (found.isDirectory()) throw unreadable(path, 'It is a folder; a file is needed.');
		if (!found.isFile()) throw unreadable(path, 'It is not a regular file.');
		return { name, path, file: { blob: await openAsBlob(path), path } };
	} catch (error) {
		throw error instanceof AppError ? error : unreadable(path, reasonOf(error), error);
	}
}

/** Why a path cannot be opened, in words. */
export function reasonOf(error: unknown): string {
	switch ((error as NodeJS.ErrnoException).code) {
		case 'ENOENT':
			return 'There is no such file: check the path.';
		case 'EACCES':
		case 'EPERM':
		case 'ERR_INVALID_ARG_VALUE':
			return 'This account may not open it.';
		case 'ENOTDIR':
			return 'A part of the path is a file; a folder is needed there.';
		case 'EISDIR':
			return 'It is a folder; a file is needed.';
		default:
			return error instanceof Error ? error.message : String(error);
	}
}

function unreadable(fileName: string, reason: string, cause?: unknown): AppError<'import.unreadable-file'> {
	return new AppError('import.unreadable-file', { fileName, reason }, { cause });
}
