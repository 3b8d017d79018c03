import { describe, expect, it } from 'vitest';
import { snapshotOfSegmentsCsv } from './read-segments-csv.ts';

const HEADER =
	'customer_id,recency_days,frequency,monetary_total,r_score,f_score,m_score,rfm_group,cluster,segment_name';

function csv(...records: string[]): string {
	return [HEADER, ...records, ''].join('\r\n');
}

describe('snapshotOfSegmentsCsv', () => {
	it('reads customers, totals, groups and segments', () => {
		const { state, customers } = snapshotOfSegmentsCsv(
			csv(
				'1,1,3,30.5,5,5,5,champion,0,"Regulars, ""gold"""',
				"'=2,9,1,4.25,1,1,1,hibernating,1,'=Cooling",
				'+49 30 1,2,2,0,4,2,1,potential_loyalist,0,"Regulars, ""gold"""'
			),
			'old.csv'
		);
		expect(state).toEqual({
			sources: [{ id: 'before', fileName: 'old.csv' }],
			customers: 3,
			orders: 6,
			revenue: 34.75,
			rowsRead: null,
			asOf: null,
			firstOrder: null,
			lastOrder: null,
			segmentNames: ['Regulars, "gold"', '=Cooling'],
			groups: [
				{ id: 'champion', name: 'Champions' },
				{ id: 'hibernating', name: 'Hibernating' },
				{ id: 'potential_loyalist', name: 'Potential loyalists' }
			]
		});
		expect(customers.customerIds).toEqual(['1', '=2', '+49 30 1']);
		expect([...customers.orders]).toEqual([3, 1, 2]);
		expect([...customers.group].map((group) => state.groups?.[group]?.id)).toEqual([
			'champion',
			'hibernating',
			'potential_loyalist'
		]);
		expect([...(customers.segment ?? [])]).toEqual([0, 1, 0]);
	});

	it('has no money and no segments where the file has none', () => {
		const { state, customers } = snapshotOfSegmentsCsv(csv('a,1,3,,5,5,0,champion,,'));
		expect(state).toMatchObject({ revenue: null, segmentNames: null, customers: 1 });
		expect([...customers.revenue]).toEqual([NaN]);
		expect(customers.segment).toBeNull();
	});

	it.each([
		['no columns of it', 'a,b\r\n1,2\r\n', 'it has no column customer_id'],
		['no group', csv('1,1,3,30.5,5,5,5,The best,0,Regulars'), '“The best” is no RFM group'],
		['a text for a number', csv('1,1,many,30.5,5,5,5,champion,0,Regulars'), '“many” is no number'],
		['broken quotes', `${HEADER}\r\n"1"x,2\r\n`, 'its quotes or line ends are broken']
	])('refuses a file with %s', (_, text, problem) => {
		expect(() => snapshotOfSegmentsCsv(text)).toThrowError(
			expect.objectContaining({
				code: 'import.drift',
				details: expect.objectContaining({ problems: expect.arrayContaining([problem]) })
			})
		);
	});
});
