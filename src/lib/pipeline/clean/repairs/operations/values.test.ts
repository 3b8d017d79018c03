import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../../tests/support/raw-tables.ts';
import { runRepairs } from '../run.ts';
import type { Repair, RepairSourceResult } from '../schema.ts';
import { sourceTable } from '../tables.ts';
import { UNITS, unitOf } from '../units.ts';
import { convertCurrency } from './convert-currency.ts';
import { convertUnits } from './convert-units.ts';
import { harmoniseLabels } from './harmonise-labels.ts';
import { placeNames } from './place-names.ts';

const HOSTILE = `it's "a"; DROP TABLE import.s1; --`;

interface Table {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
	readonly source?: Partial<SourceParams>;
}

/** Runs one step on a file, and gives the rows that it left and what it counted. */
async function run(
	engine: Engine,
	{ columns, rows, source: changes = {} }: Table,
	step: Pick<Repair, 'operation' | 'columns' | 'params'>
): Promise<RepairSourceResult & { readonly rows: readonly string[][] }> {
	const source = { ...makeSource(columns, {}), ...changes };
	const result = await writeRawTable(engine, source, rows);
	const [outcome] = await runRepairs(
		stepContext(engine),
		[{ source, result }],
		[{ ...step, id: 'r1', on: true, series: 's1' }]
	);
	const [done] = outcome?.sources ?? [];
	if (!done) throw new Error('the step did not run');
	const names = columns.map((_, i) => `c${i}`);
	const left = await engine.rows<Record<string, string>>(
		sql`SELECT ${join(
			names.map((name) => as(sql`${id(name)}::VARCHAR`, name)),
			', '
		)} FROM ${id(...sourceTable('s1'))} ORDER BY row`
	);
	return { ...done, rows: left.map((row) => names.map((name) => row[name] ?? '')) };
}

