import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { cleanFiles, madeFile, tableOf } from '../../../../../tests/support/people-files.ts';
import { createScriptEngine } from '../../export/script-engine.ts';
import { DEFAULT_CLEAN, DEFAULT_IDENTITY } from '../schema.ts';
import { runClean, UNCUT } from '../step.ts';

/** A chain of people, each known by the email of the next, so that joining them takes several rounds. */
const CHAIN = Array.from({ length: 60 }, (_, i) => [`${i}`, `p${i}@example.org`, '2024-01-02', '3']);
const NEXT = Array.from({ length: 40 }, (_, i) => [`${i}`, `p${i + 1}@example.org`, '', '']);

describe('the script of joined people', () => {
	let engines: readonly [Engine, Engine];
	beforeAll(async () => {
		engines = [await openNativeEngine(), await openNativeEngine()];
	}, 90_000);
	afterAll(() => Promise.all(engines.map((engine) => engine.close())));

	it('makes the same people elsewhere, round by round', async () => {
		const [here, elsewhere] = engines;
		const files = [
			madeFile('s1', 'orders', ['customer', 'email', 'date', 'amount'], CHAIN),
			madeFile('s2', 'customers', ['customer', 'email', 'phone', 'card'], NEXT)
		];
		const result = await cleanFiles(here, files);
		expect(result.identity).toMatchObject({ accounts: 60, people: 20, joinedPeople: 1 });
		expect((await tableOf(here, 'identity_rounds', ['round'])).length).toBeGreaterThan(2);

		const script = createScriptEngine(here);
		const sources = files.map(({ source }) => source);
		const results = [];
		for (const { source, rows } of files) results.push(await writeRawTable(elsewhere, source, rows));
		const params = { ...DEFAULT_CLEAN, identity: DEFAULT_IDENTITY };
		await runClean({ ...stepContext(here), engine: script }, { sources }, params, results, UNCUT);
		for (const statement of script.takeStatements()) await elsewhere.exec(statement);

		for (const [table, columns] of [
			['accounts', ['account', 'customer_id', 'has_orders', 'record_count']],
			['links', ['account', 'key', 'state', 'fingerprint']],
			['orders', ['customer_id', 'order_id', 'amount']],
			['profiles', ['source', 'row', 'customer_id']]
		] as const) {
			expect(await tableOf(elsewhere, table, columns)).toEqual(await tableOf(here, table, columns));
		}
	});
});
