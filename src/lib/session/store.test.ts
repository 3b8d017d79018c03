import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store, type StoredSession } from './store.ts';

let store: Store;

beforeEach(async () => {
	store = await Store.open('test');
});

afterEach(async () => {
	store.close();
	await Store.destroy('test');
});

function session(id: string, over: Partial<StoredSession> = {}): StoredSession {
	return {
		id,
		format: 1,
		name: `Session ${id}`,
		sequence: 1,
		savedAt: 1,
		history: { past: [], present: { format: 'pomelo-recipe' }, future: [] },
		files: [],
		summary: null,
		selection: null,
		...over
	};
}

describe('Store', () => {
	it('keeps sessions, the one saved last first', async () => {
		await store.save(session('a', { savedAt: 1 }));
		await store.save(session('b', { savedAt: 5 }));
		expect((await store.list()).map((found) => found.id)).toEqual(['b', 'a']);
		expect((await store.load('a')).name).toBe('Session a');
	});

	it('says when a session is not there', async () => {
		await expect(store.load('gone')).rejects.toMatchObject({ code: 'session.not-found' });
	});

	it('gives a file back byte for byte, over several chunks', async () => {
		const bytes = new Uint8Array(17 * 1024 * 1024).map((_, i) => i % 251);
		const file = await store.putFile('s1', 'orders.csv', new Blob([bytes]));
		expect(file.chunkCount).toBe(3);
		const back = new Uint8Array(await (await store.readFile(file)).arrayBuffer());
		expect(back.length).toBe(bytes.length);
		expect(back.every((byte, i) => byte === i % 251)).toBe(true);
	});

	it('notices a missing chunk', async () => {
		const file = await store.putFile('s1', 'orders.csv', new Blob(['abc']));
		await expect(store.readFile({ ...file, chunkCount: 2 })).rejects.toMatchObject({
			code: 'session.damaged'
		});
	});

	it('deletes the bytes with the session, and no others', async () => {
		const mine = await store.putFile('s1', 'mine.csv', new Blob(['mine']));
		const other = await store.putFile('s1', 'other.csv', new Blob(['other']));
		await store.save(session('a', { files: [mine] }));
		await store.save(session('b', { files: [other] }));
		await store.delete('a');
		await expect(store.readFile(mine)).rejects.toMatchObject({ code: 'session.damaged' });
		expect(await (await store.readFile(other)).text()).toBe('other');
		expect((await store.list()).map((found) => found.id)).toEqual(['b']);
	});
});
