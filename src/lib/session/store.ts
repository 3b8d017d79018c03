import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { AppError } from '#lib/core/errors.ts';
import type { SnapshotCustomers } from '#lib/pipeline/segment/changes/schema.ts';

/** What the list of sessions shows, kept beside the recipe so that the list opens without any data. */
export interface SessionSummary {
	readonly customers: number;
	readonly revenue: number | null;
	readonly lastOrder: string | null;
	readonly segments: readonly { readonly name: string; readonly customers: number }[];
}

/** A file that a session keeps: its bytes lie in `chunks` under `key`. */
export interface StoredFile {
	readonly sourceId: string;
	readonly key: string;
	readonly fileName: string;
	readonly sizeBytes: number;
	readonly chunkCount: number;
}

/** A file whose bytes are not on the device yet. */
export interface NewFile {
	readonly sourceId: string;
	readonly fileName: string;
	readonly blob: Blob;
}

/** One saved session. `history` is unknown until `parseRecipe` has read it. */
export interface StoredSession {
	readonly id: string;
	/** The shape of this record. */
	readonly format: 1;
	readonly name: string;
	/** Counts saves, so that order never depends on a clock. */
	readonly sequence: number;
	/** Milliseconds since 1970 of the last save, to show only. */
	readonly savedAt: number;
	readonly history: { readonly past: unknown[]; readonly present: unknown; readonly future: unknown[] };
	readonly files: readonly StoredFile[];
	readonly summary: SessionSummary | null;
	/** What was picked when it was saved; checked by whoever reads it. */
	readonly selection: unknown;
}

/** An import of a session as it was before files were added, without its customers. */
export interface StoredSnapshot {
	/** Counts up within the session: a later snapshot has a greater number. */
	readonly number: number;
	/** Milliseconds since 1970 when it was taken, to show only. */
	readonly takenAt: number;
	/** Unknown until `ImportState` has read it. */
	readonly state: unknown;
}

/** A snapshot that is not on the device yet. */
export interface NewSnapshot extends StoredSnapshot {
	readonly customers: SnapshotCustomers;
}

type SnapshotPart = 'state' | 'customers';

interface Schema extends DBSchema {
	sessions: { key: string; value: StoredSession };
	chunks: { key: [string, number]; value: ArrayBuffer };
	settings: { key: string; value: unknown };
	/** By session, number and part: lists are read without the customers. */
	snapshots: { key: [string, number, SnapshotPart]; value: StoredSnapshot | SnapshotCustomers };
}

/** 1: sessions, chunks, settings. 2: snapshots. */
const VERSION = 2;

/** Chunks stay well under the value sizes that browsers have refused. */
const CHUNK_BYTES = 8 * 1024 * 1024;
const FILES_LOCK = 'pomelo-files';

/**
 * All that is kept on the device. A save is one strict transaction: it is whole or it did not happen.
 * File bytes are immutable chunks, written before the session that names them and removed with it.
 */
export class Store {
	readonly #database: IDBPDatabase<Schema>;

	private constructor(database: IDBPDatabase<Schema>) {
		this.#database = database;
	}

	/** Opens the database, creating it when there is none. @throws `session.storage-failed` */
	static async open(name = 'pomelo'): Promise<Store> {
		return guarded(async () => {
			const database = await openDB<Schema>(name, VERSION, {
				upgrade(opened, version) {
					if (version < 1) {
						opened.createObjectStore('sessions', { keyPath: 'id' });
						opened.createObjectStore('chunks');
						opened.createObjectStore('settings');
					}
					if (version < 2) opened.createObjectStore('snapshots');
				},
				blocking: () => database.close()
			});
			return new Store(database);
		});
	}

