import { describe, expect, it } from 'vitest';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { SourceFiles } from './source-files.svelte.ts';

const TEXT = 'customer_id,order_date,amount\nA,2024-01-02,10.50\nB,2024-01-03,7.25\n';
const context = { signal: new AbortController().signal, onProgress: () => undefined };

/** A file on the disk that was written after it was chosen. */
class StaleFile extends File {
	override slice(): Blob {
		const stale = new Blob();
		stale.arrayBuffer = () => Promise.reject(new DOMException('Written since.', 'NotReadableError'));
		return stale;
	}
}

describe('a file that was written on the disk after it was read', () => {
	const source = { id: 's1', fileName: 'orders.csv' } as SourceParams;
	const stale = () => ({ sourceId: 's1', fileName: 'orders.csv', blob: new StaleFile([TEXT], 'orders.csv') });

	it('is read from the copy on the device', async () => {
		const files = new SourceFiles(async () => new Blob([TEXT]));
		files.files.set('s1', stale());
		const { blob } = await files.fileOf(source);
		expect(await blob.slice(0, 8).text()).toBe('customer');
		expect(files.files.get('s1')?.blob).toBe(blob);
	});

	it('is compared with what arrives by that copy', async () => {
		const files = new SourceFiles(async () => new Blob([TEXT]));
		files.files.set('s1', stale());
		const add = (text: string) =>
			files.add([{ name: 'new.csv', blob: new Blob([text]) }], new Set(['s1']), () => 's2', context);
		expect((await add(TEXT)).failures).toMatchObject([{ code: 'import.same-file' }]);
		const { sources, failures } = await add(TEXT.replace('7.25', '7.26'));
		expect(sources.map(({ id }) => id)).toEqual(['s2']);
		expect(failures).toEqual([]);
	});

	it('is left to fail while there is no copy', async () => {
		const files = new SourceFiles(async () => null);
		const before = stale();
		files.files.set('s1', before);
		expect((await files.fileOf(source)).blob).toBe(before.blob);
	});
});
