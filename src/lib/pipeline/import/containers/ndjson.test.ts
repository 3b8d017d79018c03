import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ndjsonCsv } from './ndjson.ts';

async function csvOf(json: BlobPart): Promise<string> {
	const parts: BlobPart[] = [];
	const file = { name: 'rows.json', blob: new Blob([json]) };
	for await (const chunk of ndjsonCsv(file, null)) parts.push(chunk);
	return new Blob(parts).text();
}

describe('objects, one per line', () => {
	test('columns are all names in the order they first appear', async () => {
		expect(await csvOf('{"b":1,"a":"x"}\n{"a":"y","c":true}\n{"c":null}')).toBe('b,a,c\n1,x,\n,y,true\n,,\n');
	});

	test('numbers stay as they are written', async () => {
		const csv = await csvOf(
			'{"n":9007199254740993}\n{"n":1.50}\n{"n":1e3}\n{"n":-0}\n{"n":1000000000000000000000}'
		);
		expect(csv).toBe('n\n9007199254740993\n1.50\n1e3\n-0\n1000000000000000000000\n');
	});

	test('nested objects become columns, lists stay JSON', async () => {
		const csv = await csvOf('{"a":{"b":{"c":1},"d":"x"},"l":[1.0,{"k":"v,w"}],"e":{}}');
		expect(csv).toBe('a.b.c,a.d,l,e\n1,x,"[1.0,{""k"":""v,w""}]",{}\n');
	});

	test('escapes, quotes, line breaks and characters beyond 16 bits', async () => {
		expect(await csvOf(String.raw`{"t":"a\n\"b\", \u00e9\ud83c\udf4a\\"}`)).toBe('t\n"a\n""b"", é🍊\\"\n');
	});

	test('names that mean something to script', async () => {
		const csv = await csvOf('{"__proto__":"p","constructor":"c","":"e"}');
		expect(csv).toBe('__proto__,constructor,\np,c,e\n');
	});

	test('what is no object is a record with too few fields that holds the text', async () => {
		const csv = await csvOf(
			'{"a":1,"b":2}\n{"a":3,"b"\n[1,2]\n{"a":4,"a":5}\n\n{"a":6,"b":7} x\n{"a":8,"b":9}\r\n'
		);
		expect(csv).toBe(
			'a,b\n1,2\n"{""a"":3,""b"""\n"[1,2]"\n"{""a"":4,""a"":5}"\n\n"{""a"":6,""b"":7} x"\n8,9\n'
		);
	});

	test('in a file of one column too', async () => {
		expect(await csvOf('{"a":null}\n{"a"\n{"a":""}')).toBe('a\n""\n"{""a""",\n""\n');
	});

	test('UTF-8 with a mark, and UTF-16', async () => {
		expect(await csvOf('\uFEFF{"a":"é"}')).toBe('a\né\n');
		expect(await csvOf(new Uint8Array(Buffer.from('\uFEFF{"a":"é"}', 'utf16le')))).toBe('a\né\n');
	});

	test('bytes that are no UTF-8 are not guessed at', async () => {
		const bytes = Uint8Array.from([...Buffer.from('{"a":"'), 0xe9, ...Buffer.from('"}')]);
		await expect(csvOf(bytes)).rejects.toMatchObject({ code: 'import.unreadable-file' });
	});
});

describe('a list of objects', () => {
	test('in any layout', async () => {
		const rows = [
			{ a: 1, b: 'x, ]}' },
			{ a: 2, b: '"{[' }
		];
		for (const indent of [0, 2]) {
			expect(await csvOf(JSON.stringify(rows, null, indent))).toBe('a,b\n1,"x, ]}"\n2,"""{["\n');
		}
	});

	test('one that ends in the middle, or has something behind it', async () => {
		expect(await csvOf('[{"a":1,"b":2},{"a":3,')).toBe('a,b\n1,2\n"{""a"":3,"\n');
		expect(await csvOf('[{"a":1,"b":2}, 5] tail')).toBe('a,b\n1,2\n5\ntail\n');
	});
});

test('every text comes back', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ a: fc.string({ unit: 'binary' }), b: fc.string() }), {
				minLength: 1,
				maxLength: 5
			}),
			fc.boolean(),
			async (rows, isList) => {
				const json = isList ? JSON.stringify(rows) : rows.map((row) => JSON.stringify(row)).join('\n');
				const csv = await csvOf(json);
				expect(parsed(csv).slice(1)).toEqual(rows.map(({ a, b }) => [a, b]));
			}
		),
		{ seed: 7, numRuns: 200 }
	);
});

/** A plain reading of RFC 4180. */
function parsed(csv: string): string[][] {
	const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/g)];
	const rows: string[][] = [[]];
	for (const [, quoted, plain, end] of fields) {
		rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
		if (end === '\n') rows.push([]);
	}
	return rows.slice(0, -1);
}
