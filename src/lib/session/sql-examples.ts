import type { CatalogTable } from '#lib/pipeline/queries/catalog.ts';
import { writtenName, writtenTable } from './sql-completions.ts';

/** A query to start from. */
export interface ExampleQuery {
	readonly title: string;
	readonly sql: string;
}

/** An example for tables with these columns and rows; `{table}` stands for a file. */
interface Example extends ExampleQuery {
	readonly needs: Readonly<Record<string, readonly string[]>>;
}

const EXAMPLES: readonly Example[] = [
	{
		title: 'Top 20 customers',
		needs: { 'clean.orders': ['customer_id', 'amount'] },
		sql: `SELECT customer_id, count(*) AS orders, sum(amount) AS revenue
FROM clean.orders
WHERE NOT is_return
GROUP BY customer_id
ORDER BY revenue DESC
LIMIT 20`
	},
	{
		title: 'Orders by month',
		needs: { 'clean.orders': ['ordered_at', 'amount'] },
		sql: `SELECT date_trunc('month', ordered_at)::DATE AS month, count(*) AS orders, sum(amount) AS revenue
FROM clean.orders
WHERE NOT is_return
GROUP BY month
ORDER BY month`
	},
	{
		title: 'Orders by country',
		needs: { 'clean.orders': ['customer_id'], 'clean.contacts': ['country'] },
		sql: `SELECT coalesce(country, 'not known') AS country, count(*) AS orders, sum(amount) AS revenue
FROM clean.orders LEFT JOIN clean.contacts USING (customer_id)
WHERE NOT is_return
GROUP BY ALL
ORDER BY revenue DESC`
	},
	{
		title: 'Best-selling products',
		needs: { 'clean.order_lines': ['product', 'quantity'] },
		sql: `SELECT product, sum(quantity) AS pieces, count(DISTINCT customer_id) AS customers
FROM clean.order_lines
GROUP BY product
ORDER BY pieces DESC
LIMIT 20`
	},
	{
		title: 'Customers without an email',
		needs: { 'clean.contacts': ['email'] },
		sql: `SELECT customer_id
FROM clean.contacts
WHERE email IS NULL`
	},
	{
		title: 'Customers with one large order',
		needs: { 'clean.orders': ['customer_id', 'amount'] },
		sql: `SELECT customer_id, max(amount) AS largest_order
FROM clean.orders
WHERE NOT is_return
GROUP BY customer_id
HAVING count(*) = 1
ORDER BY largest_order DESC`
	},
	{
		title: 'Average order of each customer',
		needs: { 'clean.orders': ['customer_id', 'amount'] },
		sql: `SELECT customer_id, avg(amount) AS average_order
FROM clean.orders
WHERE NOT is_return
GROUP BY customer_id`
	},
	{
		title: 'Why rows are set aside',
		needs: { 'clean.rows': ['reason'] },
		sql: `SELECT coalesce(reason, 'loaded') AS reason, count(*) AS rows
FROM clean.rows
GROUP BY reason
ORDER BY rows DESC`
	}
];

/** Queries that run on the tables there are. */
export function exampleQueries(tables: readonly CatalogTable[]): ExampleQuery[] {
	const there = new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]));
	const fitting = EXAMPLES.filter(({ needs }) =>
		Object.entries(needs).every(([name, columns]) => {
			const table = there.get(name);
			return (
				table !== undefined &&
				table.rows !== 0 &&
				columns.every((column) => table.columns.some((each) => each.name === column))
			);
		})
	).map(({ title, sql }) => ({ title, sql }));
	const file = tables.find(({ schema }) => schema === 'files');
	return file
		? [...fitting, { title: `Columns of ${file.name}`, sql: `SUMMARIZE ${writtenTable(file)}` }]
		: fitting;
}

/** A look at a table: its first rows. */
export function lookQuery(table: Pick<CatalogTable, 'schema' | 'name'>): string {
	return `FROM ${writtenTable(table)}\nLIMIT 100`;
}

/** A name for a saved query, made of its title: `Top 20 customers` → `top_20_customers`. None of `taken`. */
export function suggestedName(title: string, taken: readonly string[]): string {
	const plain = title
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '_')
		.replaceAll(/^[^a-z]+|_+$/g, '')
		.slice(0, 36)
		.replace(/_+$/, '');
	const name = plain === '' ? 'query' : plain;
	if (!taken.includes(name)) return name;
	for (let n = 2; ; n += 1) if (!taken.includes(`${name}_${n}`)) return `${name}_${n}`;
}

/** Tables that are made after saved queries run, which therefore cannot read them: `features` and `segment`. */
export function laterTables(text: string, tables: readonly CatalogTable[]): string[] {
	const plain = text.toLowerCase();
	return tables
		.filter(({ schema }) => schema === 'features' || schema === 'segment')
		.map(({ schema, name }) => `${schema}.${writtenName(name)}`)
		.filter((name) => plain.includes(name));
}