describeEngines('converting to one currency', (engine) => {
	const step = (params: Record<string, unknown>, columns = ['Total']) => ({
		operation: convertCurrency.id,
		columns,
		params: { ...convertCurrency.defaults, ...params }
	});

	it('multiplies by the rate of the currency of the row, in decimals, and names the new one', async () => {
		const rows = [
			['10.00', '1', 'USD'],
			['0.30', '', 'usd '],
			['5.05', '2', 'EUR'],
			['-1,234.5678', '1', 'GBP'],
			['7.00', '1', 'JPY'],
			['', '', 'USD'],
			['soon', '1', 'USD'],
			['3.00', '1', '']
		];
		const mapping = { currency: 'Currency', amount: 'Total' };
		const done = await run(
			engine(),
			{ columns: ['Total', 'Tax', 'Currency'], rows, source: { mapping } },
			step({ currencyColumn: 'Currency', rates: { USD: 0.85, GBP: 1.1 } }, ['Total', 'Tax'])
		);
		expect(done.rows).toEqual([
			['8.5', '0.85', 'EUR'],
			['0.255', '', 'EUR'],
			['5.05', '2', 'EUR'],
			['-1358.0246', '1.1', 'EUR'],
			['7.00', '1', 'JPY'],
			['', '', 'EUR'],
			['soon', '1', 'USD'],
			['3.00', '1', '']
		]);
		expect(done).toMatchObject({ rowsChanged: 4, rowsFailing: 3, rowsSetAside: 0 });
		expect(done.words).toBe('Found: USD (5), EUR (2), GBP (2). Without a rate: JPY (2), no currency (2).');
	});

	it('reads signs and codes beside the amounts, and leaves what is mixed', async () => {
		const texts = ['€ 5,00', 'USD 12', '12,50 $', '3,10', 'JPY 500', '£1', '1.000,25 EUR'];
		const decimal = { ...makeSource(['a'], {}).reading, decimalMark: ',' as const };
		const done = await run(
			engine(),
			{ columns: [HOSTILE], rows: texts.map((text) => [text]), source: { reading: decimal } },
			step({ rates: { USD: 0.5 } }, [HOSTILE])
		);
		expect(done.rows.flat()).toEqual([
			...['€ 5,00', 'EUR 6', 'EUR 6,25', '3,10', 'JPY 500', '£1', '1.000,25 EUR']
		]);
		expect(done).toMatchObject({ rowsChanged: 2, rowsFailing: 3 });
		expect(done.words).toBe('Found: EUR (2), USD (2). Without a rate: JPY (1), no currency (1), £ (1).');
		const rest = await run(
			engine(),
			{ columns: [HOSTILE], rows: [['3.10'], ['$ 4'], ['EUR 1']] },
			step({ rates: { USD: 0.5, CAD: 0.7 }, fixed: 'USD' }, [HOSTILE])
		);
		expect(rest.rows.flat()).toEqual(['EUR 1.55', '$ 4', 'EUR 1']);
		expect(rest.words).toBe('Found: EUR (1), USD (1). Without a rate: $ (1).');
	});

	it('is exact for large amounts and long rates, and leaves what is too large', async () => {
		const rows = ['USD 99999999.9999', 'USD -0.0001', 'USD 99999999999999', 'GBP 7', 'CHF 100000000'].map(
			(text) => [text]
		);
		const rates = { USD: 1.123456789012, GBP: 1, CHF: 999_999 };
		const done = await run(engine(), { columns: ['Total'], rows }, step({ rates }));
		expect(done.rows.flat()).toEqual([
			...['EUR 112345678.9011', 'EUR -0.0001', 'USD 99999999999999', 'EUR 7', 'EUR 99999900000000']
		]);
		expect(done).toMatchObject({ rowsChanged: 4, rowsFailing: 1 });
	});

	it('does not take a row whose column and amount name two currencies', async () => {
		const rows = [
			['$5', 'USD'],
			['€5', 'USD'],
			['$5', 'CAD']
		];
		const done = await run(
			engine(),
			{ columns: ['Total', 'Currency'], rows },
			step({ currencyColumn: 'Currency', rates: { USD: 2, CAD: 3 } })
		);
		expect(done.rows).toEqual([
			['EUR 10', 'EUR'],
			['€5', 'USD'],
			['EUR 15', 'EUR']
		]);
		expect(done).toMatchObject({ rowsChanged: 2, rowsFailing: 1 });
		expect(done.words).toContain('Without a rate: USD beside € (1)');
	});

	it('changes nothing in a file that lacks the column, or whose header says the currency', async () => {
		const table = { columns: ['Total'], rows: [['5'], ['$ 6'], ['']] };
		const lacking = await run(engine(), table, step({ currencyColumn: 'Currency', rates: { USD: 2 } }));
		expect(lacking).toMatchObject({ rowsChanged: 0, rowsFailing: 2 });
		const source = { constants: { currency: 'USD' } };
		const settled = await run(engine(), { ...table, source }, step({ rates: { USD: 2 } }));
		expect(settled).toMatchObject({ rowsChanged: 0, rowsFailing: 2 });
		expect(settled.words).toBe('The header of “s1.csv” says USD for every amount, which no step can change.');
	});

	it('gives to four decimals what the amount times the rate is', async () => {
		const rate = 0.8437;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 20 }),
				async (cents) => {
					const done = await run(
						engine(),
						{ columns: ['Total'], rows: cents.map((n) => [`USD ${(n / 100).toFixed(2)}`]) },
						step({ rates: { USD: rate } })
					);
					const expected = cents.map((n) => {
						const parts = BigInt(n) * 8437n;
						const half = parts < 0n ? -50n : 50n;
						return Number((parts + half) / 100n) / 10_000;
					});
					expect(done.rows.map(([text = '']) => Number(text.replace('EUR ', '')))).toEqual(
						expected.map((value) => (value === 0 ? 0 : value))
					);
				}
			),
			{ seed: 7, numRuns: 8 }
		);
	});
});

