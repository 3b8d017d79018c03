import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#lib/core/days.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { featureMatrix, runFeatures } from '#lib/pipeline/features/step.ts';
import { ROLES } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../support/raw-tables.ts';

const SOURCE = makeSource(['order', 'day', 'quantity', 'price', 'customer'], {
	order_id: 'order',
	date: 'day',
	quantity: 'quantity',
	unit_price: 'price',
	customer: 'customer'
});
const START = '2024-01-01';
const AS_OF = '2024-03-01';

const line = fc
	.record({
		order: fc.integer({ min: 1, max: 60 }),
		day: fc.integer({ min: 0, max: 120 }),
		quantity: fc.integer({ min: -2, max: 9 }),
		cents: fc.integer({ min: 1, max: 9999 }),
		customer: fc.integer({ min: 1, max: 15 })
	})
	.map(({ order, day, quantity, cents, customer }) => ({
		// The day is part of the id, so that no order stretches over the as-of day.
		cells: [`${order}${day}`, addDays(START, day), `${quantity}`, `${cents / 100}`, `${customer}`],
		known: addDays(START, day) < AS_OF
	}));

describe('the features', () => {
	it('have different ids and labels, and say what they are', () => {
		expect(new Set(DEFINITIONS.map(({ id }) => id)).size).toBe(DEFINITIONS.length);
		expect(new Set(DEFINITIONS.map(({ label }) => label)).size).toBe(DEFINITIONS.length);
		for (const { id, meaning, needs } of DEFINITIONS) {
			expect(id).toMatch(/^[a-z]+(_[a-z]+)*$/);
			expect(meaning).toMatch(/^[A-Z][^!]*\.$/);
			for (const role of needs) expect(ROLES).toContain(role);
		}
	});
});

describeEngines('the features', (engine) => {
	const { signal } = new AbortController();
	const lines = fc.sample(line, { seed: 3, numRuns: 300 });
	const columns = DEFINITIONS.map(({ id }) => id);
	const matrixOf = async (cells: readonly string[][]) => {
		const clean = await cleanRows(engine(), [{ source: SOURCE, rows: cells }], { net_returns: true });
		await runFeatures(stepContext(engine()), { asOf: AS_OF }, clean);
		return featureMatrix(engine(), columns, signal);
	};
	let known: Awaited<ReturnType<typeof matrixOf>>;

	beforeAll(async () => {
		known = await matrixOf(lines.filter((entry) => entry.known).map(({ cells }) => cells));
	});

	it('do not move when rows from the as-of day on are added', async () => {
		expect(await matrixOf(lines.map(({ cells }) => cells))).toEqual(known);
	});

	it('do not depend on the order of the rows', async () => {
		const shuffled = lines.toReversed().filter((entry) => entry.known);
		expect(await matrixOf(shuffled.map(({ cells }) => cells))).toEqual(known);
	});

	it.each(DEFINITIONS)('$id is a number for every customer, unless it says otherwise', ({ id, complete }) => {
		const column = columns.indexOf(id);
		const values = Array.from(
			{ length: known.rowCount },
			(_, row) => known.values[row * known.columnCount + column] as number
		);
		expect(values.length).toBeGreaterThan(5);
		expect(values.some(Number.isFinite)).toBe(true);
		if (complete) expect(values.every(Number.isFinite)).toBe(true);
	});
});
