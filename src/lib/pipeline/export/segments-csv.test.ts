import { beforeAll, expect, it } from 'vitest';
import { AUDIENCE, writeAudienceTables } from '../../../../tests/support/audience-tables.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { readCsv } from '../../../../tests/support/read-csv.ts';
import { toBlob } from './csv.ts';
import { renderSegmentsCsv } from './segments-csv.ts';

describeEngines('segments.csv', (engine) => {
	beforeAll(() => writeAudienceTables(engine()));

	async function read(audience = AUDIENCE): Promise<string[][]> {
		const context = { engine: engine(), signal: new AbortController().signal };
		return readCsv(await (await toBlob(renderSegmentsCsv(context, audience))).text());
	}

	it('has the agreed columns, then the other features of the clusters', async () => {
		const [header, first] = await read();
		expect(header?.join()).toBe(
			'customer_id,recency_days,frequency,monetary_total,r_score,f_score,m_score,rfm_group,cluster,segment_name,items_per_order'
		);
		expect(first).toEqual(['c,100', '1', '1', '0', '1', '2', '3', 'loyal', '0', 'Regulars, "gold"', '']);
	});

	it('keeps the money column, empty, when the files have no amounts', async () => {
		const features = ['recency_days', 'frequency'];
		const [header = [], first] = await read({ ...AUDIENCE, features, clusterFeatures: features });
		expect(header).toHaveLength(10);
		expect(first?.[header.indexOf('monetary_total')]).toBe('');
	});
});
