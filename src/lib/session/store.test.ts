import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store, type NewSnapshot, type StoredFile } from './store.ts';

let store: Store;

beforeEach(async () => {
	store = await Store.open('test');
});

afterEach(async () => {
	store.close();
	await Store.destroy('test');
});

type Head = Parameters<Store['save']>[0];

function session(id: string, over: Partial<Head> = {}): Head {
	return {
		id,
		format: 1,
		name: `Session ${id}`,
		sequence: 1,
		savedAt: 1,
		history: { past: [], present: { format: 'pomelo-recipe' }, future: [] },
		summary: null,
		selection: null,
		...over
	};
}

/** Saves a session with one file and gives the stored file. */
async function saveWith(id: string, fileName: string, blob: Blob): Promise<StoredFile> {
	const [file] = await store.save(session(id), [], [{ sourceId: 's1', fileName, blob }]);
	if (!file) throw new Error('no file was stored');
	return file;
}

describe('Store', () => {
	it('keeps sessions, the one saved last first', async () => {
		await store.save(session('a', { savedAt: 1 }), [], []);
		await store.save(session('b', { savedAt: 5 }), [], []);
		expect((await store.list()).map((found) => found.id)).toEqual(['b', 'a']);
		expect((await store.load('a')).name).toBe('Session a');
	});

	it('says when a session is not there', async () => {
		await expect(store.load('gone')).rejects.toMatchObject({ code: 'session.not-found' });
	});

	it('gives a file back byte for byte, over several chunks', async () => {
		const bytes = new Uint8Array(17 * 1024 * 1024).map((_, i) => i % 251);
		const file = await saveWith('a', 'orders.csv', new Blob([bytes]));
		expect(file.chunkCount).toBe(3);
		const back = new Uint8Array(await (await store.readFile(file)).arrayBuffer());
		expect(back.length).toBe(bytes.length);
		expect(back.every((byte, i) => byte === i % 251)).toBe(true);
	});

	it('notices a missing chunk', async () => {
		const file = await saveWith('a', 'orders.csv', new Blob(['abc']));
		await expect(store.readFile({ ...file, chunkCount: 2 })).rejects.toMatchObject({
			code: 'session.damaged'
		});
	});

	it('deletes the bytes with the session, and no others', async () => {
		const mine = await saveWith('a', 'mine.csv', new Blob(['mine']));
		const other = await saveWith('b', 'other.csv', new Blob(['other']));
		await store.delete('a');
		await expect(store.readFile(mine)).rejects.toMatchObject({ code: 'session.damaged' });
		expect(await (await store.readFile(other)).text()).toBe('other');
		expect((await store.list()).map((found) => found.id)).toEqual(['b']);
	});

	it('does not bring back a session that was deleted since its last save', async () => {
		await store.save(session('a'), [], []);
		await store.delete('a');
		const again = store.save(session('a', { sequence: 2 }), [], []);
		await expect(again).rejects.toMatchObject({ code: 'session.not-found' });
		expect(await store.list()).toEqual([]);
	});
});

function snapshot(number: number): NewSnapshot {
	return {
		number,
		takenAt: 1_000 + number,
		state: { customers: 2 },
		customers: {
			customerIds: ['a', `b${number}`],
			orders: Float64Array.of(1, 2),
			revenue: Float64Array.of(3.5, NaN),
			group: Int32Array.of(0, 9),
			segment: null
		}
	};
}

describe('snapshots', () => {
	it('are kept in order, their customers apart, and the oldest go', async () => {
		await store.save(session('a'), [], []);
		for (const number of [9, 10, 11]) await store.saveSnapshots('a', [snapshot(number)], []);
		await store.saveSnapshots('a', [snapshot(12)], [9, 10]);
		expect(await store.snapshots('a')).toEqual([
			{ number: 11, takenAt: 1_011, state: { customers: 2 } },
			{ number: 12, takenAt: 1_012, state: { customers: 2 } }
		]);
		expect(await store.snapshotCustomers('a', 12)).toEqual(snapshot(12).customers);
		expect(await store.snapshotCustomers('a', 9)).toBeUndefined();
	});

	it('go with their session, and no others', async () => {
		for (const id of ['a', 'aa']) {
			await store.save(session(id), [], []);
			await store.saveSnapshots(id, [snapshot(1)], []);
		}
		await store.delete('a');
		expect(await store.snapshots('a')).toEqual([]);
		expect(await store.snapshots('aa')).toHaveLength(1);
		expect(await store.snapshotCustomers('aa', 1)).toBeDefined();
	});

	it('are not saved for a session that was deleted', async () => {
		const saved = store.saveSnapshots('gone', [snapshot(1)], []);
		await expect(saved).rejects.toMatchObject({ code: 'session.not-found' });
		expect(await store.snapshots('gone')).toEqual([]);
	});
});

it('opens a database of version 1 with all that it has', async () => {
	const old = await openDB('old', 1, {
		upgrade(database) {
			database.createObjectStore('sessions', { keyPath: 'id' });
			database.createObjectStore('chunks');
			database.createObjectStore('settings');
		}
	});
	const file = { sourceId: 's1', key: 'k', fileName: 'a.csv', sizeBytes: 3, chunkCount: 1 };
	await old.put('sessions', { ...session('a'), files: [file] });
	await old.put('chunks', new TextEncoder().encode('abc').buffer, ['k', 0]);
	await old.put('settings', { known: true }, 'layouts');
	old.close();

	const opened = await Store.open('old');
	expect((await opened.load('a')).files).toEqual([file]);
	expect(await (await opened.readFile(file)).text()).toBe('abc');
	expect(await opened.setting('layouts')).toEqual({ known: true });
	await opened.saveSnapshots('a', [snapshot(1)], []);
	expect(await opened.snapshots('a')).toHaveLength(1);
	opened.close();
	await Store.destroy('old');
});
