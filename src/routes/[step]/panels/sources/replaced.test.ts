import { describe, expect, it } from 'vitest';
import type { SourceAccount } from '#lib/pipeline/clean/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { replacedSources } from './replaced.ts';

const source = (id: string, series: string, version: number) => ({ id, series, version }) as SourceParams;
const account = (id: string, rowsLoaded: number, superseded: number) =>
	({
		id,
		rowsLoaded,
		reasons: superseded > 0 ? [{ reason: 'superseded', count: superseded }] : []
	}) as unknown as SourceAccount;

describe('replacedSources', () => {
	const sources = [
		source('s1', 's1', 1),
		source('s2', 's2', 1),
		source('s3', 's1', 2),
		source('s4', 's1', 3)
	];
	const idsFor = (...accounts: SourceAccount[]) => replacedSources(sources, accounts).map(({ id }) => id);

	it('finds older exports of which every row that counts is in a newer one', () => {
		expect(
			idsFor(account('s1', 0, 9), account('s2', 5, 0), account('s3', 0, 12), account('s4', 20, 0))
		).toEqual(['s1', 's3']);
	});

	it('keeps what still gives something, and what gives nothing for another reason', () => {
		expect(idsFor(account('s1', 1, 8), account('s2', 0, 0), account('s3', 0, 0))).toEqual([]);
	});

	it('keeps the newest of a series', () => {
		expect(idsFor(account('s4', 0, 3))).toEqual([]);
	});
});
