import { sql } from '#lib/engine/sql.ts';
import { profiles } from '../bases/profiles.ts';
import type { FeatureDefinition } from './definition.ts';

export const smsConsent: FeatureDefinition = {
	id: 'sms_consent',
	label: 'Consent to text messages',
	family: 'person',
	unit: 'text',
	kind: 'text',
	meaning: 'Whether the customer agreed to text messages.',
	formula:
		'state of the newest entry that tells one: subscribed, unsubscribed, never_subscribed, pending or cleaned; a consent given later is not known',
	caution: 'A consent without a day is read as it stands in the file today.',
	needs: ['sms_consent'],
	complete: false,
	base: profiles,
	absent: null,
	sql: () =>
		sql`arg_max(sms_consent, {'at': said_at, 'value': sms_consent}) FILTER (WHERE sms_consent IS NOT NULL)`
};
