import { expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { profileTable } from '../profile/profile.ts';
import { fileTable } from '../profile/tables.ts';
import { readingMacros } from '../typing.ts';
import { repairSentence } from '../repairs/notices.ts';
import { runRepairs } from '../repairs/run.ts';
import type { Repair } from '../repairs/schema.ts';
import type { CleanResult } from '../schema.ts';
import { suggestRepairs } from './run.ts';

const TODAY = '2024-06-30';

const customers: SourceParams = {
	...makeSource(['id', 'Email', 'City', 'Born', 'Signed up', 'Points'], {
		customer: 'id',
		email: 'Email',
		city: 'City',
		birth_date: 'Born',
		created_at: 'Signed up'
	}),
	kind: 'customers'
};

const CITIES = ['Vienna', 'Graz', 'Linz'];

/** Sixty customers without a fault. */
function people(): string[][] {
	return Array.from({ length: 60 }, (_, i) => [
		`c${i}`,
		`person${i}@example.com`,
		CITIES[i % 3] ?? '',
		`19${60 + (i % 40)}-03-0${1 + (i % 9)}`,
		`2023-0${1 + (i % 9)}-1${i % 10}`,
		`${100 + ((i * 37) % 60)}`
	]);
}

function withCells(cells: Readonly<Record<string, string>>): string[][] {
	const rows = people();
	for (const [place, text] of Object.entries(cells)) {
		const [row = 0, column = 0] = place.split('.').map(Number);
		const changed = rows[row];
		if (changed) changed[column] = text;
	}
	return rows;
}

describeEngines('the suggested clean-up', (engine) => {
	async function suggested(
		rows: readonly (readonly string[])[],
		repairs: readonly Repair[] = [],
		source: SourceParams = customers
	) {
		for (const macro of readingMacros()) await engine().exec(macro);
		const context = stepContext(engine());
		const result = await writeRawTable(engine(), source, rows);
		const results = await runRepairs(context, [{ source, result }], repairs);
		const table = fileTable(source, result, 'clean');
		const { columns } = await profileTable(engine(), table, table.columns, { today: TODAY }, context.signal);
		const clean = { repairs: results, operations: [] } as unknown as CleanResult;
		return suggestRepairs(context, { source, result, columns, clean, repairs, today: TODAY });
	}

	it('is empty where nothing is wrong', async () => {
		expect(await suggested(people())).toEqual([]);
	});

	it('names what was found, the most important first, and each step runs as it is proposed', async () => {
		const found = await suggested(
			withCells({
				'0.4': '2031-01-01',
				'1.3': '1901-01-01',
				'2.3': '2020-05-05',
				'3.0': 'c4',
				'5.1': 'no email',
				'6.1': 'also@none',
				'7.2': ' Graz',
				'8.2': 'GRAZ',
				'9.1': ' person9@example.com'
			})
		);
		const list = found.map(({ repair, count, severity }) => [
			repair.operation,
			repair.columns,
			count,
			severity
		]);
		// What a step mends, then what somebody has to judge.
		expect(list).toEqual([
			['trim_case', ['Email', 'City'], 2, 'fix'],
			['harmonise_labels', ['City'], 2, 'check'],
			['rule_email', ['Email'], 2, 'check'],
			['rule_not_future', ['Signed up'], 1, 'check'],
			['rule_age', ['Born'], 2, 'check'],
			['drop_duplicates', ['id'], 1, 'check']
		]);
		expect(found[3]).toMatchObject({
			reason: '1 date in “Signed up” is after today.',
			repair: { params: { latest: TODAY, severity: 'warn' }, series: 's1', on: true }
		});
		const steps = found
			.filter(({ opens }) => opens === null)
			.map(({ repair }, i): Repair => ({ ...repair, id: `r${i + 1}` }));
		const left = await suggested(withCells({}), steps);
		expect(left).toEqual([]);
	});

	it('does not repeat what a step that is on is there for', async () => {
		const rows = withCells({ '7.2': ' Graz', '9.1': ' person9@example.com' });
		const trim: Repair = {
			id: 'r1',
			operation: 'trim_case',
			on: true,
			series: 's1',
			columns: ['City'],
			params: { case: 'as_written', singleBlanks: true }
		};
		const found = await suggested(rows, [trim]);
		expect(found.find(({ repair }) => repair.operation === 'trim_case')?.repair.columns).toEqual(['Email']);
		const both = await suggested(rows, [{ ...trim, columns: ['City', 'Email'] }]);
		expect(both).toEqual([]);
		const off = await suggested(rows, [{ ...trim, on: false, columns: ['City', 'Email'] }]);
		expect(off[0]?.repair).toMatchObject({ operation: 'trim_case', columns: ['Email', 'City'] });
	});

	it('offers to read each date by its own form where one order does not read all', async () => {
		const orders = makeSource(
			['order', 'customer', 'date', 'Total'],
			{ order_id: 'order', customer: 'customer', date: 'date', order_total: 'Total' },
			{ dateOrder: 'dmy' }
		);
		const forms = ['2024-01-25', '25.01.2024', '01/25/2024', '25 Jan 2024'];
		const rows = Array.from({ length: 40 }, (_, i) => [`${i}`, `c${i % 7}`, forms[i % 4] ?? '', '20']);
		const found = await suggested(rows, [], orders);
		const dates = found.filter(({ repair }) => repair.operation === 'standardise_dates');
		expect(dates).toMatchObject([{ count: 10, repair: { columns: ['date'] }, severity: 'fix' }]);
		const steps = dates.map(({ repair }): Repair => ({ ...repair, id: 'r1' }));
		const left = await suggested(rows, steps, orders);
		expect(left.map(({ repair }) => repair.operation)).not.toContain('standardise_dates');
	});

	it('warns of negative totals where no rule for orders sets them aside', async () => {
		const orders = makeSource(['order', 'customer', 'date', 'Total'], {
			order_id: 'order',
			customer: 'customer',
			date: 'date',
			order_total: 'Total'
		});
		const rows = Array.from({ length: 40 }, (_, i) => [
			`${i}`,
			`c${i % 7}`,
			'2024-01-05',
			i === 3 ? '-5' : `${20 + i}`
		]);
		const found = await suggested(rows, [], orders);
		expect(found.map(({ repair, count }) => [repair.operation, repair.params, count])).toContainEqual([
			'rule_range',
			{ least: 0, most: null, severity: 'warn' },
			1
		]);
	});

	it('proposes to fill, flag and even out numbers that mean nothing else', async () => {
		const rows = people().map((row, i) => [
			...row.slice(0, 5),
			i % 10 === 0 ? '' : i === 5 ? 'NA' : i === 7 ? '90000' : `${100 + ((i * 37) % 60)}`
		]);
		const found = await suggested(rows);
		expect(
			found.map(({ repair, count, severity }) => [repair.operation, repair.columns, count, severity])
		).toEqual([
			['impute', ['Points'], 7, 'check'],
			['flag_outliers', ['Points'], 1, 'look'],
			['transform', ['Points'], 53, 'look']
		]);
		const steps = found.map(({ repair }, i): Repair => ({ ...repair, id: `r${i + 1}` }));
		expect(await suggested(rows, steps)).toEqual([]);
	});

	it('puts the outliers of a file into one step, and the skewed columns into another', async () => {
		const wide = makeSource(['id', 'Beer', 'Wine', 'Fish'], { customer: 'id' });
		const rows = Array.from({ length: 100 }, (_, i) => [
			`c${i}`,
			i === 3 ? '90000' : `${100 + ((i * 37) % 60)}`,
			i === 9 ? '70000' : `${100 + ((i * 31) % 60)}`,
			// One in twenty: large values are ordinary here.
			i % 20 === 0 ? `${8000 + i}` : `${100 + ((i * 29) % 60)}`
		]);
		const found = await suggested(rows, [], { ...wide, kind: 'customers' });
		expect(found.map(({ repair, count, unit }) => [repair.operation, repair.columns, count, unit])).toEqual([
			['flag_outliers', ['Beer', 'Wine'], 2, 'cell'],
			['transform', ['Beer', 'Wine', 'Fish'], 300, 'cell']
		]);
		expect(found.map(({ repair }) => repairSentence({ ...repair, id: 'r1' }))).toEqual([
			'Mark values far from the others in “Beer”, “Wine”',
			'Even out the skewed numbers of “Beer”, “Wine”, “Fish” (logarithm)'
		]);
		const marked: Repair = { ...found[0]!.repair, id: 'r1', columns: ['Wine'] };
		const [left] = await suggested(rows, [marked], { ...wide, kind: 'customers' });
		expect(left).toMatchObject({ count: 1, repair: { columns: ['Beer'] } });
		expect(left?.reason).toBe(
			'1 value lies far from the others: “Beer” (1). A column of its own marks it, and no value changes.'
		);
	});

	it('counts the emails that say that nothing is there among all', async () => {
		const [bad] = await suggested(withCells({ '5.1': 'no email', '6.1': 'n/a', '7.1': '' }));
		expect(bad?.repair.operation).toBe('rule_email');
		expect([
			'1 of 58 texts in “Email” is not in the form of an email.',
			'2 of 59 texts in “Email” are not in the form of an email; 1 of them says that nothing is there.'
		]).toContain(bad?.reason);
		expect(bad?.reason.startsWith(`${bad.count} of `)).toBe(true);
	});

	it('never proposes to take lines of an order out', async () => {
		const orders = makeSource(['order', 'customer'], { order_id: 'order', customer: 'customer' });
		const rows = Array.from({ length: 40 }, (_, i) => [`${i >> 1}`, `c${i % 7}`]);
		const found = await suggested(rows, [], orders);
		expect(found.map(({ repair }) => repair.operation)).not.toContain('drop_duplicates');
	});
});
