import { beforeAll, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { sql } from '#lib/engine/sql.ts';
import { DEFAULT_OWN, type GuardParams } from '#lib/pipeline/segment/own/schema.ts';
import {
	AUDIENCE,
	CUSTOMER_COUNT,
	customerId,
	writeAudienceTables
} from '../../../../tests/support/audience-tables.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import type { Selection } from './audience.ts';
import { requireSize, segmentOf } from './size-guard.ts';

const SELECTIONS: readonly (readonly [Selection, string | null, number])[] = [
	[{ kind: 'everyone' }, null, 0],
	[{ kind: 'picked' }, null, 0],
	// Every fourth customer is active.
	[{ kind: 'cluster', cluster: 1 }, 'cluster:3:1', 3],
	[{ kind: 'group', group: 'loyal', name: 'Loyal' }, 'group:loyal', 10],
	[{ kind: 'group', group: 'champion', name: 'Champions' }, 'group:champion', 0],
	[{ kind: 'saved', name: 'some_people', title: 'Some' }, 'saved:some_people', 1],
	[{ kind: 'own', segment: 'g1', name: 'Some' }, 'own:g1', 0],
	[{ kind: 'assigned', segment: 'own:g1', name: 'Some', place: 1, places: 2 }, 'own:g1', 0]
];

describeEngines('the floor of a segment', (engine) => {
	const { signal } = new AbortController();
	const guardOf = (change: Partial<GuardParams>): GuardParams => ({ ...DEFAULT_OWN.guard, ...change });
	const failure = (selection: Selection, change: Partial<GuardParams>) =>
		requireSize({ engine: engine(), signal }, AUDIENCE, selection, {
			guard: guardOf(change),
			asOf: '2024-05-01',
			customers: CUSTOMER_COUNT,
			nameOf: (ref) => `The ${ref}`
		}).then(
			() => null,
			(error: unknown) => error
		);

	beforeAll(async () => {
		await writeAudienceTables(engine());
		const active = Array.from({ length: CUSTOMER_COUNT }, (_, i) => i).filter((i) => i % 4 === 0);
		await engine().insert('clean', 'orders_made', { customer_id: active.map(customerId) });
		await engine().exec(
			sql`CREATE OR REPLACE TABLE clean.orders AS
				SELECT customer_id, TIMESTAMP '2024-04-01 10:00' AS ordered_at, false AS is_return FROM clean.orders_made`
		);
		await engine().exec(
			sql`CREATE OR REPLACE TABLE clean.events (customer_id VARCHAR, happened_at TIMESTAMP)`
		);
		await engine().exec(
			sql`CREATE OR REPLACE TABLE clean.sends (customer_id VARCHAR, sent_at TIMESTAMP, action VARCHAR)`
		);
	});

	it.each(SELECTIONS)('holds %j back under it alone', async (selection, ref, active) => {
		expect(segmentOf(selection, AUDIENCE)).toBe(ref);
		expect(await failure(selection, { floor: active })).toBeNull();
		const under = await failure(selection, { floor: active + 1 });
		if (ref === null) {
			expect(under).toBeNull();
			return;
		}
		expect(under).toEqual(
			new AppError('export.too-small', { segment: `The ${ref}`, active, floor: active + 1 })
		);
		expect(await failure(selection, { floor: 99, overrides: { [ref]: 'A pilot' } })).toBeNull();
		expect(await failure(selection, { floor: 1, activeDays: 10 })).not.toBeNull();
	});
});
