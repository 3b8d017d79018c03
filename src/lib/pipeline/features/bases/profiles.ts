import { sql } from '#lib/engine/sql.ts';
import type { FeatureBase } from './base.ts';

/**
 * What customers files say of people, as in `clean.profiles`, of entries that were made before `asOf` or have no day of it, with
 * `said_at`: when they were last changed, else consented to, else made. Entries are as the file has them; consents of later are not known.
 */
export const profiles: FeatureBase = {
	id: 'profiles',
	row: 'an entry of a customers file',
	sql: ({ asOf }) => sql`
		SELECT * REPLACE (
				CASE WHEN consented_at IS NULL OR consented_at < ${asOf} THEN email_consent END AS email_consent,
				CASE WHEN consented_at IS NULL OR consented_at < ${asOf} THEN sms_consent END AS sms_consent
			),
			coalesce(updated_at, consented_at, created_at, TIMESTAMP '0001-01-01') AS said_at
		FROM clean.profiles WHERE created_at < ${asOf} OR created_at IS NULL`
};
