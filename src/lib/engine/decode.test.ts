import { describe, expect, it } from 'vitest';
import { camelCase, decodeColumns, decodeRows, type Result, type ResultColumn } from './decode.ts';
import type { Cell } from './engine.ts';

function column(name: string, type: string, ...chunks: Cell[][]): ResultColumn {
	return {
		name,
		type,
		chunks: chunks.map((cells) => ({
			length: cells.length,
			numbers: numbersOf(type, cells),
			at: (row) => cells[row] ?? null
		}))
	};
}

function numbersOf(type: string, cells: Cell[]): Float64Array | Int32Array | null {
	if (cells.includes(null)) return null;
	if (type === 'DOUBLE') return Float64Array.from(cells as number[]);
	return type === 'INTEGER' ? Int32Array.from(cells as number[]) : null;
}

function result(...columns: ResultColumn[]): Result {
	return { columns, rowCount: columns[0]?.chunks.reduce((rows, chunk) => rows + chunk.length, 0) ?? 0 };
}

describe('camelCase', () => {
	it.each([
		['recency_days', 'recencyDays'],
		['r_score', 'rScore'],
		['a_b_c', 'aBC'],
		['top_10', 'top10'],
		['c0', 'c0'],
		['__proto__', '__proto__'],
		['_private', '_private'],
		['alreadyCamel', 'alreadyCamel'],
		['Order ID', 'Order ID']
	])('%s becomes %s', (name, expected) => expect(camelCase(name)).toBe(expected));
});

describe('decodeRows', () => {
	it('joins the chunks of all columns', () => {
		const rows = decodeRows(
			result(column('n', 'INTEGER', [1], [2, null]), column('s', 'VARCHAR', ['a', null], ['c']))
		);
		expect(rows).toEqual([
			{ n: 1, s: 'a' },
			{ n: 2, s: null },
			{ n: null, s: 'c' }
		]);
	});

	it('gives no rows for an empty result', () => {
		expect(decodeRows(result(column('n', 'INTEGER')))).toEqual([]);
	});
});

describe('decodeColumns', () => {
	it('turns integers into doubles as soon as one is missing', () => {
		const columns = decodeColumns(result(column('n', 'INTEGER', [1], [null, 3])));
		expect(columns.get('n')).toEqual(Float64Array.of(1, NaN, 3));
	});

	it('copies, so that the engine keeps its memory', () => {
		const stored = column('x', 'DOUBLE', [1, 2]);
		const decoded = decodeColumns(result(stored)).get('x') as Float64Array;
		decoded[0] = 9;
		expect(stored.chunks[0]?.numbers?.[0]).toBe(1);
	});

	it('names a column that was not cast, and its type', () => {
		expect(() => decodeColumns(result(column('total', 'DECIMAL(18,3)')))).toThrow(
			'column total is DECIMAL(18,3)'
		);
	});
});
