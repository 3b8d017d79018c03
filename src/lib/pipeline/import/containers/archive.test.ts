import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import { makeWorkbook } from '../../../../../tests/support/make-workbook.ts';
import { expandArchive } from './archive.ts';

const TABLE = strToU8('id,name\n1,x\n');

function zipped(files: Zippable): { name: string; blob: Blob } {
	return { name: 'export.zip', blob: new Blob([zipSync(files)]) };
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await blob.arrayBuffer());
}

describe('what comes out', () => {
	test('the tables, byte for byte, without their folders', async () => {
		const { files, skipped } = await expandArchive(
			zipped({ 'audience/subscribed_1.csv': TABLE, 'audience/cleaned_1.csv': [TABLE, { level: 0 }] })
		);
		expect(files.map(({ name }) => name)).toEqual(['subscribed_1.csv', 'cleaned_1.csv']);
		for (const { blob } of files) expect(await bytesOf(blob)).toEqual(TABLE);
		expect(skipped).toEqual([]);
	});

	test('folders stay where names would be the same', async () => {
		const { files } = await expandArchive(zipped({ 'a/x.csv': TABLE, 'b/x.csv': TABLE, 'c/y.csv': TABLE }));
		expect(files.map(({ name }) => name)).toEqual(['a/x.csv', 'b/x.csv', 'y.csv']);
	});

	test('names lead nowhere', async () => {
		const { files } = await expandArchive(
			zipped({
				'../../etc/x.csv': TABLE,
				'/root/x.csv': TABLE,
				'C:\\dir\\z.csv': TABLE,
				'..\\..\\w.csv': TABLE
			})
		);
		expect(files.map(({ name }) => name)).toEqual(['etc/x.csv', 'root/x.csv', 'z.csv', 'w.csv']);
	});

	test('workbooks and gzip files inside are tables too', async () => {
		const book = await bytesOf(makeWorkbook({ sheets: [{ name: 'S', rows: '<row><c><v>1</v></c></row>' }] }));
		const packed = await bytesOf(
			await new Response(new Blob([TABLE]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
		);
		const { files } = await expandArchive(zipped({ 'book.xlsx': book, 'x.csv.gz': packed }));
		expect(files.map(({ name }) => name)).toEqual(['book.xlsx', 'x.csv.gz']);
	});

	test('what is no table is named; what systems add is not', async () => {
		const { files, skipped } = await expandArchive(
			zipped({
				'x.csv': TABLE,
				'empty.csv': new Uint8Array(0),
				'inner.zip': zipSync({ 'y.csv': TABLE }),
				'guide.pdf': strToU8('%PDF-1.7 and so on'),
				'page.html': strToU8('<!doctype html><title>x</title>'),
				'__MACOSX/._x.csv': TABLE,
				'folder/.DS_Store': TABLE,
				'folder/Thumbs.db': TABLE
			})
		);
		expect(files.map(({ name }) => name)).toEqual(['x.csv']);
		expect(skipped).toEqual([
			{ name: 'empty.csv', reason: 'empty' },
			{ name: 'inner.zip', reason: 'an archive in the archive' },
			{ name: 'guide.pdf', reason: 'a PDF document' },
			{ name: 'page.html', reason: 'a web page or XML' }
		]);
	});

	test('an archive with something in front of it, and with a comment behind it', async () => {
		const { blob } = zipped({ 'x.csv': TABLE });
		const comment = strToU8('a comment');
		const bytes = await bytesOf(blob);
		new DataView(bytes.buffer).setUint16(bytes.length - 2, comment.length, true);
		const file = { name: 'export.zip', blob: new Blob([strToU8('#!shell\n'), bytes, comment]) };
		expect((await expandArchive(file)).files).toHaveLength(1);
	});
});

/** The offset of the first directory entry. */
function directoryOf(bytes: Uint8Array): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return view.getUint32(bytes.length - 6, true);
}

describe('what is refused', () => {
	test('an archive without tables', async () => {
		await expect(expandArchive(zipped({ 'a.pdf': strToU8('%PDF-1.7') }))).rejects.toMatchObject({
			code: 'import.no-table-inside',
			details: { entries: ['a.pdf (a PDF document)'] }
		});
		await expect(expandArchive(zipped({}))).rejects.toMatchObject({
			code: 'import.no-table-inside',
			details: { entries: [] }
		});
	});

	test('too many files', async () => {
		const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}.csv`, TABLE]));
		await expect(expandArchive(zipped(many))).rejects.toMatchObject({
			code: 'import.archive',
			details: { reason: 'It holds 201 files; the limit is 200.' }
		});
	});

	test('a bomb, whatever size it declares', async () => {
		const bytes = zipSync({ 'x.csv': new Uint8Array(40_000_000) });
		new DataView(bytes.buffer).setUint32(directoryOf(bytes) + 24, 10, true);
		const file = { name: 'bomb.zip', blob: new Blob([bytes]) };
		await expect(expandArchive(file)).rejects.toMatchObject({
			code: 'import.archive',
			details: { reason: 'It unpacks to far more than a table.' }
		});
	});

	test('a password, in all files or in one', async () => {
		const locked = (bytes: Uint8Array<ArrayBuffer>) => {
			const flags = directoryOf(bytes) + 8;
			bytes[flags] = (bytes[flags] ?? 0) | 1;
			return { name: 'locked.zip', blob: new Blob([bytes]) };
		};
		await expect(expandArchive(locked(zipSync({ 'x.csv': TABLE })))).rejects.toMatchObject({
			code: 'import.archive',
			details: { reason: 'It is locked with a password.' }
		});
		const { files, skipped } = await expandArchive(locked(zipSync({ 'x.csv': TABLE, 'y.csv': TABLE })));
		expect(files.map(({ name }) => name)).toEqual(['y.csv']);
		expect(skipped).toEqual([{ name: 'x.csv', reason: 'locked with a password' }]);
	});

	test('content that does not match its checksum', async () => {
		const bytes = zipSync({ 'x.csv': [TABLE, { level: 0 }], 'y.csv': TABLE });
		const at = bytes.indexOf(TABLE[0] ?? 0, 35);
		bytes[at + 1] = 0x41;
		const { files, skipped } = await expandArchive({ name: 'x.zip', blob: new Blob([bytes]) });
		expect(files.map(({ name }) => name)).toEqual(['y.csv']);
		expect(skipped).toEqual([{ name: 'x.csv', reason: 'its content is damaged. Download it again' }]);
	});

	test('one that was cut short', async () => {
		const { blob } = zipped({ 'x.csv': TABLE });
		await expect(expandArchive({ name: 'x.zip', blob: blob.slice(0, -30) })).rejects.toMatchObject({
			code: 'import.archive',
			details: { reason: 'It ends in the middle. Download it again.' }
		});
	});

	test('stops when it is told to', async () => {
		const expanding = expandArchive(zipped({ 'x.csv': TABLE }), AbortSignal.abort());
		await expect(expanding).rejects.toMatchObject({ name: 'AbortError' });
	});
});