	/** The saved sessions, the one saved last first. */
	async list(): Promise<StoredSession[]> {
		const all = await guarded(() => this.#database.getAll('sessions'));
		return all.sort((a, b) => b.savedAt - a.savedAt || b.sequence - a.sequence);
	}

	/** @throws `session.not-found` */
	async load(id: string): Promise<StoredSession> {
		const found = await guarded(() => this.#database.get('sessions', id));
		if (found === undefined) throw new AppError('session.not-found', { id });
		return found;
	}

	/**
	 * Saves a session whole, with the bytes of files that are new to the device; the answer is every file of the session.
	 * The lock is held from the first byte to the record that names it, so that no other tab takes the bytes for orphans.
	 * @throws `session.not-found` when it was saved before and has been deleted since, `session.storage-failed`
	 */
	async save(
		session: Omit<StoredSession, 'files'>,
		stored: readonly StoredFile[],
		fresh: readonly NewFile[]
	): Promise<StoredFile[]> {
		return shared(() =>
			guarded(async () => {
				const copied: StoredFile[] = [];
				for (const file of fresh) copied.push(await this.#copy(file));
				const files = [...stored, ...copied];
				const transaction = this.#database.transaction('sessions', 'readwrite', { durability: 'strict' });
				const before = session.sequence > 1 ? await transaction.store.get(session.id) : session;
				if (before === undefined) throw new AppError('session.not-found', { id: session.id });
				await Promise.all([transaction.store.put({ ...session, files }), transaction.done]);
				return files;
			})
		);
	}

	/** Deletes a session, the bytes of its files and its snapshots in one transaction. */
	async delete(id: string): Promise<void> {
		const session = await this.load(id);
		await guarded(async () => {
			const names = ['sessions', 'chunks', 'snapshots', 'settings'] as const;
			const transaction = this.#database.transaction(names, 'readwrite', { durability: 'strict' });
			const chunks = transaction.objectStore('chunks');
			await Promise.all([
				transaction.objectStore('sessions').delete(id),
				transaction.objectStore('snapshots').delete(snapshotRange(id)),
				transaction.objectStore('settings').delete(`handles:${id}`),
				...session.files.map((file) => chunks.delete(rangeOf(file.key))),
				transaction.done
			]);
		});
	}

	/** The snapshots of a session without their customers, the oldest first. */
	async snapshots(sessionId: string): Promise<StoredSnapshot[]> {
		return guarded(async () => {
			const keys = await this.#database.getAllKeys('snapshots', snapshotRange(sessionId));
			const states = keys.filter(([, , part]) => part === 'state');
			const found = await Promise.all(states.map((key) => this.#database.get('snapshots', key)));
			return found as StoredSnapshot[];
		});
	}

	/** The customers of a snapshot; undefined when another tab has dropped it. */
	async snapshotCustomers(sessionId: string, number: number): Promise<SnapshotCustomers | undefined> {
		const key: Schema['snapshots']['key'] = [sessionId, number, 'customers'];
		return guarded(() => this.#database.get('snapshots', key) as Promise<SnapshotCustomers | undefined>);
	}

	/**
	 * Saves snapshots of a session and deletes others, in one transaction.
	 * @param dropped numbers of those that make room
	 * @throws `session.not-found` when the session has been deleted since
	 */
	async saveSnapshots(
		sessionId: string,
		fresh: readonly NewSnapshot[],
		dropped: readonly number[]
	): Promise<void> {
		await guarded(async () => {
			const transaction = this.#database.transaction(['sessions', 'snapshots'], 'readwrite', {
				durability: 'strict'
			});
			const isThere = (await transaction.objectStore('sessions').getKey(sessionId)) !== undefined;
			if (!isThere) throw new AppError('session.not-found', { id: sessionId });
			const snapshots = transaction.objectStore('snapshots');
			await Promise.all([
				...fresh.flatMap(({ customers, ...state }) => [
					snapshots.put(state, [sessionId, state.number, 'state']),
					snapshots.put(customers, [sessionId, state.number, 'customers'])
				]),
				...dropped.map((number) => snapshots.delete(snapshotRange(sessionId, number))),
				transaction.done
			]);
		});
	}

	/** Copies a file onto the device, chunk by chunk. */
	async #copy({ sourceId, fileName, blob }: NewFile): Promise<StoredFile> {
		const key = crypto.randomUUID();
		let chunkCount = 0;
		for (let start = 0; start < blob.size; start += CHUNK_BYTES) {
			const bytes = await blob.slice(start, start + CHUNK_BYTES).arrayBuffer();
			await this.#database.put('chunks', bytes, [key, chunkCount]);
			chunkCount += 1;
		}
		return { sourceId, key, fileName, sizeBytes: blob.size, chunkCount };
	}

	/** The bytes of a stored file. @throws `session.damaged` when a chunk is missing or short */
	async readFile(file: StoredFile): Promise<Blob> {
		const parts = await guarded(() => this.#database.getAll('chunks', rangeOf(file.key)));
		const blob = new Blob(parts);
		if (parts.length !== file.chunkCount || blob.size !== file.sizeBytes) {
			const reason = `Found ${blob.size} of ${file.sizeBytes} bytes of ${file.fileName}.`;
			throw new AppError('session.damaged', { id: file.key, reason });
		}
		return blob;
	}

	/** Removes bytes that no session names, left by a tab that was closed while it copied a file. */
	async removeOrphans(): Promise<number> {
		return exclusive(async () => {
			const sessions = await this.#database.getAll('sessions');
			const named = new Set(sessions.flatMap((session) => session.files.map((file) => file.key)));
			const keys = await this.#database.getAllKeys('chunks');
			const orphans = new Set(keys.map(([key]) => key).filter((key) => !named.has(key)));
			for (const key of orphans) await this.#database.delete('chunks', rangeOf(key));
			return orphans.size;
		});
	}

	async setting(key: string): Promise<unknown> {
		return guarded(() => this.#database.get('settings', key));
	}

	async saveSetting(key: string, value: unknown): Promise<void> {
		await guarded(() => this.#database.put('settings', value, key));
	}

	close(): void {
		this.#database.close();
	}

	/** Deletes the whole database. */
	static async destroy(name = 'pomelo'): Promise<void> {
		await guarded(() => deleteDB(name));
	}
}

function rangeOf(key: string): IDBKeyRange {
	return IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER]);
}

/** The keys of one snapshot, or of all of a session: an array sorts after every text and number. */
function snapshotRange(sessionId: string, number?: number): IDBKeyRange {
	const start = number === undefined ? [sessionId] : [sessionId, number];
	return IDBKeyRange.bound(start, [...start, []]);
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof AppError) throw error;
		const reason =
			error instanceof DOMException && error.name === 'QuotaExceededError'
				? 'The storage of this browser is full.'
				: `The browser refused to store it (${error instanceof Error ? error.message : String(error)}).`;
		throw new AppError('session.storage-failed', { reason }, { cause: error });
	}
}

/** Writers of files share a lock; the sweep for orphans waits for none and runs only when nobody writes. */
async function shared<Result>(work: () => Promise<Result>): Promise<Result> {
	const locks = lockManager();
	return locks === undefined ? work() : locks.request(FILES_LOCK, { mode: 'shared' }, work);
}

/** Without a lock manager nobody can know whether another tab writes, so nothing is removed. */
async function exclusive(work: () => Promise<number>): Promise<number> {
	const locks = lockManager();
	if (locks === undefined) return 0;
	return locks.request(FILES_LOCK, { ifAvailable: true }, (lock) => (lock === null ? 0 : work()));
}

function lockManager(): LockManager | undefined {
	return globalThis.navigator?.locks;
}
