import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import {
	rawColumn,
	rawTable,
	Role,
	type SourceParams,
	type SourceResult
} from '#lib/pipeline/import/schema.ts';
import { sourceTable } from '../repairs/tables.ts';
import type { ProfiledColumn, ProfiledTable, StoredType } from './schema.ts';

/** Roles that every row of an order has a value of its own for. */
const LINE_ROLES: readonly Role[] = [
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'product',
	'sku',
	'category',
	'discount',
	'line_type'
];

/** Tables of `clean` about customers and what they did, with the columns whose values name a row. */
const CLEAN_TABLES: readonly { readonly table: string; readonly key: string | null }[] = [
	{ table: 'people', key: 'customer_id' },
	{ table: 'orders', key: null },
	{ table: 'order_lines', key: null },
	{ table: 'profiles', key: null },
	{ table: 'events', key: null },
	{ table: 'sends', key: null },
	{ table: 'campaigns', key: null },
	{ table: 'answers', key: null },
	{ table: 'places', key: null }
];

/** Columns that name a record and hold nothing of the customer. */
const RECORD_COLUMNS = ['source', 'row', 'idx', 'list'];

/** A file as it was read, or as the steps of the clean-up left it. */
export function fileTable(
	source: SourceParams,
	{ loadedColumns }: Pick<SourceResult, 'loadedColumns'>,
	state: 'raw' | 'clean'
): ProfiledTable {
	const roles = new Map(Object.entries(source.mapping).map(([role, column]) => [column, role as Role]));
	const columns = source.columns.flatMap((name, i): ProfiledColumn[] => {
		if (loadedColumns !== null && !loadedColumns.includes(i)) return [];
		const role = roles.get(name) ?? null;
		return [{ name, column: rawColumn(i), stored: 'text', role, isKey: isKeyOf(source, role) }];
	});
	return {
		table: state === 'raw' ? rawTable(source.id) : sourceTable(source.id),
		title: source.fileName,
		source,
		reading: source.reading,
		columns,
		rowColumn: 'row',
		hasSetAside: state === 'clean'
	};
}

/** The tables of `clean` that hold something, and the features of each customer. */
export async function cleanTables(engine: Engine, signal: AbortSignal): Promise<ProfiledTable[]> {
	const found = await engine.rows<{ schema: string; table: string; column: string; type: string }>(
		sql`SELECT schema_name::VARCHAR AS schema, table_name::VARCHAR AS table, column_name::VARCHAR AS column,
				data_type::VARCHAR AS type
			FROM duckdb_columns() WHERE schema_name IN ('clean', 'features') ORDER BY schema_name, table_name, column_index`,
		signal
	);
	const wanted = [
		...CLEAN_TABLES.map((each) => ({ schema: 'clean', ...each })),
		{ schema: 'features', table: 'customers', key: 'customer_id' }
	];
	return wanted.flatMap(({ schema, table, key }) => {
		const own = found.filter((column) => column.schema === schema && column.table === table);
		const columns = own.flatMap((column) => typedColumn(column.column, column.type, key));
		if (columns.length === 0) return [];
		const hasRow = own.some(({ column }) => column === 'row');
		return [
			{
				table: [schema, table] as const,
				title: schema === 'features' ? 'features of customers' : table.replace('_', ' '),
				source: null,
				reading: { dateOrder: null, decimalMark: null },
				columns,
				rowColumn: hasRow ? 'row' : null,
				hasSetAside: false
			}
		];
	});
}

/**
 * The order number by which a blank cell below the first row of an order has its value from that row; null where the file
 * is not written that way, or each row of an order has a value of its own.
 */
export function inheritsFrom(
	{ source, columns }: ProfiledTable,
	column: ProfiledColumn
): ProfiledColumn | null {
	if (!source?.reading.orderFieldsOnFirstRow) return null;
	if (column.role !== null && LINE_ROLES.includes(column.role)) return null;
	return columns.find(({ role }) => role === 'order_id') ?? null;
}

/** In a list of customers, each is to stand once. */
function isKeyOf({ kind }: SourceParams, role: Role | null): boolean {
	return (kind === 'customers' && role === 'customer') || (kind === 'places' && role === 'postcode');
}

function typedColumn(column: string, type: string, key: string | null): ProfiledColumn[] {
	if (RECORD_COLUMNS.includes(column)) return [];
	const role = Role.safeParse(column === 'customer_id' ? 'customer' : column);
	return [{ name: column, column, stored: storedType(type), role: role.data ?? null, isKey: column === key }];
}

function storedType(type: string): StoredType {
	if (type === 'BOOLEAN') return 'boolean';
	if (/^(DATE|TIMESTAMP)/.test(type)) return 'date';
	return /^(DECIMAL|DOUBLE|FLOAT|HUGEINT|U?(BIG|SMALL|TINY)?INT)/.test(type) ? 'number' : 'text';
}
