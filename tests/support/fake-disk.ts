import type { DiskFile, DiskFolder, DiskHandle } from '../../src/lib/session/file-handles.ts';

/** A file of a made-up disk, which a test writes and deletes. */
export class FakeFile implements DiskFile {
	readonly kind = 'file';
	permission: PermissionState = 'granted';
	/** What the user says when asked. */
	answer: PermissionState = 'granted';
	isGone = false;
	#writes = 1;

	constructor(
		readonly name: string,
		public text: string
	) {}

	/** Writes the file, whether the text is another or not. */
	write(text: string): void {
		this.text = text;
		this.#writes += 1;
	}

	async getFile(): Promise<File> {
		if (this.permission !== 'granted') throw new DOMException('Refused.', 'NotAllowedError');
		if (this.isGone) throw new DOMException('Gone.', 'NotFoundError');
		return new File([this.text], this.name, { lastModified: this.#writes * 1000 });
	}

	async queryPermission(): Promise<PermissionState> {
		return this.permission;
	}

	async requestPermission(): Promise<PermissionState> {
		if (this.permission === 'prompt') this.permission = this.answer;
		return this.permission;
	}

	async isSameEntry(other: object): Promise<boolean> {
		return this === other;
	}
}

/** A folder of a made-up disk. Like those of OPFS it has no permissions. */
export class FakeFolder implements DiskFolder {
	readonly kind = 'directory';
	isGone = false;

	constructor(
		readonly name: string,
		readonly inside: DiskHandle[]
	) {}

	async *values(): AsyncIterable<DiskFile | DiskFolder> {
		if (this.isGone) throw new DOMException('Gone.', 'NotFoundError');
		yield* this.inside;
	}

	async isSameEntry(other: object): Promise<boolean> {
		return this === other;
	}
}
