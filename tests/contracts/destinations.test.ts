import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import type { Selection } from '#lib/pipeline/export/audience.ts';
import { toBlob } from '#lib/pipeline/export/csv.ts';
import { DESTINATIONS } from '#lib/pipeline/export/destinations/index.ts';
import { guardFormula } from '#lib/pipeline/export/guard-formula.ts';
import { countSelection } from '#lib/pipeline/export/read-audience.ts';
import {
	AUDIENCE,
	CUSTOMER_COUNT,
	customerId,
	customerName,
	writeAudienceTables
} from '../support/audience-tables.ts';
import { describeEngines } from '../support/engines.ts';
import { readCsv } from '../support/read-csv.ts';

const SELECTIONS: readonly Selection[] = [
	{ kind: 'everyone' },
	{ kind: 'cluster', cluster: 1 },
	{ kind: 'cluster', cluster: 9 },
	{ kind: 'group', group: 'champion' },
	{ kind: 'picked' },
	{ kind: 'saved', name: 'some_people' },
	{ kind: 'own', segment: 'g1', name: 'Some people' },
	{ kind: 'assigned', segment: 'own:g1', name: 'Some people' }
];

const { signal } = new AbortController();

/** The customers of a selection, by the rule that made the tables. */
function expectedCustomers(selection: Selection): number[] {
	const all = Array.from({ length: CUSTOMER_COUNT }, (_, i) => i);
	switch (selection.kind) {
		case 'everyone':
			return all;
		case 'cluster':
			return all.filter((i) => i % 3 === selection.cluster);
		case 'group':
			return all.filter((i) => (i % 2 === 0 ? 'loyal' : 'champion') === selection.group);
		case 'picked':
			return [3, 11, 39];
		case 'saved':
			return [0, 5];
		case 'own':
			return [2, 7];
		case 'assigned':
			return [7];
	}
}

describe('the destinations', () => {
	it('have different ids and labels, and say what they are for', () => {
		expect(new Set(DESTINATIONS.map(({ id }) => id)).size).toBe(DESTINATIONS.length);
		expect(new Set(DESTINATIONS.map(({ label }) => label)).size).toBe(DESTINATIONS.length);
		for (const { explain } of DESTINATIONS) expect(explain).toMatch(/^[A-Z].*\.$/);
	});

	it.each(DESTINATIONS)('$id names its files safely', (destination) => {
		const names = SELECTIONS.map((selection) => destination.fileName(AUDIENCE, selection));
		for (const name of names) expect(name).toMatch(/^[\w][\w.-]*\.(csv|txt)$/);
	});
});

describeEngines('the destinations', (engine) => {
	beforeAll(() => writeAudienceTables(engine()));

	const cases = DESTINATIONS.flatMap((destination) =>
		SELECTIONS.filter(({ kind }) => destination.selections.includes(kind)).map((selection) => ({
			name: `${destination.id} for ${JSON.stringify(selection)}`,
			destination,
			selection
		}))
	);

	it.each(cases)(
		'$name has one record per customer, with the same cells',
		async ({ destination, selection }) => {
			const context = { engine: engine(), signal };
			const columns = destination.columns(AUDIENCE);
			const blob = await toBlob(destination.render(context, AUDIENCE, selection));
			const records = readCsv(await blob.text());
			const header = destination.header ? records.shift() : columns.map(({ name }) => name);
			expect(header).toEqual(columns.map(({ name }) => name));

			const expected = expectedCustomers(selection);
			expect(records).toHaveLength(expected.length);
			expect(await countSelection(context, AUDIENCE, selection)).toBe(expected.length);
			expect(new Set(records.map((record) => record.length))).toEqual(
				new Set(expected.length === 0 ? [] : [columns.length])
			);
			const column = (name: string): (string | undefined)[] | null => {
				const at = columns.findIndex((item) => item.name === name);
				return at < 0 ? null : records.map((record) => record[at]);
			};
			expect(column('customer_id')).toEqual(expected.map(customerId));
			const cells: [string, (i: number) => string][] = [
				['name', (i) => guardFormula(customerName(i))],
				['phone', (i) => `+4930${i}`],
				['monetary_total', (i) => String(i * 10.1)],
				['items_per_order', (i) => (i % 4 === 0 ? '' : String(i / 3))],
				['cluster', (i) => String(i % 3)],
				['segment_name', (i) => guardFormula(AUDIENCE.segmentNames?.[i % 3] ?? '')]
			];
			for (const [name, cell] of cells)
				expect(column(name) ?? expected.map(cell)).toEqual(expected.map(cell));
		}
	);

	it.each(['+1+1', '-2+3', '\t=1+1', '=HYPERLINK("https://x.example","open")', '=1+1@x.example'])(
		'write %j as no formula, be it an id, an email or a phone',
		async (hostile) => {
			await engine().exec(sql`UPDATE features.customers SET customer_id = ${hostile} WHERE idx = 0`);
			await engine().exec(
				sql`UPDATE clean.contacts SET customer_id = ${hostile}, email = ${hostile}, phone = ${hostile} WHERE customer_id = ${customerId(0)}`
			);
			try {
				for (const destination of DESTINATIONS) {
					const selection: Selection =
						destination.id === 'segment' ? { kind: 'cluster', cluster: 0 } : { kind: 'everyone' };
					const blob = await toBlob(destination.render({ engine: engine(), signal }, AUDIENCE, selection));
					const [first = []] = readCsv(await blob.text()).slice(destination.header ? 1 : 0);
					const names = destination.columns(AUDIENCE).map(({ name }) => name);
					for (const [i, name] of names.entries()) {
						if (['customer_id', 'email', 'phone'].includes(name)) expect(first[i]).toBe(`'${hostile}`);
					}
				}
			} finally {
				await writeAudienceTables(engine());
			}
		}
	);

	it('leave cluster and name empty when there are no clusters', async () => {
		await engine().exec(sql`DROP TABLE segment.members`);
		const audience = { ...AUDIENCE, clusterFeatures: [], segmentNames: null };
		for (const destination of DESTINATIONS.filter(({ header }) => header)) {
			const selection: Selection = destination.id === 'segment' ? { kind: 'picked' } : { kind: 'everyone' };
			const blob = await toBlob(destination.render({ engine: engine(), signal }, audience, selection));
			const [header = [], first = []] = readCsv(await blob.text());
			expect(first[header.indexOf('cluster')]).toBe('');
			expect(first[header.indexOf('segment_name')]).toBe('');
		}
	});
});
