import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { nameOf, type Selection } from '#lib/pipeline/export/audience.ts';
import { toBlob } from '#lib/pipeline/export/csv.ts';
import { DESTINATIONS } from '#lib/pipeline/export/destinations/index.ts';
import { guardFormula } from '#lib/pipeline/export/guard-formula.ts';
import { countAgreed, countSelection } from '#lib/pipeline/export/read-audience.ts';
import {
	AUDIENCE,
	CUSTOMER_COUNT,
	customerConsent,
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
	{ kind: 'group', group: 'champion', name: 'Champions' },
	{ kind: 'picked' },
	{ kind: 'saved', name: 'some_people', title: 'Some =people' },
	{ kind: 'own', segment: 'g1', name: 'Some people' },
	{ kind: 'assigned', segment: 'own:g1', name: '=New customers', place: 1, places: 4 }
];

const { signal } = new AbortController();

const naturalSegment = (i: number) => guardFormula(AUDIENCE.segmentNames?.[i % 3] ?? '');

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
		expect(new Set(names).size).toBe(destination.id === 'customers' ? 1 : names.length);
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
			const columns = destination.columns(AUDIENCE, selection);
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
				['email_consent', (i) => customerConsent(i) ?? ''],
				['natural_segment', naturalSegment],
				['rfm_group', (i) => (i % 2 === 0 ? 'loyal' : 'champion')],
				[
					'segment_name',
					(i) =>
						selection.kind === 'everyone' ? naturalSegment(i) : guardFormula(nameOf(AUDIENCE, selection))
				]
			];
			const grades: Readonly<Record<string, string>> = {
				cluster: 'do not use',
				group: 'too few',
				own: 'with care',
				assigned: 'with care'
			};
			const ofNatural = ['trust', 'do not use', ''];
			cells.push([
				'segment_grade',
				(i) => (selection.kind === 'everyone' ? (ofNatural[i % 3] ?? '') : (grades[selection.kind] ?? ''))
			]);
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
					const names = destination.columns(AUDIENCE, selection).map(({ name }) => name);
					for (const [i, name] of names.entries()) {
						if (['customer_id', 'email', 'phone'].includes(name)) expect(first[i]).toBe(`'${hostile}`);
					}
				}
			} finally {
				await writeAudienceTables(engine());
			}
		}
	);

	it.each(SELECTIONS)('write of %j those who agreed alone, where that is asked for', async (selection) => {
		const agreed = expectedCustomers(selection).filter((i) => customerConsent(i) === 'subscribed');
		const audience = { ...AUDIENCE, agreedTo: 'email_consent' } as const;
		const context = { engine: engine(), signal };
		for (const destination of DESTINATIONS.filter(({ selections }) => selections.includes(selection.kind))) {
			const blob = await toBlob(destination.render(context, audience, selection));
			const records = readCsv(await blob.text()).slice(destination.header ? 1 : 0);
			expect(records.map(([customer]) => customer)).toEqual(agreed.map(customerId));
			expect(destination.fileName(audience, selection)).toMatch(/-agreed\.(csv|txt)$/);
		}
		expect(await countSelection(context, audience, selection)).toBe(agreed.length);
		expect(await countAgreed(context, AUDIENCE, [{ kind: 'everyone' }, selection], 'email_consent')).toEqual([
			14,
			agreed.length
		]);
	});

	it('write nobody who agreed where the files tell no consent, and no column of it', async () => {
		const silent = { ...AUDIENCE, consents: [] } as const;
		const context = { engine: engine(), signal };
		const all = { kind: 'everyone' } as const;
		expect(await countAgreed(context, silent, [all], 'email_consent')).toEqual([0]);
		expect(await countSelection(context, { ...silent, agreedTo: 'email_consent' }, all)).toBe(0);
		for (const destination of DESTINATIONS)
			expect(destination.columns(silent, all).map(({ name }) => name)).not.toContain('email_consent');
	});

	it('leave cluster and name empty when there are no clusters', async () => {
		await engine().exec(sql`DROP TABLE segment.members`);
		const audience = { ...AUDIENCE, clusterFeatures: [], segmentNames: null };
		for (const destination of DESTINATIONS.filter(({ header }) => header)) {
			const selection: Selection = destination.id === 'segment' ? { kind: 'picked' } : { kind: 'everyone' };
			const blob = await toBlob(destination.render({ engine: engine(), signal }, audience, selection));
			const [header = [], first = []] = readCsv(await blob.text());
			expect(first[header.indexOf('cluster')]).toBe('');
			const natural = destination.id === 'segment' ? 'natural_segment' : 'segment_name';
			expect(first[header.indexOf(natural)]).toBe('');
		}
	});
});
