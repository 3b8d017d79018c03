import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { TEN_GROUPS } from '#lib/pipeline/segment/rfm/ten-groups.ts';
import { STAGES } from '#lib/recipe/runner.ts';
import { SessionChanges } from './changes.svelte.ts';
import { Store } from './store.ts';

type Compared = ConstructorParameters<typeof SessionChanges>[0];

const { signal } = new AbortController();
let engine: Engine;
let store: Store;

beforeAll(async () => {
	engine = await openNativeEngine();
	store = await Store.open('changes');
	const present = {
		id: 'one',
		format: 1 as const,
		name: 'One',
		sequence: 1,
		savedAt: 1,
		history: { past: [], present: {}, future: [] },
		summary: null,
		selection: null
	};
	await store.save(present, [], []);
});

afterAll(async () => {
	store.close();
	await Store.destroy('changes');
	await engine.close();
});

/** A session of these files whose tables hold so many customers, `c0` and on. */
async function sessionOf(files: readonly string[], count: number): Promise<Compared> {
	const idx = Int32Array.from({ length: count }, (_, i) => i);
	await engine.insert('features', 'customers', {
		idx,
		customer_id: [...idx].map((i) => `c${i}`),
		recency_days: new Float64Array(count).fill(9),
		frequency: new Float64Array(count).fill(1),
		monetary_total: new Float64Array(count).fill(5)
	});
	await engine.insert('segment', 'rfm', { idx, rfm_group: [...idx].map(() => 'loyal') });
	await engine.insert('clean', 'rows', {
		row: idx,
		reason: [...idx].map(() => null),
		customer_id: [...idx].map(String)
	});
	await engine.exec(sql`
		CREATE OR REPLACE TABLE clean.accounts AS
		SELECT '' AS account, 'id' AS kind, '' AS system, '' AS name, '' AS customer_id, TRUE AS has_orders`);
	return {
		id: 'one',
		runner: { engine },
		recipe: { import: { sources: files.map((id) => ({ id, fileName: `${id}.csv` })) } },
		stages: Object.fromEntries(STAGES.map((stage) => [stage, { state: 'done', error: null }])),
		clean: { rowsRead: count, firstOrder: '2024-01-01', lastOrder: '2024-01-31' },
		features: { customers: count, orders: count, revenue: 5 * count, asOf: '2024-02-01' },
		rfm: { scheme: 'quintiles', cutPoints: {}, table: TEN_GROUPS },
		clustering: null,
		nameOf: String
	} as unknown as Compared;
}

/** What `SessionChanges` reads of a session, that a test can put others in place of. */
async function changesOf(files: readonly string[], count: number) {
	const session = { ...(await sessionOf(files, count)) };
	const become = async (next: readonly string[], nextCount: number) =>
		Object.assign(session, await sessionOf(next, nextCount));
	return { session, become, changes: new SessionChanges(session) };
}

const numbersOf = (changes: SessionChanges) => changes.earlier.map(({ number }) => number);

