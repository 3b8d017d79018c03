import { AppError, isAbort, toAppError, type Notice } from '#lib/core/errors.ts';
import type { EngineFile } from '#lib/engine/engine.ts';
import type { NamedBlob } from '#lib/pipeline/import/byte-source.ts';
import { inspectFile, type FixedDialect, type Inspection } from '#lib/pipeline/import/inspect.ts';
import type { FoundSource, SourceParams } from '#lib/pipeline/import/schema.ts';
import { arrive, type ArrivalContext } from './arrivals.ts';

/** A file the session holds: where its bytes are now. */
export interface SessionFile {
	readonly sourceId: string;
	readonly fileName: string;
	readonly blob: Blob;
}

/** A table with the id it will have as a source. */
export type NewSource = FoundSource & { readonly id: string };

/** New tables, and the files that could not become any. */
export interface Added {
	readonly sources: readonly NewSource[];
	readonly failures: readonly AppError[];
}

const COMPARED_BYTES = 2 ** 20;

/** The files behind the sources of a session, and what they were found to be. */
export class SourceFiles {
	readonly files = new Map<string, SessionFile>();

	/** `copyOf`: the bytes of a file that are on the device; null while there are none. */
	constructor(readonly copyOf: (sourceId: string) => Promise<Blob | null>) {}

	inspections = $state.raw<ReadonlyMap<string, Inspection>>(new Map());
	/** What was left out of archives. */
	archiveNotices = $state.raw<readonly Notice[]>([]);

	/** What was noticed about the files of these sources. */
	noticesOf(sources: readonly SourceParams[]): readonly Notice[] {
		return [...this.archiveNotices, ...sources.flatMap(({ id }) => this.inspections.get(id)?.notices ?? [])];
	}

	readonly fileOf = async (source: Pick<SourceParams, 'id' | 'fileName'>): Promise<EngineFile> => {
		const file = this.files.get(source.id);
		if (!file) {
			throw new AppError('import.unreadable-file', {
				fileName: source.fileName,
				reason: 'Its bytes are not in this session.'
			});
		}
		return { blob: await this.#bytesOf(file) };
	};

	/** The bytes of a file as they were read: those on the device when the file on the disk has changed since. */
	async #bytesOf(file: SessionFile): Promise<Blob> {
		if (await isReadable(file.blob)) return file.blob;
		const blob = await this.copyOf(file.sourceId);
		if (blob === null) return file.blob;
		this.files.set(file.sourceId, { ...file, blob });
		return blob;
	}

	/** Looks at files and keeps the bytes of every table in them. `present`: ids of the sources the session has. */
	async add(
		files: readonly NamedBlob[],
		present: ReadonlySet<string>,
		newId: () => string,
		context: ArrivalContext
	): Promise<Added> {
		const sources: NewSource[] = [];
		const failures: AppError[] = [];
		for (const file of files) {
			const known = new Set([...present, ...sources.map(({ id }) => id)]);
			const old = [...this.files.values()].filter(({ sourceId }) => known.has(sourceId));
			try {
				sources.push(...(await this.#addFile(file, old, newId, context)));
			} catch (error) {
				if (isAbort(error)) throw error;
				failures.push(toAppError(error));
			}
		}
		return { sources, failures };
	}

	async #addFile(
		file: NamedBlob,
		old: readonly SessionFile[],
		newId: () => string,
		context: ArrivalContext
	): Promise<NewSource[]> {
		const arrivals = await arrive(file, context);
		for (const { source, blob } of arrivals) await this.#refuseCopy(source.fileName, blob, old);
		return arrivals.map(({ source, inspection, blob }) => {
			const id = newId();
			this.files.set(id, { sourceId: id, fileName: source.fileName, blob });
			this.inspections = new Map(this.inspections).set(id, inspection);
			return { id, ...source };
		});
	}

	/** Throws when the session has a file of that content, whatever its name. */
	async #refuseCopy(fileName: string, blob: Blob, old: readonly SessionFile[]): Promise<void> {
		for (const file of old) {
			if (file.blob.size === blob.size && (await sameBytes(await this.#bytesOf(file), blob)))
				throw new AppError('import.same-file', { fileName });
		}
	}

	/** Forgets files that became no source after all. */
	forget(ids: readonly string[]): void {
		for (const id of ids) this.files.delete(id);
	}

	/** Looks at the file of a source again, with what the user has set. */
	async lookAgain(source: SourceParams, fixed: FixedDialect): Promise<Inspection> {
		const { blob } = await this.fileOf(source);
		const inspection = await inspectFile({ name: source.fileName, blob }, { fixed });
		this.inspections = new Map(this.inspections).set(source.id, inspection);
		return inspection;
	}

	/** Looks at the files again after a reload, for the mapper's sample values. */
	async inspectAgain(sources: readonly SourceParams[]): Promise<void> {
		for (const source of sources) {
			if (!this.inspections.has(source.id)) await this.lookAgain(source, source.dialect);
		}
	}
}

/** False for a file on the disk that was written, moved or deleted after it was chosen: its old bytes are gone. */
async function isReadable(blob: Blob): Promise<boolean> {
	try {
		await blob.slice(0, 1).arrayBuffer();
		return true;
	} catch {
		return false;
	}
}

/** True when two files of one size hold the same bytes. */
async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
	for (let start = 0; start < a.size; start += COMPARED_BYTES) {
		const [x, y] = await Promise.all(
			[a, b].map(
				async (blob) => new Uint8Array(await blob.slice(start, start + COMPARED_BYTES).arrayBuffer())
			)
		);
		if (x?.some((byte, i) => byte !== y?.[i])) return false;
	}
	return true;
}
