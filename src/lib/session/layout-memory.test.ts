import { describe, expect, test } from 'vitest';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { parseLayouts, recall, recallAnswers, remember } from './layout-memory.ts';

const COLUMNS = ['Kunde', 'Tag', 'Betrag'];
const corrected = makeSource(
	COLUMNS,
	{ customer: 'Kunde', date: 'Tag', amount: 'Betrag' },
	{ dateOrder: 'mdy' }
);
const proposed = makeSource(COLUMNS, { customer: 'Kunde' }, { dateOrder: null });

describe('layout memory', () => {
	test('gives a second file of the layout the meaning of the first', () => {
		const layouts = remember({}, corrected, null);
		const recalled = recall(proposed, layouts);
		expect(recalled.mapping).toEqual(corrected.mapping);
		// The date column is another one than was proposed, so this file's own values are asked first.
		expect(recalled.reading.dateOrder).toBeNull();
		expect(recallAnswers(recalled, layouts).reading.dateOrder).toBe('mdy');
	});

	test('lets the values of the file speak before the memory', () => {
		const layouts = remember({}, corrected, null);
		const settled = { ...corrected, reading: { ...corrected.reading, dateOrder: 'dmy' as const } };
		expect(recall(settled, layouts).reading.dateOrder).toBe('dmy');
		expect(recallAnswers(settled, layouts).reading.dateOrder).toBe('dmy');
	});

	test('does not touch a file of another layout, nor one whose names are written otherwise', () => {
		const layouts = remember({}, corrected, null);
		const other = makeSource(['Kunde', 'Tag'], {});
		const shouted = makeSource(['KUNDE', 'TAG', 'BETRAG'], {});
		expect(recall(other, layouts)).toBe(other);
		expect(recall(shouted, layouts)).toBe(shouted);
	});

	test('keeps one entry per layout, the latest last, and 200 of them', () => {
		const once = remember({}, corrected, null);
		expect(remember(once, corrected, null)).toBe(once);
		const many = Array.from({ length: 250 }, (_, i) => makeSource([`column ${i}`], {}));
		const full = many.reduce((layouts, source) => remember(layouts, source, null), once);
		expect(Object.keys(full)).toHaveLength(200);
		expect(recall(proposed, full)).toBe(proposed);
	});

	test('has no need of what was proposed anyhow, and follows a correction that is taken back', () => {
		expect(remember({}, corrected, corrected)).toEqual({});
		const layouts = remember({}, corrected, proposed);
		const back = remember(layouts, proposed, proposed);
		expect(recall(corrected, back).mapping).toEqual(proposed.mapping);
	});

	test('survives the way to the device and back, and forgets what it cannot read', () => {
		const layouts = remember({}, corrected, null);
		expect(parseLayouts(JSON.parse(JSON.stringify(layouts)))).toEqual(layouts);
		expect(parseLayouts({ x: { kind: 'spells' } })).toEqual({});
		expect(parseLayouts(undefined)).toEqual({});
	});
});
