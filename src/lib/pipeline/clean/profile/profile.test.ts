import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { issueRows } from './issue-rows.ts';
import { issuesOf } from './issues.ts';
import { profileTable } from './profile.ts';
import { textPart, valuePart, type ProfileFact } from './profile.sql.ts';
import type { ColumnStatistics, ProfiledTable } from './schema.ts';
import { collectFacts } from './statistics.ts';
import { cleanTables, fileTable } from './tables.ts';

const { signal } = new AbortController();
const OPTIONS = { today: '2024-06-30' } as const;

async function profile(engine: Engine, source: SourceParams, rows: readonly (readonly string[])[]) {
	const result = await writeRawTable(engine, source, rows);
	const table = fileTable(source, result, 'raw');
	const { columns } = await profileTable(engine, table, table.columns, OPTIONS, signal);
	return { table, columns, named: (name: string) => named(columns, name) };
}

function named(columns: readonly ColumnStatistics[], name: string): ColumnStatistics {
	const found = columns.find(({ column }) => column.name === name);
	if (!found) throw new RangeError(`no column ${name}`);
	return found;
}

/** Every issue of a table with its count; each must open as many rows as it says. */
async function openedIssues(engine: Engine, table: ProfiledTable, columns: readonly ColumnStatistics[]) {
	const found: [string, string, number][] = [];
	for (const issue of columns.flatMap(issuesOf)) {
		const page = { offset: 0, limit: 10_000, today: OPTIONS.today };
		const rows = await issueRows(engine, table, issue, page);
		expect([issue.column.column.name, issue.code, rows.length]).toEqual([
			issue.column.column.name,
			issue.code,
			issue.count
		]);
		found.push([issue.column.column.name, issue.code, issue.count]);
	}
	return found;
}

const COLUMNS = ['Customer', 'Email', 'Born', 'Total', 'City', 'Phone', 'Note', 'Nothing'];
const CUSTOMERS = {
	...makeSource(COLUMNS, {
		customer: 'Customer',
		email: 'Email',
		birth_date: 'Born',
		total_spent: 'Total',
		city: 'City',
		phone: 'Phone'
	}),
	kind: 'customers' as const
};

/** 60 customers; what is wrong is named where it is made. */
const ROWS = Array.from({ length: 60 }, (_, i) => {
	const customer = i === 59 ? 'C1' : `C${i}`;
	const email = i === 3 ? 'nobody' : i === 4 ? ' a4@example.com' : i === 5 ? '  ' : `a${i}@example.com`;
	const born =
		i === 6 ? '1901-01-01' : i === 7 ? '2031-01-01' : i === 8 ? 'soon' : `19${50 + (i % 40)}-02-03`;
	const total = i === 9 ? '-5' : i === 10 ? '99999' : i === 11 ? 'NA' : `${100 + i}.50`;
	const city = i % 3 === 0 ? 'Vienna' : i === 13 ? 'VIENNA' : i === 14 ? 'Vienna ' : 'Graz';
	const phone = i === 15 ? '12' : `+43 1 ${1000 + i}`;
	return [customer, email, born, total, city, phone, i < 5 ? 'x' : '', ''];
});

