import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '#lib/core/errors.ts';

/**
 * Makes a folder to write to, with the folders above it where they are missing, and gives its path back.
 * @throws `usage` when it is a file, lies below one, or may not be made or written to
 */
export async function makeOutFolder(path: string): Promise<string> {
	try {
		await makeFolder(path);
		await access(path, constants.W_OK);
		return path;
	} catch (error) {
		const problem = `--out ${path} cannot be used: ${reasonOf(error)}.`;
		throw new AppError('usage', { problem }, { cause: error });
	}
}

/**
 * One level at a time: `mkdir` with `recursive` never ends where a folder answers that it does not exist when something is
 * made in it, as /proc does.
 */
async function makeFolder(path: string): Promise<void> {
	const found = await stat(path).catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return null;
		throw error;
	});
	if (found?.isDirectory()) return;
	if (!found) await makeFolder(dirname(path));
	await mkdir(path);
}

function reasonOf(error: unknown): string {
	switch (codeOf(error)) {
		case 'EEXIST':
			return 'it is a file';
		case 'ENOTDIR':
			return 'a part of the path is a file';
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return 'this account may not write there';
		case 'ENOENT':
			return 'no folder can be made there';
		default:
			return error instanceof Error ? error.message : String(error);
	}
}

function codeOf(error: unknown): string | undefined {
	return (error as NodeJS.ErrnoException).code;
}
