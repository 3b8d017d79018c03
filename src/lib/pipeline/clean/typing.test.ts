import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { Reading } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { dateSql, doubleSql, numberSql, readingMacros } from './typing.ts';

/** Reads every text in one query, as a column, the way the steps do. */
async function readAll(engine: Engine, texts: readonly string[], value: Sql): Promise<(string | null)[]> {
	await engine.insert('import', 'texts', {
		t: texts,
		place: Int32Array.from(texts, (_, i) => i)
	});
	const rows = await engine.rows<{ value: string | null }>(
		sql`SELECT (${value})::VARCHAR AS value FROM import.texts ORDER BY place`
	);
	return rows.map((row) => row.value);
}

const T = sql`t`;

const ANY_ORDER: readonly (readonly [text: string, value: string | null])[] = [
	['2010-12-01 08:26:00', '2010-12-01 08:26:00'],
	['2010-12-01T08:26:00', '2010-12-01 08:26:00'],
	['2010-12-01T08:26:00.123456789Z', '2010-12-01 08:26:00.123456'],
	['2024-02-09 02:35:39 -0500', '2024-02-09 02:35:39'],
	['2024-02-09T23:35:39-11:00', '2024-02-09 23:35:39'],
	['2024-02-09 02:35+02', '2024-02-09 02:35:00'],
	['2024-02-09 02:35:39 UTC', '2024-02-09 02:35:39'],
	[' 2024-02-09 ', '2024-02-09 00:00:00'],
	['2010/12/01 8:26', '2010-12-01 08:26:00'],
	['2010.12.01', '2010-12-01 00:00:00'],
	['2010-12-01 08:26 pm', '2010-12-01 20:26:00'],
	['20101201', '2010-12-01 00:00:00'],
	['201012010826', '2010-12-01 08:26:00'],
	['20101201T082601Z', '2010-12-01 08:26:01'],
	['4-Sep-12', '2012-09-04 00:00:00'],
	['4-Sep-70', '1970-09-04 00:00:00'],
	['04 September 2012 7:05 PM', '2012-09-04 19:05:00'],
	['Sep 4, 2012 12:05:06 AM PDT', '2012-09-04 00:05:06'],
	['Jan 1, 2024 12:00:00 PM PST', '2024-01-01 12:00:00'],
	['2024-02-30', null],
	['2024-02-09 25:00', null],
	['20101232', null],
	['1899-12-31', null],
	['2200-01-01', null],
	['0012-01-02', null],
	['2024-03-15 (BC)', null],
	['epoch', null],
	['infinity', null],
	['2024', null],
	['May 2012', null],
	['45291', null],
	['', null],
	['n/a', null]
];

const BY_ORDER: readonly (readonly [text: string, dmy: string | null, mdy: string | null])[] = [
	['12/1/2010 8:26', '2010-01-12 08:26:00', '2010-12-01 08:26:00'],
	['1.2.12', '2012-02-01 00:00:00', '2012-01-02 00:00:00'],
	['31/12/1999 23:59:59', '1999-12-31 23:59:59', null],
	['12/31/2011', null, '2011-12-31 00:00:00'],
	['31-12-69', '1969-12-31 00:00:00', null],
	['1-2-68', '2068-02-01 00:00:00', '2068-01-02 00:00:00'],
	['1/2/2012 7:12:05 PM', '2012-02-01 19:12:05', '2012-01-02 19:12:05'],
	['1/2/2012 12:12 AM', '2012-02-01 00:12:00', '2012-01-02 00:12:00'],
	['1/2/2012, 13:12', '2012-02-01 13:12:00', '2012-01-02 13:12:00'],
	['32/12/2011', null, null],
	['1/2/201', null, null],
	['1/2/20123', null, null]
];

const NUMBERS: readonly (readonly [text: string, point: string | null, comma: string | null])[] = [
	['17', '17.0000', '17.0000'],
	['-1.5', '-1.5000', null],
	['-1,5', null, '-1.5000'],
	['0.00005', '0.0001', null],
	['$1,234.50', '1234.5000', null],
	['1.234,50 €', null, '1234.5000'],
	['1.234', '1.2340', '1234.0000'],
	['1,234', '1234.0000', '1.2340'],
	['1.234.567', null, '1234567.0000'],
	['1,23,456.00', '123456.0000', null],
	['-$18.00', '-18.0000', null],
	['$-18.00', '-18.0000', null],
	['($5.00)', '-5.0000', null],
	['5.00-', '-5.0000', null],
	['−5', '-5.0000', '-5.0000'],
	['1 234.50', '1234.5000', null],
	['1\u00A0234,5', null, '1234.5000'],
	["1'234.50", '1234.5000', null],
	['CHF 12.50', '12.5000', null],
	['12.50 eur', '12.5000', null],
	['US$ 5', '5.0000', '5.0000'],
	['kr 5,00', null, '5.0000'],
	['1e3', '1000.0000', '1000.0000'],
	['99999999999999.9', '99999999999999.9000', null],
	['999999999999999', null, null],
	['1e309', null, null],
	['inf', null, null],
	['nan', null, null],
	['#N/A', null, null],
	['12 pcs', null, null],
	['0x10', null, null],
	['--5', null, null],
	['-', null, null],
	['', null, null]
];

