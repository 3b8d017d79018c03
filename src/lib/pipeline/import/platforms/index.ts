import { normalizedName } from '../columns.ts';
import { missingRoles } from '../roles.ts';
import { ROLES, type ColumnMapping, type Role } from '../schema.ts';
import { adyenSettlement } from './adyen-settlement.ts';
import { amazonTransactions } from './amazon-transactions.ts';
import { bigcommerceOrders } from './bigcommerce-orders.ts';
import { ga4Report } from './ga4-report.ts';
import { googleAds } from './google-ads.ts';
import { hillstrom } from './hillstrom.ts';
import { hubspotContacts } from './hubspot-contacts.ts';
import { klaviyoCampaigns } from './klaviyo-campaigns.ts';
import { klaviyoProfiles } from './klaviyo-profiles.ts';
import { magentoCustomers } from './magento-customers.ts';
import { magentoOrders } from './magento-orders.ts';
import { mailchimpAudience } from './mailchimp-audience.ts';
import { metaAds } from './meta-ads.ts';
import { onlineRetail } from './online-retail.ts';
import { paypalActivity } from './paypal-activity.ts';
import { paypalStatement } from './paypal-statement.ts';
import type { ColumnName, PlatformPreset } from './platform.ts';
import { shopifyCustomers } from './shopify-customers.ts';
import { shopifyOrders } from './shopify-orders.ts';
import { squareCustomers } from './square-customers.ts';
import { squareItems } from './square-items.ts';
import { squareTransactions } from './square-transactions.ts';
import { stripePayments } from './stripe-payments.ts';
import { woocommerceCustomers } from './woocommerce-customers.ts';
import { woocommerceOrders } from './woocommerce-orders.ts';

/** The exports that are recognised by their header. A file that is none of them goes to the mapper. */
export const PLATFORMS: readonly PlatformPreset[] = [
	shopifyOrders,
	shopifyCustomers,
	woocommerceOrders,
	woocommerceCustomers,
	squareTransactions,
	squareItems,
	squareCustomers,
	stripePayments,
	paypalActivity,
	paypalStatement,
	amazonTransactions,
	adyenSettlement,
	bigcommerceOrders,
	magentoOrders,
	magentoCustomers,
	klaviyoCampaigns,
	klaviyoProfiles,
	mailchimpAudience,
	hubspotContacts,
	metaAds,
	googleAds,
	ga4Report,
	onlineRetail,
	hillstrom
];

/** What a preset makes of one file. */
export interface DetectedPlatform {
	/** The preset, with the note that holds for this file. */
	readonly preset: PlatformPreset;
	readonly mapping: ColumnMapping;
	/** Role → text that every row has. No role stands here and in the mapping. */
	readonly constants: Partial<Record<Role, string>>;
}

/** The column of a file as detection needs it; `filled` is the share of rows in which it is not empty. */
export interface NamedColumn {
	readonly name: string;
	readonly filled: number;
}

/**
 * The platform whose export has these columns, in whatever order and letter case. Where several fit, the one that knows
 * most of the columns; null for an unknown header, and when two know equally many.
 */
export function detectPlatform(columns: readonly NamedColumn[], fileName: string): DetectedPlatform | null {
	const fitting = PLATFORMS.filter((preset) => fits(preset, columns))
		.map((preset) => ({ preset, known: knownColumns(preset, columns) }))
		.sort((a, b) => b.known - a.known);
	const [best, next] = fitting;
	if (best === undefined || best.known === next?.known) return null;
	return describeFile(best.preset, columns, fileName);
}

function fits(
	{ requires, distinctive, excludes = [] }: PlatformPreset,
	columns: readonly NamedColumn[]
): boolean {
	const has = (name: ColumnName) => findColumn(columns, name) !== undefined;
	return requires.every(has) && distinctive.some(has) && !excludes.some(has);
}

function knownColumns({ requires, distinctive }: PlatformPreset, columns: readonly NamedColumn[]): number {
	const names = [...requires, ...distinctive].map((name) => findColumn(columns, name)?.name);
	return new Set(names.filter((name) => name !== undefined)).size;
}

function describeFile(
	preset: PlatformPreset,
	columns: readonly NamedColumn[],
	fileName: string
): DetectedPlatform {
	const mapping = mapColumns(preset, columns);
	const constants = { ...preset.constants?.({ fileName, columns: columns.map(({ name }) => name) }) };
	for (const role of ROLES) if (mapping[role] !== undefined) delete constants[role];
	const isIncomplete = missingRoles(preset.kind, mapping).length > 0;
	if (!isIncomplete || preset.noteIfIncomplete === undefined) return { preset, mapping, constants };
	return { preset: { ...preset, note: preset.noteIfIncomplete, isWarning: true }, mapping, constants };
}

function mapColumns(preset: PlatformPreset, columns: readonly NamedColumn[]): ColumnMapping {
	const mapping: ColumnMapping = {};
	const used = new Set<string>();
	for (const role of ROLES) {
		const present = (preset.mapping[role] ?? [])
			.map((name) => findColumn(columns, name))
			.filter((column) => column !== undefined && !used.has(column.name));
		const chosen = present.find((column) => column !== undefined && column.filled > 0) ?? present[0];
		if (chosen === undefined) continue;
		mapping[role] = chosen.name;
		used.add(chosen.name);
	}
	return mapping;
}

function findColumn(columns: readonly NamedColumn[], name: ColumnName): NamedColumn | undefined {
	if (name instanceof RegExp) return columns.find((column) => name.test(column.name));
	const wanted = normalizedName(name);
	return columns.find((column) => normalizedName(column.name) === wanted);
}
