import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { OPERATIONS } from '#lib/pipeline/clean/operations/index.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import { DEFAULT_CLEAN, type CleanParams, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { ROLES, type Role } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanRows, makeSource, stepContext, writeRawTable } from '../support/raw-tables.ts';

/** Column names that would break out of any text that forgot to quote them. */
const HOSTILE = ROLES.map((role) => `${role}"'; DROP TABLE clean.rows; --`);
const EVERY_ROLE = Object.fromEntries(ROLES.map((role, i) => [role, HOSTILE[i] as string]));

/** A readable value for each role, so that one row is loaded whatever is mapped. */
const GOOD: Readonly<Partial<Record<Role, string>>> = {
	customer: 'a@example.org',
	date: '2024-01-02',
	quantity: '2',
	unit_price: '3.50',
	amount: '7',
	order_total: '7',
	currency: 'EUR'
};
const GOOD_ROW = ROLES.map((role) => GOOD[role] ?? '');
/** A credit note. */
const RETURN_ROW = ROLES.map((role) => (role === 'order_total' ? '-7' : (GOOD[role] ?? '')));

const messy = fc.array(
	fc.constantFrom(
		...[
			'',
			' ',
			'C1001',
			'1001',
			'1002.0',
			"'1003",
			'A@Example.org',
			'voided',
			'-1',
			'0',
			'2024-01-02',
			'2023-12-31',
			'€ 5,00',
			'USD',
			'on-hold',
			'Refunded',
			'Payment fee',
			'Bogus',
			'staff, wholesale',
			'Gift Card',
			'POSTAGE'
		]
	),
	{ minLength: ROLES.length, maxLength: ROLES.length }
);

describe('the cleaning operations', () => {
	it('have different ids and labels, and say what they do', () => {
		expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
		expect(new Set(OPERATIONS.map(({ label }) => label)).size).toBe(OPERATIONS.length);
		for (const { id, explanation } of OPERATIONS) {
			expect(id).toMatch(/^[a-z]+(_[a-z]+)*$/);
			expect(explanation).toMatch(/^[A-Z][^!]*\.$/);
		}
	});

	it('are on when they cannot be switched off', () => {
		expect(OPERATIONS.filter(({ required, defaultOn }) => required && !defaultOn)).toEqual([]);
	});
});

describeEngines('the cleaning operations', (engine) => {
	const source = makeSource(HOSTILE, EVERY_ROLE);
	const newer = { ...source, id: 's2', version: 2 };
	const rows = fc.sample(messy, { seed: 5, numRuns: 40 });
	/** Cleans with a newer export, a first day and a currency, so that every operation has something to do. */
	const run = async (operations: Record<string, boolean>): Promise<CleanResult> => {
		const params: CleanParams = {
			repairs: [
				{
					id: 'r1',
					operation: 'rule_email',
					on: true,
					series: 's1',
					columns: [HOSTILE[ROLES.indexOf('name')] as string],
					params: { required: false, severity: 'set_aside' }
				}
			],
			operations,
			dates: { from: '2024-01-01', to: null },
			settings: { ...DEFAULT_CLEAN.settings, currency: 'EUR' },
			identity: DEFAULT_CLEAN.identity
		};
		const results = [
			await writeRawTable(engine(), source, [GOOD_ROW, RETURN_ROW, ...rows, ...rows.slice(0, 3)]),
			await writeRawTable(engine(), newer, [GOOD_ROW])
		];
		const context = stepContext(engine());
		const clean = await runClean(context, { sources: [source, newer] }, params, results);
		const { repeats } = await runDetails(context, { sources: [source, newer] }, params, clean, results);
		const counted = clean.operations.map((found) => ({ ...found, matches: found.matches ?? repeats }));
		return { ...clean, operations: counted };
	};

	it.each(OPERATIONS)(
		'$id loses no row, and finds the same rows whether it is on or off',
		async ({ id, required }) => {
			const [on, off] = [await run({ [id]: true }), await run({ [id]: false })];
			for (const result of [on, off]) {
				expect(result.rowsRead).toBe(rows.length + 6);
				expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
				const setAside = result.operations.reduce((sum, operation) => sum + operation.setAside, 0);
				expect(setAside).toBe(result.rowsSetAside);
			}
			const [asOn, asOff] = [on, off].map(({ operations }) =>
				operations.find((operation) => operation.id === id)
			);
			expect(asOff).toMatchObject({ on: required ?? false, setAside: required ? asOn?.setAside : 0 });
			expect(asOff?.matches).toBe(asOn?.matches);
			expect(asOn?.applies).toBe(asOn?.sql !== '');
			if (!asOn?.applies) expect(asOn?.matches).toBe(0);
		}
	);

	it('speak of rows of these texts, each at least once', async () => {
		const { operations } = await run({ trim_ids: true });
		const silent = operations.filter(({ matches }) => matches === 0).map(({ id }) => id);
		// A column of messy texts is no column of decimal numbers, nor of email addresses.
		expect(silent.filter((id) => !['drop_decimal_ids', 'lowercase_email_ids'].includes(id))).toEqual([]);
	});

	it('do not apply without days or a currency to choose by', async () => {
		const { operations } = await cleanRows(engine(), [{ source, rows: [GOOD_ROW] }]);
		const chosen = operations.filter(({ id }) => ['other_currency', 'outside_dates'].includes(id));
		expect(chosen.map(({ applies, matches, setAside }) => [applies, matches, setAside])).toEqual([
			[false, 0, 0],
			[false, 0, 0]
		]);
	});

	it.each(ROLES)('run on a file with a customer, a date and %s', async (role) => {
		const columns = [...new Set<Role>(['customer', 'date', role])];
		const few = makeSource(columns, Object.fromEntries(columns.map((name) => [name, name])));
		const row = columns.map((name) => GOOD[name] ?? '');
		const result = await cleanRows(engine(), [{ source: few, rows: [row] }], {
			net_returns: true,
			exact_duplicate: true
		});
		expect(result.rowsLoaded).toBe(1);
	});

	it('agree with a file of every role in which nothing can be read', async () => {
		const work = cleanRows(engine(), [{ source, rows: [ROLES.map(() => '')] }]);
		await expect(work).rejects.toThrow(AppError);
		await expect(work).rejects.toMatchObject({ code: 'clean.no-rows-left', details: { rowsRead: 1 } });
	});
});