describeEngines('reading texts', (engine) => {
	beforeAll(async () => {
		for (const macro of readingMacros()) await engine().exec(macro);
	});

	it.each<Reading['dateOrder']>([null, 'ymd', 'dmy', 'mdy'])(
		'reads dates that say their order (%s)',
		async (order) => {
			const values = await readAll(
				engine(),
				ANY_ORDER.map(([text]) => text),
				dateSql(T, order)
			);
			expect(values).toEqual(ANY_ORDER.map(([, value]) => value));
		}
	);

	it('reads day-first and month-first dates by the order given, and not without one', async () => {
		const texts = BY_ORDER.map(([text]) => text);
		expect(await readAll(engine(), texts, dateSql(T, 'dmy'))).toEqual(BY_ORDER.map(([, dmy]) => dmy));
		expect(await readAll(engine(), texts, dateSql(T, 'mdy'))).toEqual(BY_ORDER.map(([, , mdy]) => mdy));
		expect(await readAll(engine(), texts, dateSql(T, null))).toEqual(BY_ORDER.map(() => null));
	});

	it('reads numbers by the decimal mark given', async () => {
		const texts = NUMBERS.map(([text]) => text);
		expect(await readAll(engine(), texts, numberSql(T, '.'))).toEqual(NUMBERS.map(([, point]) => point));
		expect(await readAll(engine(), texts, numberSql(T, ','))).toEqual(NUMBERS.map(([, , comma]) => comma));
	});

	it('reads what the locales of the world write', async () => {
		const cents = fc.sample(fc.integer({ min: -999_999_999, max: 999_999_999 }), { seed: 7, numRuns: 200 });
		for (const locale of ['en-US', 'en-IN', 'de-DE', 'de-CH', 'fr-FR']) {
			const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
			const mark = format.format(0.5).includes(',') ? ',' : '.';
			const values = await readAll(
				engine(),
				cents.map((value) => format.format(value / 100)),
				numberSql(T, mark)
			);
			expect(values.map(Number)).toEqual(cents.map((value) => value / 100));
		}
	});

	it('reads any text without failing', async () => {
		const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 40 }), { seed: 11, numRuns: 300 });
		const clean = texts.filter((text) => !text.includes('\0'));
		for (const value of [dateSql(T, null), dateSql(T, 'dmy'), numberSql(T, '.'), numberSql(T, ',')]) {
			expect(await readAll(engine(), clean, value)).toHaveLength(clean.length);
		}
	});
});

describeEngines('numbers read as DOUBLE', (engine) => {
	beforeAll(async () => {
		for (const macro of readingMacros()) await engine().exec(macro);
	});

	it('keep every digit and any size, and are never infinite', async () => {
		const texts = [
			'0.1234567891',
			'1e20',
			'-1e-7',
			'1e99',
			'9'.repeat(60),
			'9'.repeat(400),
			'inf',
			'-Infinity',
			'nan'
		];
		const read = await readAll(engine(), texts, doubleSql(T, '.'));
		const numbers = read.map((value) => (value === null ? null : Number(value)));
		expect(numbers).toEqual([0.1234567891, 1e20, -1e-7, 1e99, 1e60, null, null, null, null]);
		expect(await readAll(engine(), ['1.234,56789', '-0,5', '1.5'], doubleSql(T, ','))).toEqual([
			'1234.56789',
			'-0.5',
			null
		]);
	});

	it('have the shapes of amounts', async () => {
		const digits = fc.stringMatching(/^[-+(]?[$€]? ?\d{0,4}[.,' ]?\d{0,3}[.,]?\d{0,3}(e[-+]?\d)?[)%-]? ?$/);
		const texts = fc.sample(fc.oneof(digits, fc.string({ maxLength: 8 })), { seed: 5, numRuns: 800 });
		const clean = texts.filter((text) => !text.includes('\0'));
		for (const mark of ['.', ','] as const) {
			const asDouble = await readAll(engine(), clean, sql`try_cast(${doubleSql(T, mark)} AS DECIMAL(18,4))`);
			const asAmount = await readAll(engine(), clean, numberSql(T, mark));
			clean.forEach((text, i) => {
				const [found, amount] = [asDouble[i], asAmount[i]];
				if (found == null || amount == null) expect([text, found]).toEqual([text, amount]);
				else expect(Math.abs(Number(found) - Number(amount)), text).toBeLessThanOrEqual(0.0001);
			});
		}
	});
});
