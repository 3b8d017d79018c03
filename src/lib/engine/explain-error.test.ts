import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { explainError } from './explain-error.ts';

const SQL = 'SELECT 1';

function explained(message: string): unknown {
	return explainError(new Error(message), SQL);
}

describe('explainError', () => {
	it.each([
		[
			'Catalog Error: Table with name x does not exist!\n\nLINE 1: FROM x\n             ^',
			'Table with name x does not exist!'
		],
		['Invalid Input Error: bad value', 'bad value'],
		['Error: Binder Error: no such column', 'Binder Error: no such column'],
		['no prefix at all', 'no prefix at all'],
		[
			'{"exception_type":"Parser","exception_message":"syntax error at \\"x\\"\\n\\nLINE 1: x\\n^","position":"0"}',
			'syntax error at "x"'
		]
	])('cleans %j', (message, clean) => {
		expect(explained(message)).toMatchObject({
			code: 'engine.query-failed',
			details: { sql: SQL, message: clean }
		});
	});

	it.each([
		'Out of Memory Error: could not allocate block of size 256.0 KiB (1.3 GiB/1.3 GiB used)',
		'{"exception_type":"Out of Memory","exception_message":"failed to allocate data"}',
		'Out of Memory Error: Failed to allocate block',
		'std::bad_alloc'
	])('knows that memory ran out: %s', (message) => {
		expect(explained(message)).toMatchObject({ code: 'engine.out-of-memory', details: { sql: SQL } });
	});

	it('keeps the original as the cause', () => {
		const original = new Error('Binder Error: x');
		expect((explainError(original, SQL) as Error).cause).toBe(original);
	});

	it('leaves an abort and an AppError as they are', () => {
		const abort = new DOMException('stopped', 'AbortError');
		const known = new AppError('engine.unavailable', { reason: 'closed' });
		expect(explainError(abort, SQL)).toBe(abort);
		expect(explainError(known, SQL)).toBe(known);
	});

	it('takes what is not an Error', () => {
		expect(explainError('broken', SQL)).toMatchObject({ details: { message: 'broken' } });
	});
});
