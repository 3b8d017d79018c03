import type { PlatformPreset } from './platform.ts';

/** A campaign report of Google Ads: a title and the days above the header, rows of totals below. */
export const googleAds: PlatformPreset = {
	id: 'google-ads',
	label: 'Google Ads',
	kind: 'campaigns',
	requires: ['Campaign', 'Cost'],
	distinctive: ['Impr.', 'Conv. value', 'Avg. CPC', 'Cost / conv.', 'Conv. rate', 'Interaction rate'],
	mapping: {
		date: ['Day', 'Date'],
		currency: ['Currency code', 'Currency'],
		campaign: ['Campaign'],
		spend: ['Cost'],
		impressions: ['Impr.'],
		clicks: ['Clicks', 'Interactions'],
		conversions: ['Conversions'],
		revenue: ['Conv. value']
	},
	reading: { orderFieldsOnFirstRow: false },
	constants: () => ({ channel: 'Google Ads' })
};
