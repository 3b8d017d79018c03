import { expect, it } from 'vitest';
import { Sql, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../tests/support/raw-tables.ts';
import { featureSql } from './explain.ts';
import { DEFAULT_FEATURES } from './schema.ts';
import { knownDefinitions, runFeatures } from './step.ts';

const SOURCE = makeSource(['Customer', 'Day', 'Amount'], {
	customer: 'Customer',
	date: 'Day',
	amount: 'Amount'
});

describeEngines('featureSql', (engine) => {
	it('makes the very column that the step makes', async () => {
		const rows = [
			['a', '2024-01-01', '10'],
			['a', '2024-01-31', '30'],
			['b', '2024-02-01', '5']
		];
		const clean = await cleanRows(engine(), [{ source: SOURCE, rows }]);
		const { asOf } = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, clean);
		const { signal } = new AbortController();
		const known = await knownDefinitions(engine(), asOf, DEFAULT_FEATURES, signal);
		const text = featureSql({ feature: 'monetary_mean', known, asOf, params: DEFAULT_FEATURES });
		expect(text?.startsWith('CREATE OR REPLACE TABLE "features"."monetary_mean" AS')).toBe(true);
		await engine().exec(new Sql(text ?? ''));
		expect(
			await engine().rows(
				sql`SELECT customer_id::VARCHAR AS id, monetary_mean::DOUBLE AS mean FROM features.monetary_mean ORDER BY idx`
			)
		).toEqual([
			{ id: 'a', mean: 20 },
			{ id: 'b', mean: 5 }
		]);
		expect(featureSql({ feature: 'own_number', known, asOf, params: DEFAULT_FEATURES })).toBeNull();
	});
});
