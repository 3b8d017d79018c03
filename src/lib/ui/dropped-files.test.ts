import { describe, expect, it } from 'vitest';
import { filesBelow, isKept, type DroppedEntry } from './dropped-files.ts';

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
