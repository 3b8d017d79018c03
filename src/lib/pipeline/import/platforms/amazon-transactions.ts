import type { PlatformPreset } from './platform.ts';

/**
 * The date range report of Amazon (custom transaction): one row per article of an order, refunds and transfers between
 * them. The buyer stands nowhere.
 */
export const amazonTransactions: PlatformPreset = {
	id: 'amazon-transactions',
	label: 'Amazon transactions',
	kind: 'orders',
	requires: ['date/time', 'type', 'order id', 'product sales', 'total'],
	distinctive: ['settlement id', 'fba fees', 'selling fees', 'promotional rebates'],
	mapping: {
		date: ['date/time'],
		order_id: ['order id'],
		quantity: ['quantity'],
		amount: ['product sales'],
		product: ['description'],
		discount: ['promotional rebates'],
		sku: ['sku'],
		line_type: ['type'],
		channel: ['marketplace'],
		region: ['order state'],
		city: ['order city'],
		postcode: ['order postal']
	},
	reading: { decimalMark: '.', orderFieldsOnFirstRow: false },
	noteIfIncomplete:
		'Amazon does not say who bought, so this file gives sales but no customers. An orders report with a buyer column is needed.'
};
