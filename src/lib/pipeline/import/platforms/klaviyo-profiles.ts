import type { PlatformPreset } from './platform.ts';

/** Profiles of Klaviyo, of a list or a segment, with whatever properties the account has. */
export const klaviyoProfiles: PlatformPreset = {
	id: 'klaviyo-profiles',
	label: 'Klaviyo profiles',
	kind: 'customers',
	requires: ['Email', 'Klaviyo ID'],
	distinctive: ['Klaviyo ID', 'Email Marketing Consent', 'Profile Created On', 'Email Suppressions'],
	mapping: {
		customer: ['Klaviyo ID'],
		country: ['Country'],
		email: ['Email'],
		first_name: ['First Name'],
		last_name: ['Last Name'],
		phone: ['Phone Number'],
		region: ['State / Region'],
		city: ['City'],
		postcode: ['Zip Code'],
		street: ['Address'],
		created_at: ['Profile Created On', 'Date Added'],
		email_consent: ['Email Marketing Consent'],
		sms_consent: ['SMS Marketing Consent'],
		consented_at: ['Email Marketing Consent Timestamp'],
		total_spent: ['Historic Customer Lifetime Value'],
		order_count: ['Historic Number Of Orders'],
		updated_at: ['Last Active']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false },
	note: 'Klaviyo keeps a list of suppressed people apart from consent: somebody who subscribed can still be on it.'
};
