import { expect, test } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource } from '../../../../tests/support/raw-tables.ts';
import { errorWords } from '#lib/core/messages.ts';
import { datesCanBeRead, readingFailure } from './reading-failure.ts';
import type { SourceParams } from './schema.ts';

const RUNNING = new AbortController().signal;

describeEngines('readingFailure', (engine) => {
	const source = makeSource(['when', 'price'], { date: 'when', amount: 'price' });

	const load = async (...rows: readonly (readonly [string, string])[]) => {
		await engine().insert('import', 's1', {
			c0: rows.map(([when]) => when),
			c1: rows.map(([, price]) => price),
			row: Int32Array.from(rows, (_, i) => i + 1)
		});
	};
	const reading = (change: Partial<SourceParams['reading']>): SourceParams => ({
		...source,
		reading: { ...source.reading, ...change }
	});

	test('names dates that can be read both ways', async () => {
		await load(['01/02/2025', '1'], ['03/04/2025', '2']);
		const failure = await readingFailure(engine(), reading({ dateOrder: null }), RUNNING);
		expect(failure).toMatchObject({
			code: 'import.date-order-unknown',
			details: {
				fileName: 's1.csv',
				column: 'when',
				examples: ['01/02/2025', '03/04/2025'],
				contradictory: false,
				counts: { rows: 2, dmy: 2, mdy: 2, ymd: 0, own: 0 }
			}
		});
		expect(errorWords(failure).title).toBe('Is 01/02/2025 day first or month first?');
	});

	test('names dates that contradict each other, and where they stand', async () => {
		await load(['13/02/2025', '1'], ['02/13/2025', '2'], ['13/02/2025 10:00', '3']);
		const failure = await readingFailure(engine(), reading({ dateOrder: null }), RUNNING);
		expect(failure).toMatchObject({
			details: {
				rows: [1, 2],
				contradictory: true,
				counts: { rows: 3, dmy: 2, mdy: 1, ymd: 0, own: 3 }
			}
		});
		expect(errorWords(failure).why).toBe(
			'No one order of day and month fits all: 13/02/2025 (row 1), 02/13/2025 (row 2).'
		);
	});

	test.each([null, 'ymd'] as const)('names texts that are no dates, with the order %s', async (dateOrder) => {
		await load(['anna@example.com', '1'], ['ben@example.com', '2']);
		expect(await readingFailure(engine(), reading({ dateOrder }), RUNNING)).toMatchObject({
			code: 'import.date-format-unknown',
			details: { column: 'when', examples: ['anna@example.com', 'ben@example.com'] }
		});
	});

	test('names numbers that can be read both ways', async () => {
		await load(['2025-03-01', '1.234']);
		const failure = await readingFailure(engine(), reading({ decimalMark: null }), RUNNING);
		expect(failure).toMatchObject({
			code: 'import.decimal-mark-unknown',
			details: { column: 'price', examples: [{ text: '1.234', point: '1.23', comma: '1,234' }] }
		});
		expect(errorWords(failure).title).toBe('Is 1.234 1.23 or 1,234?');
	});

	test('names numbers that contradict each other', async () => {
		await load(['2025-03-01', '1.234,56'], ['2025-03-01', '1,234.56']);
		const failure = await readingFailure(engine(), reading({ decimalMark: null }), RUNNING);
		expect(errorWords(failure)).toMatchObject({
			title: '“price” of s1.csv mixes decimal points and decimal commas.',
			why: 'No one decimal mark fits all: 1.234,56, 1,234.56.'
		});
	});

	test('datesCanBeRead looks at every value where the first tell nothing', async () => {
		const noise = Array.from({ length: 1200 }, (): [string, string] => ['soon', '1']);
		await load(...noise);
		expect(await datesCanBeRead(engine(), source, RUNNING)).toBe(false);
		await load(...noise, ['13/02/2025', '2']);
		expect(await datesCanBeRead(engine(), source, RUNNING)).toBe(true);
		await load(['', '1']);
		expect(await datesCanBeRead(engine(), source, RUNNING)).toBe(false);
		expect(await datesCanBeRead(engine(), { ...source, kind: 'survey' }, RUNNING)).toBe(true);
	});
});
