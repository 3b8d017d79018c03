import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../tests/support/read-csv.ts';
import { cellText, csvField, csvRecord, renderCsv, safeFileName, toBlob, type CsvBatch } from './csv.ts';

async function* batchesOf(...batches: CsvBatch[]): AsyncGenerator<CsvBatch> {
	yield* batches;
}

describe('csvField and csvRecord', () => {
	it('quotes only what needs it', () => {
		expect(csvField('plain text; here')).toBe('plain text; here');
		expect(csvField('a,b')).toBe('"a,b"');
		expect(csvField('say "hi"')).toBe('"say ""hi"""');
		expect(csvField('two\nlines')).toBe('"two\nlines"');
		expect(csvField(' blank')).toBe('" blank"');
	});

	it('never writes a blank line', () => {
		expect(csvRecord([''])).toBe('""\r\n');
		expect(csvRecord(['', ''])).toBe(',\r\n');
	});

	it('round-trips any text', () => {
		const field = fc.string({
			unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', '\t', ';', 'é', '漢', '😀', '=')
		});
		const table = fc
			.integer({ min: 1, max: 4 })
			.chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 6 }));
		fc.assert(
			fc.property(table, (records) => {
				expect(readCsv(records.map(csvRecord).join(''))).toEqual(records);
			}),
			{ seed: 2, numRuns: 1_000 }
		);
	});
});

describe('cellText', () => {
	it('writes numbers exactly and missing values as nothing', () => {
		expect(cellText(0.1 + 0.2, 'number')).toBe('0.30000000000000004');
		expect(cellText(-5, 'number')).toBe('-5');
		expect(cellText(Number.NaN, 'number')).toBe('');
		expect(cellText(null, 'text')).toBe('');
	});

	it('guards text and ids, and leaves plain ids and phones', () => {
		expect(cellText('+49 (30) 123-456', 'id')).toBe('+49 (30) 123-456');
		expect(cellText('+1+1', 'id')).toBe("'+1+1");
		expect(cellText('=1+1', 'text')).toBe("'=1+1");
	});

	it.each([
		'=1+1@x.example',
		'+ann@shop.example',
		'-2+3@x.example',
		'=HYPERLINK("x")@x.example',
		"=cmd|'/C calc'!A0"
	])('guards the email %j', (email) => {
		expect(cellText(email, 'email')).toBe(`'${email}`);
	});

	it.each(['ann@shop.example', 'ann+news@shop.example', 'o-neil=1@x.example'])(
		'leaves the email %j',
		(email) => {
			expect(cellText(email, 'email')).toBe(email);
		}
	);
});

describe('renderCsv', () => {
	const columns = [
		{ name: 'customer_id', kind: 'id' },
		{ name: 'frequency', kind: 'number' }
	] as const;

	it('writes the header and the rows of every batch', async () => {
		const batches = batchesOf(
			{ rowCount: 2, columns: [['a', 'b'], Float64Array.of(1, Number.NaN)] },
			{ rowCount: 1, columns: [['c'], Float64Array.of(3)] }
		);
		const blob = await toBlob(renderCsv(columns, batches));
		expect(await blob.text()).toBe('customer_id,frequency\r\na,1\r\nb,\r\nc,3\r\n');
	});

	it('comes in chunks and stops when aborted', async () => {
		const rowCount = 5_000;
		const ids = Array.from({ length: rowCount }, (_, i) => `c${i}`);
		const batch = { rowCount, columns: [ids, new Float64Array(rowCount)] };
		const controller = new AbortController();
		let chunks = 0;
		const read = async (): Promise<void> => {
			for await (const chunk of renderCsv(columns, batchesOf(batch), { signal: controller.signal })) {
				expect(chunk.length).toBeGreaterThan(0);
				chunks += 1;
				if (chunks === 2) controller.abort();
			}
		};
		await expect(read()).rejects.toThrow('abort');
		expect(chunks).toBe(2);
	});
});

describe('safeFileName', () => {
	it.each([
		['Big spenders, cooling', 'Big-spenders-cooling'],
		['../../etc/passwd', 'etc-passwd'],
		['Été', 'Été'],
		['???', 'file'],
		['.hidden', 'hidden']
	])('%j becomes %j', (name, expected) => {
		expect(safeFileName(name)).toBe(expected);
	});
});
