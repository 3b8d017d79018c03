import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';

/** What an email or text message may be sent by: the states of a consent, the strictest first. */
export const CONSENT_STATES = [
	'cleaned',
	'unsubscribed',
	'never_subscribed',
	'pending',
	'subscribed'
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** One person of `clean.people`; null is unknown. Days are such as 2024-01-31. */
export interface Person {
	readonly email: string | null;
	readonly phone: string | null;
	readonly city: string | null;
	readonly homeStore: string | null;
	readonly homeChannel: string | null;
	readonly homeRegion: string | null;
	/** Where the region comes from: the person's postcode, or a file that tells it. */
	readonly regionSource: 'postcode' | 'file' | null;
	readonly emailConsent: ConsentState | null;
	readonly smsConsent: ConsentState | null;
	readonly consentedOn: string | null;
}

/** A person by id, or null. Needs `runDetails`. */
export async function findPerson(
	engine: Engine,
	customerId: string,
	signal?: AbortSignal
): Promise<Person | null> {
	const [person] = await engine.rows<Person>(
		sql`
			SELECT email::VARCHAR AS email, phone::VARCHAR AS phone, city::VARCHAR AS city,
				home_store::VARCHAR AS home_store, home_channel::VARCHAR AS home_channel,
				home_region::VARCHAR AS home_region, region_source::VARCHAR AS region_source,
				email_consent::VARCHAR AS email_consent, sms_consent::VARCHAR AS sms_consent,
				strftime(consented_at, '%Y-%m-%d')::VARCHAR AS consented_on
			FROM clean.people WHERE customer_id = ${customerId} ORDER BY email_consent`,
		signal
	);
	return person ?? null;
}
