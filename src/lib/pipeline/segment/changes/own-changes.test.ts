import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { EVERYONE } from '../rules/schema.ts';
import { TEN_GROUPS } from '../rfm/ten-groups.ts';
import type { OwnSegment } from '../own/schema.ts';
import { ownStates } from './own-changes.ts';
import { OWN_SIDES, type Changes, type Snapshot } from './schema.ts';
import { takeSnapshot, type ImportResults } from './snapshot.ts';
import { computeChanges, movementCustomers } from './step.ts';

/** Who there is, and who of them is in which own segment. */
interface World {
	readonly people: readonly string[];
	readonly segments: Readonly<Record<string, readonly string[]>>;
	/** Accounts of people who have another name: name → person. */
	readonly accounts?: Readonly<Record<string, string>>;
}

function segment(id: string, change: Partial<OwnSegment> = {}): OwnSegment {
	return { kind: 'rule', id, name: `Segment ${id}`, rule: EVERYONE, ...change } as OwnSegment;
}

async function write(engine: Engine, { people, segments, accounts = {} }: World): Promise<ImportResults> {
	const idx = Int32Array.from(people, (_, i) => i);
	const ones = () => Float64Array.from(people, () => 1);
	await engine.insert('features', 'customers', {
		idx,
		customer_id: people,
		frequency: ones(),
		monetary_total: ones()
	});
	await engine.insert('segment', 'rfm', { idx, rfm_group: people.map(() => 'loyal') });
	await engine.exec(sql`CREATE OR REPLACE TABLE segment.own (segment VARCHAR, idx INTEGER)`);
	for (const [id, names] of Object.entries(segments)) {
		for (const name of names)
			await engine.exec(sql`INSERT INTO segment.own VALUES (${id}, ${people.indexOf(name)})`);
	}
	await engine.exec(
		sql`CREATE OR REPLACE TABLE clean.accounts (
			account VARCHAR, kind VARCHAR, system VARCHAR, name VARCHAR, customer_id VARCHAR, has_orders BOOLEAN)`
	);
	for (const [name, person] of Object.entries(accounts))
		await engine.exec(
			sql`INSERT INTO clean.accounts VALUES (${name}, 'id', 'own', ${name}, ${person}, true)`
		);
	await engine.exec(
		sql`CREATE OR REPLACE TABLE clean.rows (source VARCHAR, "row" INTEGER, reason VARCHAR, customer_id VARCHAR)`
	);
	const features = {
		asOf: '2024-06-01',
		customers: people.length,
		orders: people.length,
		revenue: people.length
	};
	return {
		sources: [makeSource(['a'], {})],
		clean: { rowsRead: 1, firstOrder: null, lastOrder: null } as unknown as CleanResult,
		features: features as FeatureResult,
		rfm: {
			scheme: 'quintiles',
			cutPoints: { recencyDays: [], frequency: [], monetaryTotal: [] },
			table: TEN_GROUPS
		},
		segmentNames: null,
		own: ownStates(Object.keys(segments).map((id) => segment(id)))
	};
}

describeEngines('changes of own segments', (engine) => {
	const context = () => stepContext(engine());
	const snapshotOf = async (world: World): Promise<Snapshot> =>
		takeSnapshot(engine(), await write(engine(), world), context().signal);
	const compare = async (before: World, now: World): Promise<Changes> => {
		const snapshot = await snapshotOf(before);
		return computeChanges(context(), await write(engine(), now), snapshot);
	};
	const peopleOf = async (id: string) => {
		const lists = await Promise.all(
			OWN_SIDES.map((side) =>
				movementCustomers(engine(), { kind: 'own', segment: id, side }, { offset: 0, limit: 99 })
			)
		);
		return Object.fromEntries(
			lists.map((list, i) => [
				OWN_SIDES[i],
				list
					.map((each) => each.beforeId ?? each.customerId)
					.toSorted()
					.join(' ')
			])
		);
	};

	it('tells who entered, left and stayed, the new and the gone among them', async () => {
		const { own } = await compare(
			{ people: ['a', 'b', 'c', 'd'], segments: { g1: ['a', 'b', 'c'], g2: ['d'], g3: ['a'] } },
			{ people: ['a', 'b', 'd', 'e'], segments: { g1: ['a', 'd', 'e'], g2: [], g4: ['a'] } }
		);
		expect(own).toEqual([
			{ id: 'g1', name: 'Segment g1', isChanged: false, before: 3, now: 3, entered: 2, left: 2, stayed: 1 },
			{ id: 'g2', name: 'Segment g2', isChanged: false, before: 1, now: 0, entered: 0, left: 1, stayed: 0 }
		]);
		expect(await peopleOf('g1')).toEqual({ entered: 'd e', left: 'b c', stayed: 'a' });
		expect(await peopleOf('g2')).toEqual({ entered: '', left: 'd', stayed: '' });
	});

	it('finds people by another name, and lets the person stand for those who were joined', async () => {
		const { own } = await compare(
			{ people: ['a', 'b', 'c'], segments: { g1: ['a', 'b', 'c'] } },
			{ people: ['a', 'C'], segments: { g1: ['a', 'C'] }, accounts: { a: 'a', b: 'a', c: 'C' } }
		);
		expect(own).toMatchObject([{ before: 3, now: 2, entered: 0, left: 1, stayed: 2 }]);
		expect(await peopleOf('g1')).toEqual({ entered: '', left: 'b', stayed: 'a c' });
	});

	it('says that a rule was changed since, and nothing of imports that kept no segments', async () => {
		const world: World = { people: ['a'], segments: { g1: ['a'] } };
		const snapshot = await snapshotOf(world);
		const results = await write(engine(), world);
		const changed = ownStates([segment('g1', { rule: { ...EVERYONE, match: 'none' }, name: 'New name' })]);
		const { own } = await computeChanges(context(), { ...results, own: changed }, snapshot);
		expect(own).toMatchObject([{ name: 'New name', isChanged: true, stayed: 1 }]);
		const { ownSegments: _, ...state } = snapshot.state;
		const { own: __, ...customers } = snapshot.customers;
		expect((await computeChanges(context(), results, { state, customers })).own).toEqual([]);
		const { own: ___, ...unasked } = results;
		expect((await computeChanges(context(), unasked, snapshot)).own).toEqual([]);
	});

	it('adds up to before and to now, whoever is where', async () => {
		const names = ['a', 'b', 'c', 'd', 'e', 'f'];
		const world = fc.record({
			people: fc.subarray(names, { minLength: 1 }),
			groups: fc.array(fc.subarray(names), { minLength: 2, maxLength: 2 })
		});
		const worldOf = ({ people, groups }: { people: string[]; groups: string[][] }): World => ({
			people,
			segments: Object.fromEntries(
				groups.map((group, i) => [`g${i + 1}`, group.filter((name) => people.includes(name))])
			)
		});
		await fc.assert(
			fc.asyncProperty(world, world, async (before, now) => {
				const [was, is] = [worldOf(before), worldOf(now)];
				const { own } = await compare(was, is);
				expect(own).toHaveLength(2);
				for (const { id, entered, left, stayed } of own) {
					const [then, today] = [was.segments[id] ?? [], is.segments[id] ?? []];
					expect([left + stayed, entered + stayed]).toEqual([then.length, today.length]);
					expect(await peopleOf(id)).toEqual({
						entered: today.filter((name) => !then.includes(name)).join(' '),
						left: then.filter((name) => !today.includes(name)).join(' '),
						stayed: today.filter((name) => then.includes(name)).join(' ')
					});
				}
			}),
			{ seed: 11, numRuns: 12 }
		);
	});
});