describeEngines('profileTable', (engine) => {
	it('counts exactly what is wrong, and every issue opens its rows', async () => {
		const { table, columns } = await profile(engine(), CUSTOMERS, ROWS);
		expect(columns.map(({ kind }) => kind)).toEqual([
			'id',
			'email',
			'date',
			'number',
			'category',
			'phone',
			'category',
			'empty'
		]);
		expect(await openedIssues(engine(), table, columns)).toEqual([
			['Customer', 'repeated', 1],
			['Email', 'unreadable', 1],
			['Email', 'missing', 1],
			['Email', 'blank_ends', 1],
			['Born', 'unreadable', 1],
			['Born', 'impossible', 1],
			['Born', 'future', 1],
			['Born', 'odd_pattern', 1],
			['Total', 'impossible', 1],
			['Total', 'written_missing', 1],
			['Total', 'outliers', 2],
			['City', 'case_variants', 2],
			['City', 'blank_ends', 1],
			['Phone', 'unreadable', 1],
			['Phone', 'odd_pattern', 1],
			['Note', 'missing', 55],
			['Nothing', 'missing', 60]
		]);
	});

	it('tells moments, quantiles of type 7, fences and a histogram that holds every value', async () => {
		const values = [1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40];
		const source = makeSource(['n'], {});
		const { named: of } = await profile(
			engine(),
			source,
			values.map((value) => [String(value)])
		);
		const { values: summary, outliers, bins, top } = of('n');
		expect(summary).toMatchObject({ count: 12, min: 1, max: 40, isWhole: true });
		const mean = values.reduce((a, b) => a + b) / 12;
		expect(summary?.mean).toBeCloseTo(mean, 12);
		const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
		expect(summary?.sd).toBeCloseTo(Math.sqrt(squares / 11), 12);
		expect(summary?.quantiles.slice(2, 5)).toEqual([2.75, 5.5, 8.25]);
		expect(outliers).toEqual({ low: -5.5, high: 16.5, count: 1, farCount: 1, robustCount: 1 });
		expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(12);
		expect(bins[0]).toMatchObject({ from: 1, to: 2, count: 1 });
		expect(bins.at(-1)).toMatchObject({ count: 1 });
		expect(top[0]).toEqual({ text: '2', count: 2 });
	});

	it('keeps shapes of texts, and ids and codes have no mean', async () => {
		const source = makeSource(['Id', 'Zip', 'Code', 'Points', 'Member'], {});
		const rows = Array.from({ length: 50 }, (_, i) => [
			`${500 + i}`,
			`${10_000 + (i % 7)}`,
			i < 5 ? 'x' : `AB-${i}`,
			`${i % 6}`,
			i % 2 === 0 ? 'Yes' : 'No'
		]);
		const { columns, named: of } = await profile(engine(), source, rows);
		expect(columns.map(({ kind }) => kind)).toEqual(['id', 'id', 'text', 'number', 'boolean']);
		expect(of('Code').patterns).toEqual([
			{ text: 'A-9', count: 45 },
			{ text: 'A', count: 5 }
		]);
		expect(of('Id').values).toBeNull();
	});

	it('takes blanks below the first row of an order for what they are', async () => {
		const columns = ['Name', 'Email', 'Total'];
		const mapping = { order_id: 'Name', customer: 'Email', order_total: 'Total' };
		const source = makeSource(columns, mapping, { orderFieldsOnFirstRow: true });
		const rows = [
			['#1', 'a@example.com', '10'],
			['#1', '', ''],
			['#2', '', '20'],
			['#2', '', ''],
			['', 'b@example.com', '30'],
			['', '', '30']
		];
		const { table, columns: found, named: of } = await profile(engine(), source, rows);
		expect(of('Email')).toMatchObject({ missingCount: 3, inheritedCount: 1 });
		expect(of('Total')).toMatchObject({ missingCount: 0, inheritedCount: 2 });
		await openedIssues(engine(), table, found);
	});

	it('finds the same in parts as in one go', async () => {
		const source = makeSource(['n', 'word'], {});
		const rows = Array.from({ length: 500 }, (_, i) => [
			`${(i * 7) % 91}.5`,
			`${i % 3 ? 'Word' : 'word '}${i % 40}`
		]);
		const { table } = await profile(engine(), source, rows);
		for (const [i, readAs] of (['number', null] as const).entries()) {
			const column = table.columns[i];
			if (!column) throw new RangeError();
			const scan = { table, column, readAs, form: null, today: null };
			const parts: ProfileFact[] = [];
			for (const part of [0, 1, 2])
				parts.push(...(await engine().rows<ProfileFact>(textPart(scan, part, 3))));
			if (readAs) parts.push(...(await engine().rows<ProfileFact>(valuePart({ ...scan, readAs }))));
			const whole = [...(await engine().rows<ProfileFact>(textPart(scan, 0, 1)))];
			if (readAs) whole.push(...(await engine().rows<ProfileFact>(valuePart({ ...scan, readAs }))));
			const [inParts, inOne] = [collectFacts(parts), collectFacts(whole)];
			expect([...inParts.amounts].sort()).toEqual([...inOne.amounts].sort());
			expect(inParts.bins).toEqual(inOne.bins);
			expect(inParts.patterns).toEqual(inOne.patterns);
		}
	});

	it('leaves out rows that a step set aside, and counts those that fail a rule', async () => {
		const source = makeSource(['n'], {});
		await writeRawTable(
			engine(),
			source,
			Array.from({ length: 20 }, (_, i) => [`${i}`])
		);
		await engine().exec(sql`CREATE OR REPLACE TABLE clean.source_s1 AS
			SELECT *, CASE WHEN row <= 2 THEN 'r1' END AS set_aside_by, row > 17 AS r2_failing FROM import.s1`);
		const table = fileTable(source, { loadedColumns: null }, 'clean');
		const rules = [{ step: 'r2', label: 'n is small', columns: ['n'] }];
		const found = await profileTable(engine(), table, table.columns, { ...OPTIONS, rules }, signal);
		expect(found.rows).toBe(18);
		expect(found.columns[0]?.failedRules).toEqual([{ ...rules[0], count: 3, filledCount: 3 }]);
		expect(await openedIssues(engine(), table, found.columns)).toEqual([['n', 'rule', 3]]);
		await engine().exec(sql`DROP TABLE clean.source_s1`);
	});

	it('tells cells that fail a rule apart from those that hold nothing', async () => {
		const source = makeSource(['Email'], { email: 'Email' });
		await writeRawTable(engine(), source, [['a@example.com'], ['nobody'], ['n/a'], [' ']]);
		await engine().exec(sql`CREATE OR REPLACE TABLE clean.source_s1 AS
			SELECT *, NULL::VARCHAR AS set_aside_by, row > 1 AS r1_failing FROM import.s1`);
		const table = fileTable(source, { loadedColumns: null }, 'clean');
		const rules = [{ step: 'r1', label: 'an email', columns: ['Email'] }];
		const { columns } = await profileTable(engine(), table, table.columns, { ...OPTIONS, rules }, signal);
		expect(columns[0]?.failedRules).toEqual([{ ...rules[0], count: 3, filledCount: 1 }]);
		await engine().exec(sql`DROP TABLE clean.source_s1`);
	});

	it('takes ids that all end in .0 for fine where they are read without it', async () => {
		const source = makeSource(['Customer', 'Code'], { customer: 'Customer' });
		const rows = Array.from({ length: 60 }, (_, i) => [i < 6 ? '' : `${17_850 + i}.0`, `${i}.0`]);
		const counts = async (table: ProfiledTable, readsDecimalIds: boolean) => {
			const options = { ...OPTIONS, readsDecimalIds };
			const { columns } = await profileTable(engine(), table, table.columns, options, signal);
			return columns[0]?.decimalIdCount;
		};
		const { table } = await profile(engine(), source, rows);
		expect([await counts(table, false), await counts(table, true)]).toEqual([54, 0]);
		const half = await profile(engine(), source, [...rows, ['18000', '1']]);
		expect(await counts(half.table, true)).toBe(54);
	});

	it('survives hostile texts and names, and no rows', async () => {
		const hostile = [`'; DROP TABLE x; --`, '"', '\\', '%', '\u200b', 'ＡＢＣ', '💥', '=1+1', '1e309', 'NaN'];
		const source = makeSource([`a"b'c`, '__proto__'], {});
		const { table, columns } = await profile(
			engine(),
			source,
			hostile.map((text) => [text, text])
		);
		expect(columns[0]).toMatchObject({ rows: 10, missingCount: 1, writtenMissingCount: 1, filledCount: 8 });
		await openedIssues(engine(), table, columns);
		const empty = await profile(engine(), source, []);
		expect(empty.columns.every(({ kind, rows }) => kind === 'empty' && rows === 0)).toBe(true);
	});

	it('describes every table of the cleaned data', async () => {
		const source = makeSource(['Who', 'Day', 'Price'], { customer: 'Who', date: 'Day', amount: 'Price' });
		const rows = Array.from({ length: 30 }, (_, i) => [`${i % 9}`, `2024-01-${10 + (i % 20)}`, `${i}.25`]);
		await cleanRows(engine(), [{ source, rows }]);
		const tables = await cleanTables(engine(), signal);
		const titles = tables.map(({ title }) => title);
		expect(titles).toEqual(expect.arrayContaining(['people', 'orders']));
		for (const table of tables) {
			const found = await profileTable(engine(), table, table.columns, OPTIONS, signal);
			await openedIssues(engine(), table, found.columns);
			if (table.title !== 'orders') continue;
			expect(found.rows).toBe(30);
			expect(named(found.columns, 'amount').values).toMatchObject({ min: 0.25, max: 29.25, mean: 14.75 });
			expect(named(found.columns, 'ordered_at').kind).toBe('date');
		}
	});

	it('tells each column as soon as it is known, and stops when it is told to', async () => {
		const source = makeSource(['a', 'b'], {});
		const result = await writeRawTable(engine(), source, [['1', '2']]);
		const table = fileTable(source, result, 'raw');
		const controller = new AbortController();
		const seen: string[] = [];
		const listener = {
			onProgress: () => undefined,
			onColumn: ({ column }: ColumnStatistics) => {
				seen.push(column.name);
				controller.abort();
			}
		};
		await expect(
			profileTable(engine(), table, table.columns, OPTIONS, controller.signal, listener)
		).rejects.toThrow();
		expect(seen).toEqual(['a']);
	});
});
