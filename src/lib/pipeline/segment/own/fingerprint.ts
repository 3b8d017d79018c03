import { sql, type Sql } from '#lib/engine/sql.ts';

/** What a list keeps of a customer id: 16 hexadecimal digits of its SHA-256, the same wherever the id is met. */
export function memberFingerprint(customerId: Sql): Sql {
	return sql`left(sha256(${customerId}), 16)`;
}
