import { normalizedName } from '../columns.ts';
import { ROLES, type ColumnMapping } from '../schema.ts';
import { onlineRetail } from './online-retail.ts';
import type { PlatformPreset } from './platform.ts';
import { shopifyOrders } from './shopify-orders.ts';
import { squareItems } from './square-items.ts';
import { squareTransactions } from './square-transactions.ts';
import { stripePayments } from './stripe-payments.ts';
import { woocommerceOrders } from './woocommerce-orders.ts';

/** The exports that are recognised by their header. A file that is none of them goes to the mapper. */
export const PLATFORMS: readonly PlatformPreset[] = [
	shopifyOrders,
	stripePayments,
	squareTransactions,
	squareItems,
	woocommerceOrders,
	onlineRetail
];

/** A preset with its roles on the columns of one file. */
export interface DetectedPlatform {
	readonly preset: PlatformPreset;
	readonly mapping: ColumnMapping;
}

/** The column of a file as detection needs it; `filled` is the share of rows in which it is not empty. */
export interface NamedColumn {
	readonly name: string;
	readonly filled: number;
}

/** The platform whose export has these columns, in whatever order and letter case; null for an unknown header. */
export function detectPlatform(columns: readonly NamedColumn[]): DetectedPlatform | null {
	const byName = new Map(columns.map((column) => [normalizedName(column.name), column]));
	const has = (name: string) => byName.has(normalizedName(name));
	const preset = PLATFORMS.find(({ requires, distinctive }) => requires.every(has) && distinctive.some(has));
	if (preset === undefined) return null;
	return { preset, mapping: mapColumns(preset, byName) };
}

function mapColumns(preset: PlatformPreset, byName: ReadonlyMap<string, NamedColumn>): ColumnMapping {
	const mapping: ColumnMapping = {};
	const used = new Set<string>();
	for (const role of ROLES) {
		const present = (preset.mapping[role] ?? [])
			.map((name) => byName.get(normalizedName(name)))
			.filter((column) => column !== undefined && !used.has(column.name));
		const chosen = present.find((column) => column !== undefined && column.filled > 0) ?? present[0];
		if (chosen === undefined) continue;
		mapping[role] = chosen.name;
		used.add(chosen.name);
	}
	return mapping;
}
