import { AGREED } from '#lib/pipeline/clean/schema.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import {
	cartFilterSql,
	timeText,
	wordsText,
	type CartBand,
	type CartStageId
} from '#lib/pipeline/segment/carts/step.ts';
import type { AudienceColumn } from './audience.ts';
import { renderCsv, safeFileName, type CsvBatch, type CsvKind } from './csv.ts';
import type { ReadContext } from './read-audience.ts';

/** Rows per query. */
const BATCH_ROWS = 20_000;

/** What a file of carts needs to know of the results. */
export interface CartAudience {
	/** Empty: every stage. */
	readonly stages: readonly CartStageId[];
	readonly bands: readonly CartBand[];
	/** Only those who agreed to e-mail. */
	readonly onlyAgreed?: boolean;
}

/** What `clean.people` may know of somebody; a file has those that anybody with a cart in it has. */
const PERSON_COLUMNS: readonly { readonly name: string; readonly kind: CsvKind }[] = [
	{ name: 'email', kind: 'email' },
	{ name: 'first_name', kind: 'text' },
	{ name: 'email_consent', kind: 'text' }
];

/**
 * Carts as CSV text, also those of people without an order: `customer_id`, what is known of `email`, `first_name` and
 * `email_consent`, `stage`, `cart_at` and `due_at` (`yyyy-mm-dd hh:mm`; `due_at` is empty where no message is due), `value`,
 * `value_band`, `categories` and `products` with `; ` between them, and `tier`. By the time of the cart, the newest first. Needs
 * `segment.carts` and `clean.people`.
 */
export async function* renderCartsCsv(context: ReadContext, audience: CartAudience): AsyncGenerator<string> {
	const columns = await cartColumns(context, audience);
	yield* renderCsv(columns, cartBatches(context, audience, columns), { signal: context.signal });
}

/** `carts.csv`, with the stage where it is one alone, and `-agreed` where only those who agreed are in it. */
export function cartsFileName({ stages, onlyAgreed = false }: Omit<CartAudience, 'bands'>): string {
	const [only] = stages;
	const name = stages.length === 1 && only ? `carts-${safeFileName(only)}` : 'carts';
	return `${name}${onlyAgreed ? '-agreed' : ''}.csv`;
}

/** How many of the people with a cart agreed to e-mail, by stage. Needs what the file needs. */
export async function countAgreedCarts({
	engine,
	signal
}: ReadContext): Promise<ReadonlyMap<CartStageId, number>> {
	const rows = await engine.rows<{ stage: string; people: number }>(
		sql`SELECT stage::VARCHAR AS stage, count(*)::INTEGER AS people
			FROM (${cartsOf({ stages: [], onlyAgreed: true })}) GROUP BY stage ORDER BY stage`,
		signal
	);
	return new Map(rows.map(({ stage, people }) => [stage, people]));
}

async function cartColumns(context: ReadContext, audience: CartAudience): Promise<AudienceColumn[]> {
	const { bands } = audience;
	const known = await knownOfPeople(context, audience);
	const cases = bands.map(({ id: band, name }) => sql`WHEN ${Number(band)} THEN ${name}`);
	const bandName = cases.length > 0 ? sql`CASE band ${join(cases, '\n')} END` : sql`NULL`;
	return [
		{ name: 'customer_id', kind: 'id', expression: sql`customer_id::VARCHAR` },
		...PERSON_COLUMNS.filter(({ name }) => known.has(name)).map((column) => ({
			...column,
			expression: sql`${id(column.name)}::VARCHAR`
		})),
		{ name: 'stage', kind: 'text', expression: sql`stage::VARCHAR` },
		{ name: 'cart_at', kind: 'text', expression: timeText(sql`cart_at`) },
		{ name: 'due_at', kind: 'text', expression: timeText(sql`due_at`) },
		{ name: 'value', kind: 'number', expression: sql`value::DOUBLE` },
		{ name: 'value_band', kind: 'text', expression: sql`(${bandName})::VARCHAR` },
		{ name: 'categories', kind: 'text', expression: wordsText(sql`categories`) },
		{ name: 'products', kind: 'text', expression: wordsText(sql`products`) },
		{ name: 'tier', kind: 'text', expression: sql`tier::VARCHAR` }
	];
}

/** The columns of people that are known of anybody in the file. */
async function knownOfPeople({ engine, signal }: ReadContext, audience: CartAudience): Promise<Set<string>> {
	const columns = PERSON_COLUMNS.map(({ name }, i) => as(sql`(count(${id(name)}) > 0)::BOOLEAN`, `v${i}`));
	const [row] = await engine.rows<Record<string, boolean>>(
		sql`SELECT ${join(columns, ', ')} FROM (${cartsOf(audience)}) ORDER BY ALL`,
		signal
	);
	return new Set(PERSON_COLUMNS.map(({ name }) => name).filter((_, i) => row?.[`v${i}`] === true));
}

async function* cartBatches(
	{ engine, signal }: ReadContext,
	audience: CartAudience,
	columns: readonly AudienceColumn[]
): AsyncGenerator<CsvBatch> {
	// Short positional names, so that the time as text does not stand for the time in the order.
	const values = join(
		columns.map(({ expression }, i) => as(expression, `v${i}`)),
		', '
	);
	for (let offset = 0; ; offset += BATCH_ROWS) {
		const batch = await engine.columns(
			sql`SELECT ${values} FROM (${cartsOf(audience)})
				ORDER BY cart_at DESC, customer_id LIMIT ${BATCH_ROWS} OFFSET ${offset}`,
			signal
		);
		const read = columns.map((_, i) => batch.get(`v${i}`) ?? []);
		const rowCount = read[0]?.length ?? 0;
		if (rowCount > 0) yield { rowCount, columns: read };
		if (rowCount < BATCH_ROWS) return;
	}
}

/** The carts with what is known of their people. */
function cartsOf({ stages, onlyAgreed = false }: Omit<CartAudience, 'bands'>): Sql {
	const filter = cartFilterSql({ stages, band: null, category: null, tier: null });
	const person = join(
		PERSON_COLUMNS.map(({ name }) => id('p', name)),
		', '
	);
	const agreed = onlyAgreed ? sql` AND coalesce(p.email_consent = ${AGREED}, false)` : sql``;
	return sql`SELECT k.*, ${person} FROM segment.carts k LEFT JOIN clean.people p ON p.customer_id = k.customer_id
		WHERE ${filter}${agreed}`;
}
