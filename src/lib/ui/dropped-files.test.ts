import { describe, expect, it } from 'vitest';
import { isKept } from '#lib/core/kept-files.ts';
import { filesBelow, readDrop, type DroppedEntry } from './dropped-files.ts';

const file = (name: string): DroppedEntry => ({
	isFile: true,
	isDirectory: false,
	name,
	file: (found) => found(new File(['a'], name))
});

/** A folder whose reader gives two entries at a time, as browsers give a hundred. */
const folder = (name: string, entries: readonly DroppedEntry[]): DroppedEntry => ({
	isFile: false,
	isDirectory: true,
	name,
	createReader: () => {
		let at = 0;
		return {
			readEntries: (found) => {
				found(entries.slice(at, at + 2));
				at += 2;
			}
		};
	}
});

describe('filesBelow', () => {
	it('walks folders to the end, in the order of their names', async () => {
		const dropped = [
			folder('exports', [
				file('orders-10.csv'),
				file('orders-2.csv'),
				folder('2024', [file('a.csv'), file('b.csv'), file('c.csv')])
			]),
			file('customers.csv')
		];
		expect((await filesBelow(dropped)).map(({ name }) => name)).toEqual([
			'a.csv',
			'b.csv',
			'c.csv',
			'orders-2.csv',
			'orders-10.csv',
			'customers.csv'
		]);
	});

	it('leaves out what the system put there', async () => {
		const dropped = [folder('exports', [file('.DS_Store'), file('~$orders.xlsx'), file('orders.xlsx')])];
		expect((await filesBelow(dropped)).map(({ name }) => name)).toEqual(['orders.xlsx']);
		expect(isKept({ name: '__MACOSX' })).toBe(false);
	});

	it('is empty for an empty folder', async () => {
		expect(await filesBelow([folder('nothing', [])])).toEqual([]);
	});

	it('names the file that the browser may not read', async () => {
		const locked: DroppedEntry = {
			...file('locked.csv'),
			file: (_, failed) => failed(new DOMException('No permission.'))
		};
		await expect(filesBelow([file('a.csv'), locked])).rejects.toMatchObject({
			code: 'import.unreadable-file',
			details: { fileName: 'locked.csv', reason: 'No permission.' }
		});
	});
});

/** A drop of entries, each with what the browser answers when it is asked for a handle. */
function drop(...dropped: readonly (readonly [DroppedEntry | null, () => Promise<unknown>])[]): DataTransfer {
	const items = dropped.map(([entry, getAsFileSystemHandle]) => ({
		kind: 'file',
		webkitGetAsEntry: () => entry,
		getAsFileSystemHandle
	}));
	const files = dropped.map((_, i) => new File(['a'], `plain-${i}.csv`));
	return { items, files } as unknown as DataTransfer;
}

describe('readDrop', () => {
	const handle = { kind: 'file', name: 'a.csv' };

	it('gives handles beside the files, where there are any', async () => {
		const transfer = drop(
			[file('a.csv'), async () => handle],
			[file('b.csv'), async () => null],
			[file('c.csv'), async () => Promise.reject(new DOMException('No.', 'NotAllowedError'))]
		);
		const { files, handles } = await readDrop(transfer);
		expect(files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv', 'c.csv']);
		expect(handles).toEqual([handle]);
	});

	it('takes the plain files where there are no entries', async () => {
		const { files, handles } = await readDrop(drop([null, async () => undefined]));
		expect(files.map(({ name }) => name)).toEqual(['plain-0.csv']);
		expect(handles).toEqual([]);
	});
});