describe('SessionChanges', () => {
	beforeEach(async () => {
		const numbers = (await store.snapshots('one')).map(({ number }) => number);
		await store.saveSnapshots('one', [], numbers);
	});

	it('compares with what there was before files were added', async () => {
		const { changes, become } = await changesOf(['s1'], 3);
		await changes.take(1_700_000_000_000, signal);
		expect(numbersOf(changes)).toEqual([]);
		await become(['s1', 's2'], 5);
		expect(changes.earlier).toMatchObject([
			{ number: 1, takenAt: 1_700_000_000_000, state: { customers: 3 } }
		]);
		await changes.compare(1, signal);
		const first = changes.comparison;
		expect(first?.changes.fates.find(({ fate }) => fate === 'new')).toMatchObject({
			customers: 2,
			ordersAdded: 2
		});
		await changes.compare(1, signal);
		expect(changes.comparison).toBe(first);
	});

	it('has nothing to compare with after the addition is undone', async () => {
		const { changes, become } = await changesOf(['s1'], 3);
		await changes.take(1, signal);
		await become(['s1', 's2'], 5);
		await become(['s1'], 3);
		expect(numbersOf(changes)).toEqual([]);
		await changes.take(2, signal);
		await become(['s1', 's3'], 4);
		expect(changes.earlier).toMatchObject([{ takenAt: 2 }]);
	});

	it('does not compare with what came later and was undone', async () => {
		const { changes, become } = await changesOf(['s1'], 3);
		await changes.take(1, signal);
		await become(['s1', 's2'], 4);
		await changes.take(2, signal);
		await become(['s1', 's2', 's3'], 5);
		expect(numbersOf(changes)).toEqual([2, 1]);
		await become(['s1', 's2'], 4);
		expect(numbersOf(changes)).toEqual([1]);
		await become(['s1'], 3);
		expect(numbersOf(changes)).toEqual([]);
	});

	it('comes back from the device, whole', async () => {
		const { changes, become } = await changesOf(['s1'], 3);
		await changes.take(7, signal);
		await changes.save(store);
		await become(['s1', 's2'], 4);

		const again = await changesOf(['s1', 's2'], 4);
		await again.changes.restore(store);
		expect(again.changes.earlier).toEqual(changes.earlier);
		await again.changes.compare(1, signal);
		expect(again.changes.comparison?.changes.before.customers).toBe(3);
	});

	it('keeps the newest twelve', async () => {
		const { changes, become } = await changesOf(['s0'], 2);
		for (let i = 1; i <= 14; i += 1) {
			await changes.take(i, signal);
			if (i === 5) await changes.save(store);
			await become([`s${i}`], 2);
		}
		await changes.save(store);
		const newest = Array.from({ length: 12 }, (_, i) => 14 - i);
		expect(numbersOf(changes)).toEqual(newest);
		expect((await store.snapshots('one')).map(({ number }) => number)).toEqual(newest.toReversed());
	});

	it('leaves out snapshots that it cannot read', async () => {
		const { changes } = await changesOf(['s1', 's2'], 3);
		const customers = {
			customerIds: [],
			orders: new Float64Array(),
			revenue: new Float64Array(),
			group: new Int32Array(),
			segment: null
		};
		await store.saveSnapshots(
			'one',
			[{ number: 1, takenAt: 1, state: { of: 'another shape' }, customers }],
			[]
		);
		await changes.restore(store);
		expect(changes.earlier).toEqual([]);
	});

	it('lets a run come to the own segments first, so that they are compared', async () => {
		const { changes, session, become } = await changesOf(['s1'], 3);
		const segments = [{ kind: 'sql', id: 'g1', name: 'First', sql: 'SELECT customer_id FROM clean.orders' }];
		const recipe = { ...session.recipe, segment: { own: { segments } } };
		const library = { ...session.stages, library: { state: 'running', error: null } };
		// The answer of the run before it, of other customers, is still there.
		const own = { segments: [{ id: 'g1', customers: 2, problem: null }] };
		await engine.insert('segment', 'own', { segment: ['g1', 'g1'], idx: Int32Array.of(7, 8) });
		let runs = 0;
		const finish = async () => {
			runs += 1;
			await engine.insert('segment', 'own', { segment: ['g1', 'g1'], idx: Int32Array.of(0, 1) });
			Object.assign(session, { stages: { ...session.stages, ...done }, libraryOf: session.features });
		};
		const done = { library: { state: 'done', error: null } };
		Object.assign(session, { recipe, stages: library, own, finish });

		await changes.take(1, signal);
		expect(changes.earlier).toEqual([]);
		await changes.untilAsked({ signal, onProgress: () => undefined });
		await changes.untilAsked({ signal, onProgress: () => undefined });
		expect(runs).toBe(1);
		await changes.take(2, signal);
		await become(['s1', 's2'], 3);
		expect(changes.earlier[0]?.state.ownSegments).toMatchObject([{ id: 'g1', name: 'First' }]);
	});

	it('waits no longer than until adding is cancelled, and not without own segments', async () => {
		const { changes, session } = await changesOf(['s1'], 3);
		const forever = () => new Promise<void>(() => undefined);
		const running = { ...session.stages, own: { state: 'running', error: null } };
		const noSegments = { ...session.recipe, segment: { own: { segments: [] } } };
		Object.assign(session, { stages: running, own: null, finish: forever, recipe: noSegments });
		await changes.untilAsked({ signal, onProgress: () => undefined });
		const one = { own: { segments: [{ kind: 'sql', id: 'g1', name: 'One', sql: 'SELECT 1' }] } };
		Object.assign(session, { recipe: { ...session.recipe, segment: one } });
		const controller = new AbortController();
		const told: string[] = [];
		const waiting = changes.untilAsked({
			signal: controller.signal,
			onProgress: ({ what }) => told.push(what)
		});
		controller.abort();
		await expect(waiting).rejects.toThrow();
		expect(told).toHaveLength(1);
	});

	it('takes nothing before there are results', async () => {
		const { changes, session, become } = await changesOf(['s1'], 3);
		Object.assign(session, { stages: { ...session.stages, clean: { state: 'failed', error: null } } });
		await changes.take(1, signal);
		await become(['s1', 's2'], 3);
		expect(changes.earlier).toEqual([]);
	});
});
