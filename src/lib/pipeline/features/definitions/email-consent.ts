import { sql } from '#lib/engine/sql.ts';
import { profiles } from '../bases/profiles.ts';
import type { FeatureDefinition } from './definition.ts';

export const emailConsent: FeatureDefinition = {
	id: 'email_consent',
	label: 'Consent to e-mail',
	family: 'person',
	unit: 'text',
	kind: 'text',
	meaning: 'Whether the customer agreed to e-mail.',
	formula:
		'state of the newest entry that tells one: subscribed, unsubscribed, never_subscribed, pending or cleaned; a consent given later is not known',
	caution: 'A consent without a day is read as it stands in the file today.',
	needs: ['email_consent'],
	complete: false,
	base: profiles,
	absent: null,
	sql: () =>
		sql`arg_max(email_consent, {'at': said_at, 'value': email_consent}) FILTER (WHERE email_consent IS NOT NULL)`
};
