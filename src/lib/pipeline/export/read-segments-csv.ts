import { AppError } from '#lib/core/errors.ts';
import type { Snapshot } from '#lib/pipeline/segment/changes/schema.ts';
import { SCHEMES } from '#lib/pipeline/segment/rfm/schemes/index.ts';
import { RfmGroup } from '#lib/pipeline/segment/schema.ts';
import { guardFormula } from './guard-formula.ts';

/** The columns of `segments.csv` that a comparison needs. */
const NEEDED = ['customer_id', 'frequency', 'monetary_total', 'rfm_group', 'segment_name'] as const;

/** The columns of `segment_members.csv`. */
const MEMBERS = ['customer_id', 'segment', 'name'] as const;

/** The record of a customer by the names of its columns. */
type Customer = Readonly<Record<(typeof NEEDED)[number], string>>;

/**
 * The customers of a `segments.csv` as a snapshot, to compare a later run with. The file does not tell the as-of day:
 * whoever has more orders than in it has ordered again.
 * @throws `import.drift` when it is no such file
 */
export function snapshotOfSegmentsCsv(text: string, fileName = 'segments.csv'): Snapshot {
	const customers = readCustomers(text, fileName);
	const names = [...new Set(customers.map(({ segment_name }) => unguarded(segment_name)))].filter(Boolean);
	const hasSegments = names.length > 0 && customers.every(({ segment_name }) => segment_name !== '');
	const orders = Float64Array.from(customers, ({ frequency }) => numberOf(frequency, fileName));
	const revenue = Float64Array.from(customers, ({ monetary_total }) => numberOf(monetary_total, fileName));
	const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
	const money = total(revenue);
	const groups = groupsIn(customers, fileName);
	return {
		state: {
			sources: [{ id: 'before', fileName }],
			customers: customers.length,
			orders: total(orders),
			revenue: Number.isNaN(money) ? null : money,
			rowsRead: null,
			asOf: null,
			firstOrder: null,
			lastOrder: null,
			segmentNames: hasSegments ? names : null,
			groups: groups.map((id) => ({ id, name: nameOf(id) }))
		},
		customers: {
			customerIds: customers.map(({ customer_id }) => unguarded(customer_id)),
			orders,
			revenue,
			group: Int32Array.from(customers, ({ rfm_group }) => groups.indexOf(rfm_group)),
			segment: hasSegments
				? Int32Array.from(customers, ({ segment_name }) => names.indexOf(unguarded(segment_name)))
				: null
		}
	};
}

/**
 * The snapshot with who was in each own segment, from the `segment_members.csv` beside the `segments.csv`. A segment that
 * nobody was in is not in the file.
 * @throws `import.drift` when it is no such file
 */
export function withMembersCsv(
	{ state, customers }: Snapshot,
	text: string,
	fileName = 'segment_members.csv'
): Snapshot {
	const rowOf = new Map(customers.customerIds.map((customer, row) => [customer, row]));
	const segments = new Map<string, { readonly name: string; readonly rows: number[] }>();
	for (const { customer_id, segment, name } of readRecords(text, fileName, MEMBERS)) {
		const id = unguarded(segment);
		const known = segments.get(id) ?? { name: unguarded(name), rows: [] };
		segments.set(id, known);
		const row = rowOf.get(unguarded(customer_id));
		if (row === undefined) throw unlike(fileName, [`“${customer_id}” is no customer of segments.csv`]);
		known.rows.push(row);
	}
	const ownSegments = [...segments].map(([id, { name }]) => ({ id, name, meaning: null }));
	const own = [...segments.values()].map(({ rows }) => Int32Array.from(rows).sort());
	return { state: { ...state, ownSegments }, customers: { ...customers, own } };
}

function readCustomers(text: string, fileName: string): Customer[] {
	return readRecords(text, fileName, NEEDED);
}

function readRecords<Name extends string>(
	text: string,
	fileName: string,
	needed: readonly Name[]
): Readonly<Record<Name, string>>[] {
	const [columns = [], ...records] = recordsOf(text.replace(/^\uFEFF/, ''), fileName);
	const missing = needed.filter((name) => !columns.includes(name));
	if (missing.length > 0)
		throw unlike(
			fileName,
			missing.map((name) => `it has no column ${name}`)
		);
	const places = needed.map((name) => [name, columns.indexOf(name)] as const);
	return records.map(
		(record) =>
			Object.fromEntries(places.map(([name, place]) => [name, record[place] ?? ''])) as Record<Name, string>
	);
}

function unlike(fileName: string, problems: readonly string[]): AppError {
	return new AppError('import.drift', { fileName, expected: 'segments.csv', problems });
}

function numberOf(text: string, fileName: string): number {
	const value = text === '' ? NaN : Number(text);
	if (text !== '' && Number.isNaN(value)) throw unlike(fileName, [`“${text}” is no number`]);
	return value;
}

/** The groups that the file has: whatever a table of groups can call one. */
function groupsIn(customers: readonly Customer[], fileName: string): string[] {
	const found = [...new Set(customers.map(({ rfm_group }) => rfm_group))];
	const wrong = found.find((text) => !RfmGroup.safeParse(text).success);
	if (wrong !== undefined) throw unlike(fileName, [`“${wrong}” is no RFM group`]);
	return found;
}

/** The name of a group in the first scheme that has it; of a group of the user’s own its id. */
function nameOf(group: string): string {
	return SCHEMES.flatMap(({ table }) => table).find(({ id }) => id === group)?.name ?? group;
}

/** The text before a guard against formulas was put in front of it. */
function unguarded(text: string): string {
	const rest = text.slice(1);
	return text.startsWith("'") && guardFormula(rest) === text ? rest : text;
}

/** The records of CSV text as `renderCsv` writes it: commas, CRLF, quotes doubled inside quotes (RFC 4180). */
function recordsOf(text: string, fileName: string): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	const field = /("(?:[^"]|"")*"|(?!")[^,\r\n]*)(,|\r?\n|$)/y;
	while (field.lastIndex < text.length) {
		const found = field.exec(text);
		if (found === null) throw unlike(fileName, ['its quotes or line ends are broken']);
		const [, value = '', end] = found;
		record.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
		if (end === ',') continue;
		records.push(record);
		record = [];
	}
	return record.length > 0 ? [...records, [...record, '']] : records;
}
