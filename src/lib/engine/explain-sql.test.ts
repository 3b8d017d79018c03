import { beforeAll, describe, expect, it } from 'vitest';
import { AppError, type SqlFailure } from '#lib/core/errors.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import { explainSql } from './explain-sql.ts';
import { Sql, sql } from './sql.ts';

/** User SQL, and what is wrong with it: [line, column, found, meant]. */
const FAILURES: readonly (readonly [string, number | null, number | null, string | null, string[]])[] = [
	['SELECT custmer_id, amount\nFROM clean.shop', 1, 8, 'custmer_id', ['customer_id']],
	['SELECT amount,\n\n\tcustmer_id FROM clean.shop', 3, 2, 'custmer_id', ['customer_id']],
	['SELECT s.amout FROM clean.shop s', 1, 10, 'amout', ['amount']],
	['SELECT * FROM clean.shopp', 1, 21, 'shopp', ['shop']],
	['SELECT * FROM cleen.shop', 1, 21, 'shop', ['clean.shop']],
	["SELECT lenght('a')", 1, 8, 'lenght', ['length']],
	['SELECT x.amount FROM clean.shop y', 1, 8, 'x', ['y']],
	['SELECT CAST(amount AS INTEGR) FROM clean.shop', null, null, 'INTEGR', ['INTEGER']],
	['SELECT amount FORM clean.shop', 1, 15, 'FORM', ['FROM']],
	['SELECT *\nFROM clean.shop\nWEHRE amount > 3', 3, 1, 'WEHRE', ['WHERE']],
	['SELECT 1 +', 1, 11, null, []],
	['SELECT sum(sum(amount)) FROM clean.shop', 1, 12, null, []],
	["SELECT '日本語', wrng FROM clean.shop", 1, 15, 'wrng', []],
	[
		`SELECT ${'amount + '.repeat(40)} amuont + ${'amount + '.repeat(40)} 1 FROM clean.shop`,
		1,
		369,
		'amuont',
		['amount']
	],
	["SELECT amount FROM clean.shop WHERE customer_id LIKE 'a' AND date '2020-01-01' > 1", 1, 80, null, []]
];

describeEngines('SQL of a user that fails', (engine) => {
	beforeAll(() =>
		engine().exec(sql`CREATE TABLE clean.shop AS SELECT 'c1' AS customer_id, 2.5::DOUBLE AS amount`)
	);

	async function failureOf(query: string, userSql: string, offset?: { lines: number; columns: number }) {
		const error: unknown = await engine()
			.rows(new Sql(query))
			.catch((reason: unknown) => reason);
		const failure = explainSql(error, userSql, offset);
		expect(failure.code).toBe('sql.failed');
		return failure.details as SqlFailure;
	}

	it.each(FAILURES)('says where and what: %s', async (userSql, line, column, found, meant) => {
		expect(await failureOf(userSql, userSql)).toMatchObject({ line, column, found, meant });
	});

	it.each(FAILURES)('says the same where other SQL stands around it: %s', async (userSql, line, column) => {
		const below = await failureOf(`SELECT * FROM (\n${userSql}\n) ORDER BY 1`, userSql, {
			lines: 1,
			columns: 0
		});
		expect(below).toMatchObject({ line, column });
		const beside = await failureOf(`SELECT * FROM (${userSql}\n) ORDER BY 1`, userSql, {
			lines: 0,
			columns: 15
		});
		expect(beside).toMatchObject({ line, column });
	});

	it('gives the reason without the copy of the query and the proposals', async () => {
		const text = 'SELECT custmer_id FROM clean.shop';
		expect((await failureOf(text, text)).reason).toBe(
			'Referenced column "custmer_id" not found in FROM clause!'
		);
	});
});

describe('explainSql', () => {
	it('takes names that the engine does not propose', () => {
		const error = new Error('Binder Error: Referenced column "Ordr Date" not found in FROM clause!');
		const failure = explainSql(error, '"Ordr Date" > 1', undefined, ['Order Date', 'Amount']);
		expect(failure.details).toMatchObject({ found: 'Ordr Date', meant: ['Order Date'] });
	});

	it('leaves other failures as they are, and throws an abort on', () => {
		const memory = new AppError('engine.out-of-memory', { sql: '' });
		expect(explainSql(memory, '')).toBe(memory);
		const abort = new DOMException('stopped', 'AbortError');
		expect(() => explainSql(abort, '')).toThrow(abort);
	});

	it('takes what is not an Error', () => {
		expect(explainSql('broken', '').details).toMatchObject({ reason: 'broken', line: null });
	});
});
