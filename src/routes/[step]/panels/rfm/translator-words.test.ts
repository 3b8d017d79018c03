import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { schemeOf } from '#lib/pipeline/segment/rfm/schemes/index.ts';
import type { Translation } from '#lib/pipeline/segment/rfm/translate.ts';
import type { GroupTable } from '#lib/pipeline/segment/schema.ts';
import { agreement, agreementWords, inUseWords, translatedRows } from './translator-words.ts';

const format = createFormat('en-GB');

function groups(...names: readonly string[]): GroupTable {
	return names.map((name, i) => ({ id: `g${i}`, name, meaning: '', advice: '', cells: [] }));
}

function translation(a: GroupTable, b: GroupTable, counts: readonly (readonly number[])[]): Translation {
	const scheme = schemeOf('quintiles');
	const cutPoints = { recencyDays: [], frequency: [], monetaryTotal: null };
	const scored = (table: GroupTable) => ({ scheme, levels: 5, axes: scheme.axes, cutPoints, table });
	const customers = counts.flat().reduce((sum, count) => sum + count, 0);
	return { a: scored(a), b: scored(b), counts, customers, others: 0 };
}

describe('the same customers under two schemes', () => {
	const found = translation(groups('Lost', 'Loyal', 'Champions'), groups('Asleep', 'champions', 'Empty'), [
		[40, 0, 0],
		[10, 30, 0],
		[0, 20, 0]
	]);
	const rows = translatedRows(found);

	it('stand best first, without groups of nobody', () => {
		expect(rows.map(({ name, total }) => [name, total])).toEqual([
			['Champions', 20],
			['Loyal', 40],
			['Lost', 40]
		]);
		expect(rows[1]?.cells.map(({ name, customers, share }) => [name, customers, share])).toEqual([
			['champions', 30, 0.75],
			['Asleep', 10, 0.25]
		]);
		expect(rows[1]?.cells.map(({ group }) => group)).toEqual([1, 0]);
	});

	it('agree where the names are the same, whatever their case', () => {
		expect(agreement(rows)).toBe(0.2);
		expect(agreementWords(rows, format)).toBe(
			'20% are in a group of the same name under both. 40 Lost here are Asleep there.'
		);
	});

	it('can agree on all, or on nobody', () => {
		const all = translation(groups('A', 'B'), groups('A', 'B'), [
			[1, 0],
			[0, 2]
		]);
		expect(agreementWords(translatedRows(all), format)).toBe(
			'Everyone is in a group of the same name under both.'
		);
		const none = translation(groups('A'), groups('B'), [[1]]);
		expect(agreementWords(translatedRows(none), format)).toBe(
			'Nobody is in a group of the same name under both. 1 A here is B there.'
		);
		expect(translatedRows(translation(groups('A'), groups('B'), [[0]]))).toEqual([]);
	});
});

it('names the groups in use, or says that they are the user’s own', () => {
	expect(inUseWords('quintiles', true)).toBe('your own groups');
	expect(inUseWords('quintiles', false)).toMatch(/^the groups in use \(.+\)$/);
});
