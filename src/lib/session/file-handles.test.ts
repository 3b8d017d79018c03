import { describe, expect, it, vi } from 'vitest';
import { FakeFile, FakeFolder } from '../../../tests/support/fake-disk.ts';
import {
	askToRead,
	changedFiles,
	listFiles,
	mayRead,
	parseRemembered,
	pickFiles,
	pickFolder,
	seenAs,
	withSeen
} from './file-handles.ts';

const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe('listFiles', () => {
	it('walks folders, and leaves out what systems and unfinished downloads leave there', async () => {
		const folder = new FakeFolder('exports', [
			new FakeFile('orders-10.csv', 'a'),
			new FakeFile('orders-2.csv', 'b'),
			new FakeFile('.DS_Store', 'c'),
			new FakeFile('orders-11.csv.crdownload', 'd'),
			new FakeFolder('2024', [new FakeFile('may.csv', 'e')])
		]);
		const { files, failures } = await listFiles(folder);
		expect(pathsOf(files)).toEqual(['2024/may.csv', 'orders-2.csv', 'orders-10.csv']);
		expect(failures).toEqual([]);
	});

	it('names what cannot be read, and goes on', async () => {
		const gone = new FakeFile('gone.csv', '');
		gone.isGone = true;
		const { files, failures } = await listFiles(new FakeFolder('x', [gone, new FakeFile('a.csv', '')]));
		expect(pathsOf(files)).toEqual(['a.csv']);
		expect(failures).toMatchObject([
			{
				code: 'session.file-access',
				details: { name: 'gone.csv', reason: 'It is no longer where it was.' }
			}
		]);
	});
});

describe('changedFiles', () => {
	it('finds another size, another time and another file', async () => {
		const [same, longer, touched] = [1, 2, 3].map((i) => new FakeFile(`${i}.csv`, 'text'));
		const folder = new FakeFolder('x', [same!, longer!, touched!]);
		const before = (await listFiles(folder)).files;
		const seen = before.map(seenAs);
		longer!.write('longer text');
		touched!.write('text');
		folder.inside.push(new FakeFile('4.csv', ''));
		const after = (await listFiles(folder)).files;
		expect(pathsOf(changedFiles(after, seen))).toEqual(['2.csv', '3.csv', '4.csv']);
		const { seen: now } = withSeen({ handle: folder, seen }, after.slice(1));
		expect(changedFiles(after, now)).toEqual([]);
		expect(now).toHaveLength(4);
	});
});

describe('permissions', () => {
	it('are there where nothing can be asked', async () => {
		const folder = new FakeFolder('opfs', []);
		expect(await mayRead(folder)).toBe(true);
		expect(await askToRead(folder)).toBe(true);
	});

	it.each(['granted', 'denied'] as const)('are asked for: %s', async (answer) => {
		const file = new FakeFile('a.csv', '');
		file.permission = 'prompt';
		file.answer = answer;
		expect(await mayRead(file)).toBe(false);
		expect(await askToRead(file)).toBe(answer === 'granted');
		expect(await mayRead(file)).toBe(answer === 'granted');
	});

	it('are not given where the browser will not ask', async () => {
		const file = new FakeFile('a.csv', '');
		file.requestPermission = () => Promise.reject(new DOMException('No click.', 'SecurityError'));
		expect(await askToRead(file)).toBe(false);
	});
});

describe('the choosers', () => {
	it('give handles, and none when they are called off', async () => {
		const folder = new FakeFolder('exports', []);
		const file = new FakeFile('a.csv', '');
		vi.stubGlobal('window', {
			showOpenFilePicker: async () => [file],
			showDirectoryPicker: async () => folder
		});
		expect(await pickFiles()).toEqual([file]);
		expect(await pickFolder()).toEqual([folder]);
		const calledOff = () => Promise.reject(new DOMException('Called off.', 'AbortError'));
		vi.stubGlobal('window', { showOpenFilePicker: calledOff });
		expect(await pickFiles()).toEqual([]);
		expect(await pickFolder()).toEqual([]);
		const broken = () => Promise.reject(new DOMException('In a frame.', 'SecurityError'));
		vi.stubGlobal('window', { showOpenFilePicker: broken });
		await expect(pickFiles()).rejects.toThrow('In a frame.');
		vi.unstubAllGlobals();
	});
});

describe('parseRemembered', () => {
	it('takes what has the right form', () => {
		const handle = new FakeFile('a.csv', '');
		const seen = { path: 'a.csv', sizeBytes: 1, modifiedAtMs: 2 };
		const good = { handle, seen: [seen] };
		expect(parseRemembered([good, { handle: {}, seen: [] }, null, { handle, seen: 1 }])).toEqual([good]);
		expect(parseRemembered([{ handle, seen: [seen, { path: 1 }] }])).toEqual([good]);
		expect(parseRemembered(undefined)).toEqual([]);
	});
});
