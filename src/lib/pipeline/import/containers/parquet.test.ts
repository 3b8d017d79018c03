import { parquetWriteBuffer } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { parquetCsv } from './parquet.ts';

async function csvOf(blob: Blob): Promise<string> {
	const parts: BlobPart[] = [];
	for await (const chunk of parquetCsv({ name: 'table.parquet', blob }, null)) parts.push(chunk);
	return new Blob(parts).text();
}

type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];

function written(columnData: Columns, schema?: SchemaElement[]): Blob {
	return new Blob([parquetWriteBuffer(schema === undefined ? { columnData } : { columnData, schema })]);
}

/** The rows of one column whose values are stored as they are, under a schema of its own. */
async function column(element: Omit<SchemaElement, 'name'>, data: unknown[]): Promise<string[]> {
	const stored = { ...element };
	delete stored.converted_type;
	delete stored.logical_type;
	const schema = (leaf: Omit<SchemaElement, 'name'>) => [
		{ name: 'root', num_children: 1 },
		{ name: 'x', repetition_type: 'OPTIONAL' as const, ...leaf }
	];
	const csv = await csvOf(written([{ name: 'x', data }], schema(element)));
	return csv.split('\n').slice(1, -1);
}

describe('plain types', () => {
	test('texts, whole numbers, floats, truth values and nothing', async () => {
		const csv = await csvOf(
			written([
				{ name: 'name', data: ['a "b"', 'é,è', null, ''], type: 'STRING' },
				{ name: 'id', data: [9007199254740993n, -1n, 0n, null], type: 'INT64' },
				{ name: 'n', data: [1, null, -3, 4], type: 'INT32' },
				{ name: 'x', data: [0.1, 1e-7, 1e21, null], type: 'DOUBLE' },
				{ name: 'f', data: [0.1, 16777216, -2.5, null], type: 'FLOAT' },
				{ name: 'ok', data: [true, false, null, true], type: 'BOOLEAN' }
			])
		);
		expect(csv).toBe(
			'name,id,n,x,f,ok\n' +
				'"a ""b""",9007199254740993,1,0.1,0.1,true\n' +
				'"é,è",-1,,0.0000001,16777216,false\n' +
				',0,-3,1000000000000000000000,-2.5,\n' +
				',,4,,,true\n'
		);
	});

	test('a single column of nothing still has its rows', async () => {
		expect(await csvOf(written([{ name: 'x', data: [null, 'a'], type: 'STRING' }]))).toBe('x\n""\na\n');
	});

	test('bytes as text or else hexadecimal', async () => {
		const data = [new Uint8Array([0xc3, 0xa9]), new Uint8Array([0xff, 0x00])];
		expect(await column({ type: 'BYTE_ARRAY' }, data)).toEqual(['é', 'ff00']);
	});

	test('unsigned numbers', async () => {
		expect(await column({ type: 'INT32', converted_type: 'UINT_32' }, [4294967295, 1])).toEqual([
			'4294967295',
			'1'
		]);
	});
});

describe('decimals', () => {
	test('keep every digit', async () => {
		const decimal = { type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18 } as const;
		expect(await column(decimal, [12.34, -0.05, 1000, null])).toEqual(['12.34', '-0.05', '1000.00', '""']);
	});
});

describe('dates and times', () => {
	const moment = new Date('2024-03-31T14:05:00.250Z');

	test('dates', async () => {
		expect(
			await column({ type: 'INT32', converted_type: 'DATE' }, [
				new Date('2024-03-31'),
				new Date('1969-12-31')
			])
		).toEqual(['2024-03-31', '1969-12-31']);
	});

	test.each([
		['TIMESTAMP_MILLIS', '2024-03-31T14:05:00.25Z'],
		['TIMESTAMP_MICROS', '2024-03-31T14:05:00.25Z']
	] as const)('%s is UTC', async (converted_type, expected) => {
		expect(await column({ type: 'INT64', converted_type }, [moment])).toEqual([expected]);
	});

	test.each(['MILLIS', 'MICROS', 'NANOS'] as const)(
		'%s of a type that says whether it is UTC',
		async (unit) => {
			const logical = (isAdjustedToUTC: boolean) => ({ type: 'TIMESTAMP', isAdjustedToUTC, unit }) as const;
			expect(await column({ type: 'INT64', logical_type: logical(true) }, [moment])).toEqual([
				'2024-03-31T14:05:00.25Z'
			]);
			expect(await column({ type: 'INT64', logical_type: logical(false) }, [moment])).toEqual([
				'2024-03-31 14:05:00.25'
			]);
		}
	);

	test('before 1970, and beyond every calendar', async () => {
		const stored = [-1n, 9223372036854775807n];
		const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } as const;
		expect(await column({ type: 'INT64', logical_type }, stored)).toEqual([
			'1969-12-31 23:59:59.999',
			'9223372036854775807'
		]);
	});

	test('times of day', async () => {
		const logical_type = { type: 'TIME', isAdjustedToUTC: false, unit: 'MICROS' } as const;
		expect(await column({ type: 'INT64', logical_type }, [50_700_000_000n, 1n])).toEqual([
			'14:05:00',
			'00:00:00.000001'
		]);
	});
});

test('lists and structures are JSON', async () => {
	const csv = await csvOf(
		written([
			{ name: 'tags', data: [['a', 'b'], [], null] },
			{ name: 'who', data: [{ id: 1, name: 'x"y' }, { id: 2, name: null }, null] }
		] as Columns)
	);
	expect(csv).toBe(
		'tags,who\n"[""a"",""b""]","{""id"":1,""name"":""x\\""y""}"\n[],"{""id"":2,""name"":null}"\n,\n'
	);
});

test('row groups and parts of them come in order', async () => {
	const data = Array.from({ length: 5_000 }, (_, i) => i);
	const buffer = parquetWriteBuffer({
		columnData: [{ name: 'n', data, type: 'INT32' }],
		rowGroupSize: [7, 1500]
	});
	const csv = await csvOf(new Blob([buffer]));
	expect(csv).toBe(`n\n${data.join('\n')}\n`);
});

test('a table without rows has its column names', async () => {
	expect(
		await csvOf(
			written([
				{ name: 'a', data: [], type: 'STRING' },
				{ name: 'b', data: [], type: 'INT32' }
			])
		)
	).toBe('a,b\n');
});

test('a file that was cut short', async () => {
	const blob = written([{ name: 'a', data: ['x'], type: 'STRING' }]);
	await expect(csvOf(blob.slice(0, blob.size - 20))).rejects.toMatchObject({
		code: 'import.unreadable-file',
		details: { reason: 'It ends in the middle. Download it again.' }
	});
});