describeEngines('converting to one unit', (engine) => {
	const convert = (texts: readonly string[], params: Record<string, unknown>, mark: '.' | ',' = '.') => {
		const reading = { ...makeSource(['a'], {}).reading, decimalMark: mark };
		return run(
			engine(),
			{ columns: [HOSTILE], rows: texts.map((text) => [text]), source: { reading } },
			{ operation: convertUnits.id, columns: [HOSTILE], params: { ...convertUnits.defaults, ...params } }
		);
	};

	it('reads masses, and leaves what it cannot read', async () => {
		const texts = [
			'1.5 kg',
			'1500 g',
			'3 lb',
			'12 oz',
			'2 Lbs.',
			'1,200g',
			'7',
			'heavy',
			'',
			'5 ft',
			'0.12345 kg'
		];
		const done = await convert(texts, { to: 'kg' });
		expect(done.rows.flat()).toEqual([
			...['1.5', '1.5', '1.36077711', '0.340194278', '0.90718474', '1.2', '7', 'heavy', '', '5 ft', '0.12345']
		]);
		expect(done).toMatchObject({ rowsChanged: 7, rowsFailing: 3 });
		expect(done.words).toBe(
			'Found behind the numbers: “g” (2), “kg” (2), no unit (1, left), “ft” (1, left), “lb” (1), “lbs” (1), “oz” (1).'
		);
	});

	it('takes plain numbers for the unit it is told, and writes the mark of the file and the unit', async () => {
		const done = await convert(
			['250', '0,5 l', '1 gal', '2 m3', '500ML', '12 fl. oz'],
			{
				...{ to: 'ml', assume: 'ml', withUnit: true }
			},
			','
		);
		expect(done.rows.flat()).toEqual([
			...['250 ml', '500 ml', '3785,411784 ml', '2000000 ml', '500 ml', '354,88235475 ml']
		]);
		expect(done.rowsFailing).toBe(0);
	});

	it('reads lengths and times, and no feet and inches in one', async () => {
		const lengths = await convert(['5 ft', `12"`, '1 mi', `5'3"`, '5 ft 3 in', '30 cm', '-2 yd'], {
			to: 'm'
		});
		expect(lengths.rows.flat()).toEqual([
			'1.524',
			'0.3048',
			'1609.344',
			`5'3"`,
			'5 ft 3 in',
			'0.3',
			'-1.8288'
		]);
		expect(lengths.rowsFailing).toBe(2);
		const times = await convert(['90 min', '2 hrs', '1 day'], { to: 'h' });
		expect(times.rows.flat()).toEqual(['1.5', '2', '24']);
	});

	it('refuses to take plain numbers for a unit of another quantity', () => {
		const parsed = convertUnits.params.safeParse({ to: 'kg', assume: 'ml', withUnit: false });
		expect(parsed.success).toBe(false);
	});
});

describe('units', () => {
	it('are written in one way each, and what is exact stays exact', () => {
		const written = UNITS.flatMap((unit) => unit.written);
		expect(new Set(written).size).toBe(written.length);
		expect(unitOf('lb').parts / unitOf('kg').parts).toBe(0.45359237);
		expect(unitOf('in').parts / unitOf('m').parts).toBe(0.0254);
		expect(unitOf('gal').parts / unitOf('l').parts).toBe(3.785411784);
		expect(unitOf('mi').parts / unitOf('m').parts).toBe(1609.344);
		expect(UNITS.every(({ parts }) => Number.isInteger(parts * 16))).toBe(true);
	});
});

describeEngines('writing places alike', (engine) => {
	const write = (texts: readonly string[], params: Record<string, unknown> = {}) =>
		run(
			engine(),
			{ columns: [HOSTILE], rows: texts.map((text) => [text]) },
			{ operation: placeNames.id, columns: [HOSTILE], params: { ...placeNames.defaults, ...params } }
		);

	it('writes countries by name or code, and leaves what it does not know', async () => {
		const texts = ['EIRE', 'usa', 'Deutschland', ' U.K. ', 'Germany', 'Atlantis', '', 'Atlantis', `x'); --`];
		const named = await write(texts);
		expect(named.rows.flat()).toEqual([
			...[
				'Ireland',
				'United States',
				'Germany',
				'United Kingdom',
				'Germany',
				'Atlantis',
				'',
				'Atlantis',
				`x'); --`
			]
		]);
		expect(named).toMatchObject({ rowsChanged: 4, rowsFailing: 3 });
		expect(named.words).toBe(`4 places written in 5 ways. Not known: “Atlantis” (2), “x'); --” (1).`);
		const coded = await write(texts, { form: 'code' });
		expect(coded.rows.flat().slice(0, 5)).toEqual(['IE', 'US', 'DE', 'GB', 'DE']);
	});

	it('writes regions of the country it is told', async () => {
		const us = await write(['new york', 'NY', 'Calif.', 'Ontario'], { what: 'region', form: 'code' });
		expect(us.rows.flat()).toEqual(['NY', 'NY', 'CA', 'Ontario']);
		const au = await write(['WA', 'vic'], { what: 'region', country: 'AU' });
		expect(au.rows.flat()).toEqual(['Western Australia', 'Victoria']);
	});
});

