import { AppError } from '#lib/core/errors.ts';
import { isKept } from '#lib/core/kept-files.ts';

/** What of a dropped file or folder is needed here: the part of `FileSystemEntry` that every browser has. */
export interface DroppedEntry {
	readonly isFile: boolean;
	readonly isDirectory: boolean;
	readonly name: string;
	file?(found: (file: File) => void, failed: (error: DOMException) => void): void;
	createReader?(): {
		/** Gives some entries at a time, and none when there are no more. */
		readEntries(found: (entries: DroppedEntry[]) => void, failed: (error: DOMException) => void): void;
	};
}

/** A handle with which a dropped file or folder can be read again later. */
export type DroppedHandle = FileSystemFileHandle | FileSystemDirectoryHandle;

/** What was dropped. */
export interface Dropped {
	/** Every file, those of folders too; empty when there was none in it. */
	readonly files: File[];
	/** Handles on the files and folders themselves, where the browser gives them. */
	readonly handles: DroppedHandle[];
}

/**
 * Every file that was dropped, folders with all below them. What the system keeps for itself, such as `.DS_Store`, is
 * left out.
 * @throws `import.unreadable-file` for a file or folder that the browser may not read
 */
export async function readDrop(transfer: DataTransfer): Promise<Dropped> {
	// The list is emptied as soon as the event is over: everything is taken from it before the first wait.
	const items = [...transfer.items].filter((item) => item.kind === 'file');
	const entries = items.map((item) => item.webkitGetAsEntry() as DroppedEntry | null);
	const handles = handlesOf(items);
	const files = [...transfer.files];
	if (entries.length === 0 || entries.some((entry) => entry === null)) {
		return { files: files.filter(isKept), handles: await handles };
	}
	return { files: await filesBelow(entries.filter((entry) => entry !== null)), handles: await handles };
}

/** The handles of items; none of an item that cannot be read again, such as a picture dragged from another page. */
async function handlesOf(items: readonly DataTransferItem[]): Promise<DroppedHandle[]> {
	const answers = await Promise.allSettled(items.map((item) => item.getAsFileSystemHandle?.()));
	return answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []));
}

/** The files of entries and of all folders below them, in the order of the folders' names. */
export async function filesBelow(entries: readonly DroppedEntry[]): Promise<File[]> {
	const found: File[] = [];
	for (const entry of entries) {
		if (!isKept(entry)) continue;
		if (entry.isDirectory) found.push(...(await filesBelow(await entriesOf(entry))));
		else if (entry.isFile) found.push(await fileOf(entry));
	}
	return found;
}

async function entriesOf(folder: DroppedEntry): Promise<DroppedEntry[]> {
	const reader = folder.createReader?.();
	const all: DroppedEntry[] = [];
	while (reader) {
		const some = await new Promise<DroppedEntry[]>((resolve, reject) =>
			reader.readEntries(resolve, (error) => reject(unreadable(folder, error)))
		);
		if (some.length === 0) break;
		all.push(...some);
	}
	return all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function fileOf(entry: DroppedEntry): Promise<File> {
	return new Promise((resolve, reject) => {
		if (entry.file) entry.file(resolve, (error) => reject(unreadable(entry, error)));
		else reject(unreadable(entry, new DOMException('It is no file.')));
	});
}

function unreadable({ name }: DroppedEntry, { message }: DOMException): AppError<'import.unreadable-file'> {
	return new AppError('import.unreadable-file', { fileName: name, reason: message });
}
