import type { PlatformPreset } from './platform.ts';

/** The campaigns report of Klaviyo: one row per campaign, or per variation of a test. */
export const klaviyoCampaigns: PlatformPreset = {
	id: 'klaviyo-campaigns',
	label: 'Klaviyo campaigns',
	kind: 'campaigns',
	requires: ['Campaign Name', 'Send Time', 'Total Recipients'],
	distinctive: ['Unique Placed Order', 'Placed Order Rate', 'Spam Complaints Rate', 'Successful Deliveries'],
	mapping: {
		date: ['Send Time'],
		channel: ['Campaign Channel'],
		campaign: ['Campaign Name'],
		clicks: ['Unique Clicks'],
		recipients: ['Total Recipients'],
		opens: ['Unique Opens'],
		conversions: ['Unique Placed Order'],
		revenue: ['Revenue'],
		unsubscribes: ['Unsubscribes']
	},
	reading: { orderFieldsOnFirstRow: false }
};
