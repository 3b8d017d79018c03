import type { Engine } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { Audience } from '#lib/pipeline/export/audience.ts';

/** Values that break files: quotes, separators, line breaks, formulas, other scripts, blanks, odd names. */
export const HOSTILE_NAMES = [
	'=HYPERLINK("https://x.example","open")',
	'+1+1',
	'@SUM(A1)',
	'\t=1+1',
	'O"Neil, "the" 2nd',
	'two\r\nlines',
	'two\n=lines',
	'  padded  ',
	'Зоя 漢字 😀',
	'-5.00',
	'__proto__',
	"it's",
	''
] as const;

/** One customer per hostile name, then some plain ones; ids are texts in the order of their bytes. */
export const CUSTOMER_COUNT = 40;

export const AUDIENCE: Audience = {
	contactRoles: ['email', 'name', 'phone'],
	consents: ['email_consent'],
	agreedTo: null,
	features: ['recency_days', 'frequency', 'monetary_total', 'items_per_order'],
	clusterFeatures: ['recency_days', 'frequency', 'items_per_order'],
	segmentNames: ['Regulars, "gold"', '=Cooling', 'New faces'],
	grades: new Map([
		['cluster:3:0', 'trust'],
		['cluster:3:1', 'stop'],
		['group:champion', 'few'],
		['own:g1', 'care']
	])
};

/** The id of customer i: some are phones and some need quoting. */
export function customerId(i: number): string {
	return i % 10 === 3 ? `+49 ${100 + i}` : `c,${100 + i}`;
}

/** The name of customer i. */
export function customerName(i: number): string {
	return HOSTILE_NAMES[i] ?? `Name ${i}`;
}

/** What customer i agreed to: every third agreed, every third of the others is not known. */
export function customerConsent(i: number): string | null {
	return ['subscribed', 'unsubscribed', null][i % 3] ?? null;
}

/** Fills `clean.contacts`, `clean.people`, `features.customers` and the tables of `segment` as the steps would. */
export async function writeAudienceTables(engine: Engine): Promise<void> {
	for (const statement of statements()) await engine.exec(statement);
}

function statements(): Sql[] {
	const customers = Array.from({ length: CUSTOMER_COUNT }, (_, i) => i);
	const everyone = customers.map((i) => [
		sql`INSERT INTO clean.contacts VALUES (${customerId(i)}, ${`${i}@shop.example`}, ${customerName(i)}, ${`+4930${i}`})`,
		sql`INSERT INTO clean.people VALUES (${customerId(i)}, ${customerConsent(i)})`,
		sql`INSERT INTO features.customers VALUES (${i}, ${customerId(i)}, ${i + 1}, ${(i % 7) + 1}, ${i * 10.1}, ${
			i % 4 === 0 ? null : i / 3
		})`,
		sql`INSERT INTO segment.rfm VALUES (${i}, ${(i % 5) + 1}, 2, 3, ${i % 2 === 0 ? 'loyal' : 'champion'})`,
		sql`INSERT INTO segment.members VALUES (${i}, ${i % 3})`
	]);
	return [
		sql`CREATE OR REPLACE TABLE clean.contacts (customer_id VARCHAR, email VARCHAR, name VARCHAR, phone VARCHAR)`,
		sql`CREATE OR REPLACE TABLE clean.people (customer_id VARCHAR, email_consent VARCHAR)`,
		sql`CREATE OR REPLACE TABLE features.customers (idx INTEGER, customer_id VARCHAR, recency_days DOUBLE, frequency DOUBLE, monetary_total DOUBLE, items_per_order DOUBLE)`,
		sql`CREATE OR REPLACE TABLE segment.rfm (idx INTEGER, r_score INTEGER, f_score INTEGER, m_score INTEGER, rfm_group VARCHAR)`,
		sql`CREATE OR REPLACE TABLE segment.members (idx INTEGER, cluster INTEGER)`,
		sql`CREATE OR REPLACE TABLE segment.selection (idx INTEGER)`,
		sql`INSERT INTO segment.selection VALUES (3), (11), (39)`,
		sql`CREATE OR REPLACE TABLE segment.own (segment VARCHAR, idx INTEGER)`,
		sql`INSERT INTO segment.own VALUES ('g1', 2), ('g1', 7), ('g2', 2)`,
		sql`CREATE OR REPLACE TABLE segment.assigned (idx INTEGER, segment VARCHAR)`,
		sql`INSERT INTO segment.assigned VALUES (2, 'own:g2'), (7, 'own:g1')`,
		sql`CREATE OR REPLACE TABLE saved.some_people AS SELECT unnest([${customerId(0)}, ${customerId(5)}, 'nobody']) AS customer_id`,
		...everyone.flat()
	];
}