describeEngines('writing labels alike', (engine) => {
	const write = (columns: readonly string[], rows: readonly string[][], dictionary: Record<string, string>) =>
		run(
			engine(),
			{ columns, rows },
			{ operation: harmoniseLabels.id, columns: [...columns], params: { dictionary } }
		);

	it('rewrites the texts of the dictionary in every column, whatever blanks are at their ends', async () => {
		const rows = [
			['NYC', 'nyc'],
			[' NYC\t', 'Boston'],
			['nyc ', ''],
			['NYC 2', 'New York']
		];
		const done = await write([HOSTILE, 'home'], rows, {
			NYC: 'New York',
			'nyc ': 'New York',
			LA: 'Los Angeles'
		});
		expect(done.rows).toEqual([
			['New York', 'New York'],
			['New York', 'Boston'],
			['New York', ''],
			['NYC 2', 'New York']
		]);
		expect(done).toMatchObject({ rowsChanged: 3, rowsFailing: 0 });
		expect(done.words).toBe('2 of 3 spellings met, in 4 cells.');
	});

	it('wants an entry at least, and looks each text up once', async () => {
		await expect(write(['a'], [['x']], {})).rejects.toMatchObject({
			code: 'clean.repair-invalid',
			details: { issues: ['dictionary: No spelling is entered yet'] }
		});
		expect(convertCurrency.params.safeParse(convertCurrency.defaults).success).toBe(false);
		const swapped = await write(['a'], [['x'], ['y']], { x: 'y', y: 'x' });
		expect(swapped.rows.flat()).toEqual(['y', 'x']);
	});

	it('keeps every row, and any texts', async () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((each) => each.replaceAll('\0', ''));
		await fc.assert(
			fc.asyncProperty(
				fc.array(text, { minLength: 1, maxLength: 20 }),
				fc.dictionary(
					text.filter((each) => each !== '' && each !== '__proto__'),
					text.filter((each) => each !== ''),
					{ minKeys: 1 }
				),
				async (texts, dictionary) => {
					const done = await write(
						[HOSTILE],
						texts.map((each) => [each]),
						dictionary
					);
					expect(done.rows).toHaveLength(texts.length);
					const changed = done.rows.filter(([each], i) => each !== texts[i]);
					expect(changed.every(([each = '']) => Object.values(dictionary).includes(each))).toBe(true);
					expect(done.rowsChanged).toBe(changed.length);
				}
			),
			{ seed: 5, numRuns: 15 }
		);
	});
});

it('say what they do in a sentence', () => {
	expect(convertCurrency.describe(convertCurrency.defaults, ['Total', 'Tax'])).toBe(
		'Convert “Total”, “Tax” to EUR'
	);
	expect(convertUnits.describe({ to: 'lb', assume: null, withUnit: false }, ['Weight'])).toBe(
		'Convert “Weight” to pounds'
	);
	expect(placeNames.describe({ what: 'region', form: 'code', country: 'CA' }, ['State'])).toBe(
		'Write provinces in “State” as codes'
	);
	expect(harmoniseLabels.describe({ dictionary: { NYC: 'New York', nyc: 'New York' } }, ['City'])).toBe(
		'Write 2 spellings in “City” as 1 label'
	);
});
