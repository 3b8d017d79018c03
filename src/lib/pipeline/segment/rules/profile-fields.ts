import type { SubjectField } from './subjects/subject.ts';

const CONSENTS = ['subscribed', 'unsubscribed', 'never_subscribed', 'pending', 'cleaned'];

/**
 * What rules may ask of the entries of customers files: columns of `clean.profiles`. What tells of a person's nature, such as
 * gender and age, is asked as a feature, and what names a person is not asked at all.
 */
export const PROFILE_FIELDS: readonly SubjectField[] = [
	{ id: 'country', label: 'country', type: 'text', unit: 'text', needs: ['profile_country'] },
	{ id: 'region', label: 'region', type: 'text', unit: 'text', needs: ['region'] },
	{ id: 'city', label: 'city', type: 'text', unit: 'text', needs: ['profile_city'] },
	{ id: 'postcode', label: 'postcode', type: 'text', unit: 'text', needs: ['profile_postcode'] },
	{ id: 'language', label: 'language', type: 'text', unit: 'text', needs: ['language'] },
	{ id: 'tags', label: 'tags', type: 'text', unit: 'text', needs: ['profile_tags'] },
	{ id: 'customer_group', label: 'customer group', type: 'text', unit: 'text', needs: ['customer_group'] },
	{ id: 'created_at', label: 'day added', type: 'time', unit: 'time', needs: ['profile_created_at'] },
	{
		id: 'email_consent',
		label: 'consent to e-mail',
		type: 'text',
		unit: 'text',
		needs: ['email_consent'],
		values: CONSENTS
	},
	{
		id: 'sms_consent',
		label: 'consent to text messages',
		type: 'text',
		unit: 'text',
		needs: ['sms_consent'],
		values: CONSENTS
	}
];

/** A field of customers files; undefined where there is none of that id. */
export function profileField(field: string): SubjectField | undefined {
	return PROFILE_FIELDS.find(({ id }) => id === field);
}
