import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { RfmResult } from '../schema.ts';
import { explainGroup, groupName } from './groups.ts';
import { schemeOf } from './schemes/index.ts';

const format = createFormat('en-GB', 'GBP');

function scoring(id: string): RfmResult {
	const { levels, axes, table } = schemeOf(id);
	return {
		scheme: id,
		levels,
		axes: [...axes],
		table,
		cutPoints: {
			recencyDays: [21, 51, 97, 164],
			frequency: [1, 1, 2, 4],
			monetaryTotal: [215.18, 400, 764, 1637]
		},
		groups: [],
		cells: []
	};
}

describe('groupName', () => {
	it('is that of the table, or the id where the table has none', () => {
		const { table } = schemeOf('quintiles');
		expect(groupName(table, 'cant_lose_them')).toBe('Can’t lose them');
		expect(groupName(table, 'vips')).toBe('vips');
	});
});

describe('explainGroup', () => {
	const customer = {
		recencyDays: 30,
		frequency: 5,
		monetaryTotal: 2790.86,
		r: 4,
		f: 5,
		m: 5,
		group: 'loyal'
	};

	it('gives the cut-points a customer lies between', () => {
		expect(explainGroup(customer, scoring('quintiles'), format)).toEqual([
			'Loyal: Among the more frequent buyers, and the last order is not long ago.',
			'Last order 30 days ago. Recency 4 of 5 is over 21, up to 51 days.',
			'Orders: 5. Frequency 5 of 5 is over 4.',
			'£2,791 in all. Money 5 of 5 is over £1,637; it does not decide the group.'
		]);
	});

	it('says nothing of money where there is none, and explains split ties', () => {
		const without = { ...customer, recencyDays: 200, frequency: 1, monetaryTotal: null, r: 1, f: 1, m: 0 };
		const result = scoring('ntile');
		const cutPoints = { ...result.cutPoints, monetaryTotal: null };
		const sentences = explainGroup({ ...without, group: 'hibernating' }, { ...result, cutPoints }, format);
		expect(sentences).toHaveLength(4);
		expect(sentences[1]).toBe('Last order 200 days ago. Recency 1 of 5 is over 164 days.');
		expect(sentences[2]).toBe('Orders: 1. Frequency 1 of 5 is up to 1.');
		expect(sentences[3]).toContain('of equal size');
	});

	it('tells how frequency and money become one score', () => {
		const sentences = explainGroup({ ...customer, m: 4 }, scoring('averaged_fm'), format);
		expect(sentences[3]).toBe('£2,791 in all. Money 4 of 5 is over £764, up to £1,637.');
		expect(sentences.at(-1)).toBe(
			'Frequency and money together are 5 of 5: the mean of 5 and 4, a half counting up.'
		);
	});

	it('speaks of three levels where there are three', () => {
		const result = {
			...scoring('three_level'),
			cutPoints: { recencyDays: [180, 365], frequency: [1, 2], monetaryTotal: [50, 200] }
		};
		const sentences = explainGroup({ ...customer, r: 3, f: 3, m: 3, group: 'champion' }, result, format);
		expect(sentences.slice(1)).toEqual([
			'Last order 30 days ago. Recency 3 of 3 is up to 180 days.',
			'Orders: 5. Frequency 3 of 3 is over 2.',
			'£2,791 in all. Money 3 of 3 is over £200.'
		]);
	});

	it.each([
		['fixed', 'where you drew them'],
		['natural', 'in the gaps of the values']
	])('says where the lines of %s come from', (id, words) => {
		expect(explainGroup(customer, scoring(id), format).at(-1)).toContain(words);
	});
});
