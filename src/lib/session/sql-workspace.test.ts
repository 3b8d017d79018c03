import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import type { Session } from './session.svelte.ts';
import { SqlWorkspace, workspaceOf } from './sql-workspace.svelte.ts';

type Engines = ConstructorParameters<typeof SqlWorkspace>[0];

describeEngines('the workspace', (engine) => {
	function workspace(clean: unknown = null, recipe: unknown = {}): SqlWorkspace {
		return new SqlWorkspace({ runner: { engine: engine() }, clean, recipe, features: null } as Engines);
	}

	it('runs queries, remembers them, and says why one fails', async () => {
		const work = workspace();
		await work.run('SELECT 1 AS x');
		expect(work.result).toMatchObject({ rowCount: 1, text: 'SELECT 1 AS x' });
		await work.run('SELECT y', 4);
		expect(work).toMatchObject({
			result: null,
			isRunning: false,
			failure: { start: 4, error: { code: 'sql.failed' } }
		});
		await work.run('SELECT 1 AS x');
		expect(work.failure).toBeNull();
		expect(work.past.map(({ text, rows }) => [text, rows])).toEqual([
			['SELECT 1 AS x', 1],
			['SELECT y', null]
		]);
	});

	it('stops a query for the next one', async () => {
		const work = workspace();
		const long = work.run(
			'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3'
		);
		await new Promise((resolve) => setTimeout(resolve, 200));
		await Promise.all([work.run('SELECT 2 AS x'), long]);
		expect(work).toMatchObject({ isRunning: false, failure: null, result: { text: 'SELECT 2 AS x' } });
		expect(await work.rows(0, 10, null)).toEqual([{ c0: 2 }]);
	}, 60_000);

	it('gives way when the tables change, and says so until the next query', async () => {
		const session = { runner: { engine: engine() }, clean: {}, recipe: {}, onRun: new Set<() => void>() };
		const work = workspaceOf(session as unknown as Session);
		expect(workspaceOf(session as unknown as Session)).toBe(work);
		session.onRun.forEach((giveWay) => giveWay());
		expect(work.stopped).toBeNull();
		const text =
			'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3';
		const long = work.run(text, 3);
		await new Promise((resolve) => setTimeout(resolve, 200));
		session.onRun.forEach((giveWay) => giveWay());
		await long;
		expect(work).toMatchObject({
			isRunning: false,
			failure: null,
			result: null,
			stopped: { text, start: 3 }
		});
		await work.run('SELECT 1 AS x');
		expect(work).toMatchObject({ stopped: null, result: { rowCount: 1 } });
	}, 60_000);

	it('writes the result in the order shown, with formulas guarded', async () => {
		const work = workspace();
		await work.run(`SELECT * FROM (VALUES ('=1+1', 1.50), ('b', 2.25)) t(word, amount)`);
		await work.rows(0, 10, { key: 'c1', descending: true });
		const file = await work.csv(new AbortController().signal);
		expect(await file?.blob.text()).toBe(`word,amount\r\nb,2.25\r\n'=1+1,1.50\r\n`);
	});

	it('gives no customers away while a rule holds them back', async () => {
		const rule = { id: 'r1', operation: 'rule', params: {}, columns: [] };
		const failing = { id: 'r1', severity: 'block', sources: [{ rowsFailing: 2 }] };
		const work = workspace({ repairs: [failing] }, { clean: { repairs: [rule] } });
		await work.run(`SELECT 'a' AS customer_id`);
		await expect(work.csv(new AbortController().signal)).rejects.toMatchObject({ code: 'export.blocked' });
		expect(work.heldBack).toMatchObject({ code: 'export.blocked' });
		await work.run(`SELECT 'anna@example.com' AS reach`);
		await expect(work.csv(new AbortController().signal)).rejects.toMatchObject({ code: 'export.blocked' });
		await expect(work.copied(10, null)).rejects.toMatchObject({ code: 'export.blocked' });
		expect(await work.rows(0, 1, null)).toEqual([{ c0: 'anna@example.com' }]);
		const settled = workspace(
			{ repairs: [{ ...failing, severity: 'warn' }] },
			{ clean: { repairs: [rule] } }
		);
		await settled.run(`SELECT 'anna@example.com' AS reach`);
		expect(settled.heldBack).toBeNull();
		expect(await settled.copied(10, null)).toHaveLength(1);
		await expect(settled.csv(new AbortController().signal)).resolves.toMatchObject({
			name: 'query-result.csv'
		});
	});

	it('knows the tables and the words of the engine', async () => {
		await engine().exec(sql`CREATE TABLE saved.mine AS SELECT 1 AS x`);
		const work = workspace();
		await work.refresh(new AbortController().signal);
		expect(work.tables.map(({ name }) => name)).toEqual(['mine']);
		expect(work.vocabulary?.keywords).toContain('select');
	});
});
