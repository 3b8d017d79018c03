import { expect, it } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { customersWithText, findExtremes, namesOf, valuesOfCustomer } from './people.ts';
import type { FeatureColumn } from './spread.ts';

const SPEND: FeatureColumn = { id: 'spend', kind: 'number', table: ['features', 'customers'] };
const GAP: FeatureColumn = { id: 'gap', kind: 'number', table: ['features', 'library'] };
const CHANNEL: FeatureColumn = { id: 'channel', kind: 'text', table: ['features', 'library'] };

describeEngines('people by a feature', (engine) => {
	const { signal } = new AbortController();

	it('are the highest, the lowest, those of a text, and one with all values', async () => {
		const idx = Int32Array.of(0, 1, 2, 3);
		const customer_id = ['7', '8', '9', '10'];
		await engine().insert('features', 'customers', {
			idx,
			customer_id,
			spend: Float64Array.of(5, 30, 5, NaN)
		});
		await engine().insert('features', 'library', {
			idx,
			customer_id,
			gap: Float64Array.of(1, NaN, 3, 4),
			channel: ['web', "men's", null, 'web']
		});
		await engine().insert('clean', 'contacts', { customer_id: ['7', '9'], name: ['Ann', ' '] });

		const { highest, lowest } = await findExtremes(engine(), SPEND, ['name'], 2, signal);
		expect(highest).toEqual([
			{ idx: 1, customerId: '8', person: '8', value: 30 },
			{ idx: 0, customerId: '7', person: 'Ann', value: 5 }
		]);
		expect(lowest.map(({ person }) => person)).toEqual(['Ann', '9']);
		expect((await findExtremes(engine(), SPEND, [], 1, signal)).lowest).toEqual([
			{ idx: 0, customerId: '7', person: '7', value: 5 }
		]);
		expect([...(await namesOf(engine(), [3, 0], ['name'], signal))]).toEqual([
			[0, { customerId: '7', person: 'Ann' }],
			[3, { customerId: '10', person: '10' }]
		]);
		expect((await namesOf(engine(), [0], [], signal)).get(0)?.person).toBe('7');
		expect(await customersWithText(engine(), CHANNEL, 'web', signal)).toEqual(['7', '10']);
		expect(await customersWithText(engine(), CHANNEL, "men's", signal)).toEqual(['8']);
		const of = (customer: string) => valuesOfCustomer(engine(), [SPEND, GAP, CHANNEL], customer, signal);
		expect([...(await of('8'))]).toEqual([
			['spend', 30],
			['channel', "men's"]
		]);
		expect([...(await of('nobody'))]).toEqual([]);
	});
});
