import { AppError } from '#lib/core/errors.ts';
import { isKept } from '#lib/core/kept-files.ts';

/** What of a handle on the disk is needed here. OPFS has no permissions to ask for: its files may be read. */
interface Handle {
	readonly name: string;
	queryPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
	requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
	isSameEntry(other: FileSystemHandle): Promise<boolean>;
}

/** A file on the disk: the part of `FileSystemFileHandle` that is used. */
export interface DiskFile extends Handle {
	readonly kind: 'file';
	getFile(): Promise<File>;
}

/** A folder on the disk: the part of `FileSystemDirectoryHandle` that is used. */
export interface DiskFolder extends Handle {
	readonly kind: 'directory';
	values(): AsyncIterable<DiskFile | DiskFolder>;
}

export type DiskHandle = DiskFile | DiskFolder;

/** A file as it was when it was read. `path`: its name, with those of the folders below the remembered one. */
export interface SeenFile {
	readonly path: string;
	readonly sizeBytes: number;
	/** Milliseconds since 1970, as the disk says. */
	readonly modifiedAtMs: number;
}

/** A file or folder that a session comes back to, and what was read of it. */
export interface Remembered {
	readonly handle: DiskHandle;
	readonly seen: readonly SeenFile[];
}

/** A file that is on the disk now. */
export interface DiskEntry {
	readonly path: string;
	readonly file: File;
}

/** The files of a handle, and what of it cannot be read. */
export interface Listing {
	readonly files: readonly DiskEntry[];
	readonly failures: readonly AppError<'session.file-access'>[];
}

/** What programs write while a file is not whole yet. */
const UNFINISHED = /\.(crdownload|crswap|part|partial|download|tmp)$/i;

const REASONS: Readonly<Record<string, string>> = {
	NotFoundError: 'It is no longer where it was.',
	NotAllowedError: 'The browser was not allowed to read it.',
	SecurityError: 'The browser was not allowed to read it.',
	NotReadableError: 'Another program has it open, or it may not be read.'
};

/** True when the browser lets files and folders be remembered. */
export function canRemember(): boolean {
	return 'showOpenFilePicker' in globalThis || 'showDirectoryPicker' in globalThis;
}

/** Lets the user choose files to remember; none when the choice was called off. */
export async function pickFiles(): Promise<readonly DiskHandle[]> {
	return unlessCalledOff(async () => (await window.showOpenFilePicker?.({ multiple: true })) ?? []);
}

/** Lets the user choose a folder to remember; none when the choice was called off. */
export async function pickFolder(): Promise<readonly DiskHandle[]> {
	return unlessCalledOff(async () => {
		const folder = await window.showDirectoryPicker?.({ mode: 'read' });
		return folder ? [folder] : [];
	});
}

async function unlessCalledOff(pick: () => Promise<readonly DiskHandle[]>): Promise<readonly DiskHandle[]> {
	try {
		return await pick();
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return [];
		throw error;
	}
}

/** True when a handle may be read without asking. */
export async function mayRead(handle: DiskHandle): Promise<boolean> {
	return ((await handle.queryPermission?.({ mode: 'read' })) ?? 'granted') === 'granted';
}

/** Asks to read a handle where that has to be asked. To be called in a click, before anything is waited for. */
export async function askToRead(handle: DiskHandle): Promise<boolean> {
	try {
		return ((await handle.requestPermission?.({ mode: 'read' })) ?? 'granted') === 'granted';
	} catch {
		// The click is too long ago, or the page may not ask: the same as a no.
		return false;
	}
}

/**
 * The files of a handle, folders with all below them, in the order of their paths. Only names, sizes and times are looked
 * at, not the content.
 */
export async function listFiles(handle: DiskHandle): Promise<Listing> {
	const files: DiskEntry[] = [];
	const failures: AppError<'session.file-access'>[] = [];
	await walk(handle, handle.kind === 'file' ? handle.name : '', files, failures);
	return { files: files.sort(byPath), failures };
}

async function walk(
	handle: DiskHandle,
	path: string,
	files: DiskEntry[],
	failures: AppError<'session.file-access'>[]
): Promise<void> {
	try {
		if (handle.kind === 'file') {
			files.push({ path, file: await handle.getFile() });
			return;
		}
		for await (const inner of handle.values()) {
			if (!isKept(inner) || UNFINISHED.test(inner.name)) continue;
			await walk(inner, path === '' ? inner.name : `${path}/${inner.name}`, files, failures);
		}
	} catch (error) {
		failures.push(accessFailure(handle.name, error));
	}
}

function byPath(a: DiskEntry, b: DiskEntry): number {
	return a.path.localeCompare(b.path, undefined, { numeric: true });
}

/** A handle that cannot be read, in words. */
export function accessFailure(name: string, error: unknown): AppError<'session.file-access'> {
	const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
	return new AppError('session.file-access', { name, reason: REASONS[kind] ?? message }, { cause: error });
}

/** The refusal of the user or the browser to let a handle be read. */
export function notAllowed(name: string): AppError<'session.file-access'> {
	return accessFailure(name, new DOMException('Refused.', 'NotAllowedError'));
}

/** What the disk says of a file. */
export function seenAs({ path, file }: DiskEntry): SeenFile {
	return { path, sizeBytes: file.size, modifiedAtMs: file.lastModified };
}

/** The files that are new, or of another size or time than when they were read. */
export function changedFiles(files: readonly DiskEntry[], seen: readonly SeenFile[]): DiskEntry[] {
	const known = new Map(seen.map((each) => [each.path, each]));
	return files.filter(({ path, file }) => {
		const before = known.get(path);
		return before?.sizeBytes !== file.size || before.modifiedAtMs !== file.lastModified;
	});
}

/** What was read of a handle when these files have been read too. */
export function withSeen({ handle, seen }: Remembered, files: readonly DiskEntry[]): Remembered {
	const paths = new Set(files.map(({ path }) => path));
	return { handle, seen: [...seen.filter(({ path }) => !paths.has(path)), ...files.map(seenAs)] };
}

/** What storage gave back; entries of another form are dropped. */
export function parseRemembered(value: unknown): Remembered[] {
	if (!Array.isArray(value)) return [];
	return value.filter(isRemembered).map(({ handle, seen }) => ({ handle, seen: seen.filter(isSeen) }));
}

function isRemembered(value: unknown): value is Remembered {
	const { handle, seen } = (value ?? {}) as Partial<Remembered>;
	return (handle?.kind === 'file' || handle?.kind === 'directory') && Array.isArray(seen);
}

function isSeen(value: unknown): value is SeenFile {
	const { path, sizeBytes, modifiedAtMs } = (value ?? {}) as Partial<SeenFile>;
	return typeof path === 'string' && typeof sizeBytes === 'number' && typeof modifiedAtMs === 'number';
}
