import type { PlatformPreset } from './platform.ts';

/** Contacts of HubSpot. The user picks the properties, so little is certain but the record number and the email. */
export const hubspotContacts: PlatformPreset = {
	id: 'hubspot-contacts',
	label: 'HubSpot contacts',
	kind: 'customers',
	requires: [/^record id( - contact)?$/i, 'Email'],
	distinctive: [
		'Contact owner',
		'Marketing contact status',
		'Lifecycle Stage',
		'Lead Status',
		'Last Activity Date',
		'Associated Company'
	],
	// Other systems have a `Record Id` too, and write their links as `Contact Owner.id`.
	excludes: [/\.id$/i],
	mapping: {
		customer: [/^record id( - contact)?$/i],
		country: ['Country/Region', 'Country'],
		email: ['Email'],
		first_name: ['First Name'],
		last_name: ['Last Name'],
		phone: ['Phone Number', 'Mobile Phone Number'],
		region: ['State/Region'],
		city: ['City'],
		postcode: ['Postal Code'],
		created_at: ['Create Date'],
		birth_date: ['Date of birth'],
		gender: ['Gender'],
		language: ['Preferred language'],
		updated_at: ['Last Activity Date']
	},
	reading: { dateOrder: 'ymd', orderFieldsOnFirstRow: false },
	note: 'HubSpot bills by marketing contact status; it does not say whether a person agreed to be written to.'
};
