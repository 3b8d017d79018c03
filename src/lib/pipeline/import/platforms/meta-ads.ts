import type { Role } from '../schema.ts';
import type { NamedFile, PlatformPreset } from './platform.ts';

const AMOUNT_SPENT = /^amount spent \(([a-z]{3})\)$/i;

/** Ad spend of Meta: one row per campaign, ad set or ad, with columns that the user chose. The header names the currency. */
export const metaAds: PlatformPreset = {
	id: 'meta-ads',
	label: 'Meta ads',
	kind: 'campaigns',
	requires: ['Campaign name', AMOUNT_SPENT],
	distinctive: [AMOUNT_SPENT, 'Reporting starts', 'Ad set name', 'Purchase ROAS (return on ad spend)'],
	mapping: {
		date: ['Day', 'Reporting starts'],
		campaign: ['Campaign name'],
		end_date: ['Reporting ends'],
		spend: [AMOUNT_SPENT],
		impressions: ['Impressions'],
		clicks: ['Link clicks', 'Clicks (all)'],
		recipients: ['Reach'],
		conversions: ['Purchases', 'Website purchases'],
		revenue: ['Purchases conversion value', 'Website purchases conversion value']
	},
	reading: { orderFieldsOnFirstRow: false },
	constants: currencyOf
};

function currencyOf({ columns }: NamedFile): Partial<Record<Role, string>> {
	const currency = columns.map((name) => AMOUNT_SPENT.exec(name)?.[1]).find((code) => code !== undefined);
	return { channel: 'Meta ads', ...(currency === undefined ? {} : { currency: currency.toUpperCase() }) };
}
