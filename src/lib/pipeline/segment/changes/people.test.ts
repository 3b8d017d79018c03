import { expect, it } from 'vitest';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { cleanRows, makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { runRfm } from '../rfm/step.ts';
import { takeSnapshot, type ImportResults } from './snapshot.ts';
import { computeChanges, movementCustomers } from './step.ts';

const WEB = makeSource(['email', 'day', 'amount'], { customer: 'email', date: 'day', amount: 'amount' });
const TILL = {
	...makeSource(
		['id', 'email', 'day', 'amount'],
		{ customer: 'id', email: 'email', date: 'day', amount: 'amount' },
		{ id: 's2' }
	),
	idSystem: 'till'
};
const WEB_ROWS = [
	['anna@shop.example', '2024-01-05', '10'],
	['bert@shop.example', '2024-01-06', '20'],
	['cleo@shop.example', '2024-01-07', '30.5']
];

async function run(engine: Engine, tables: Parameters<typeof cleanRows>[1]): Promise<ImportResults> {
	const context = stepContext(engine);
	const clean = await cleanRows(engine, tables);
	const features = await runFeatures(context, DEFAULT_FEATURES, clean);
	const rfm = await runRfm(context, { scheme: 'quintiles', cutPoints: null, groups: null }, features);
	return { sources: tables.map(({ source }) => source), clean, features, rfm, segmentNames: null };
}

describeEngines('people who are joined by a second file', (engine) => {
	it('are who they were, under another name, and nobody is lost', async () => {
		const { signal } = stepContext(engine());
		const web = { source: WEB, rows: WEB_ROWS };
		const snapshot = await takeSnapshot(engine(), await run(engine(), [web]), signal);
		// The till knows Anna by number 77, and one number of two addresses: Bert and Cleo are one person.
		const till = {
			source: TILL,
			rows: [
				['77', 'anna@shop.example', '2024-02-01', '5'],
				['78', 'bert@shop.example', '2024-01-02', '7'],
				['78', 'cleo@shop.example', '2024-01-03', '1.5'],
				['79', 'dora@shop.example', '2024-02-02', '9']
			]
		};
		const context = stepContext(engine());
		const changes = await computeChanges(context, await run(engine(), [web, till]), snapshot);
		expect(
			changes.fates.map(({ fate, customers, ordersAdded, revenueAdded }) => [
				fate,
				customers,
				ordersAdded,
				revenueAdded
			])
		).toEqual([
			['new', 1, 1, 9],
			['returned', 2, 3, 13.5],
			['corrected', 0, 0, 0],
			['unchanged', 0, 0, 0],
			['gone', 0, 0, 0],
			['joined', 1, 0, 0]
		]);
		const namesOf = async (fate: 'returned' | 'joined') => {
			const found = await movementCustomers(engine(), { kind: 'fate', fate }, { offset: 0, limit: 9 });
			return found.map(({ beforeId, customerId }) => [beforeId, customerId]);
		};
		expect(await namesOf('returned')).toEqual([
			['bert@shop.example', '78'],
			['anna@shop.example', '77']
		]);
		expect(await namesOf('joined')).toEqual([['cleo@shop.example', '78']]);
	});
});
