import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { makeOutFolder } from './out-folder.ts';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'out-'));
	await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function problemOf(path: string): Promise<string> {
	try {
		await makeOutFolder(path);
	} catch (error) {
		if (error instanceof AppError && error.code === 'usage')
			return (error as AppError<'usage'>).details.problem;
		throw error;
	}
	throw new Error('the folder was made');
}

describe('makeOutFolder', () => {
	it('makes the folders that are missing, and takes one that is there', async () => {
		const path = join(folder, 'a', 'b');
		expect(await makeOutFolder(path)).toBe(path);
		expect(await makeOutFolder(path)).toBe(path);
		expect((await stat(path)).isDirectory()).toBe(true);
	});

	it('refuses a file and what lies below one', async () => {
		expect(await problemOf(join(folder, 'file'))).toMatch(/^--out .*file cannot be used: it is a file\.$/);
		expect(await problemOf(join(folder, 'file', 'x'))).toContain('a part of the path is a file');
	});

	it.runIf(existsSync('/proc/self'))('ends where no folder can be made', async () => {
		expect(await problemOf('/proc/x')).toMatch(/^--out \/proc\/x cannot be used: .+\.$/);
		expect(await problemOf('/proc/x/y')).toContain('cannot be used');
	});
});
