import { OWN_IDS } from '../schema.ts';
import type { PlatformPreset } from './platform.ts';

/**
 * Online Retail and Online Retail II of the UCI repository: one row per product of an invoice. Postage, fees and
 * corrections are rows with letters for a stock code.
 */
export const onlineRetail: PlatformPreset = {
	id: 'online-retail',
	label: 'Online Retail',
	kind: 'orders',
	idSystem: OWN_IDS,
	requires: ['StockCode', 'Description', 'Quantity', 'InvoiceDate', 'CustomerID', 'Country'],
	distinctive: ['StockCode'],
	mapping: {
		customer: ['CustomerID'],
		date: ['InvoiceDate'],
		order_id: ['InvoiceNo', 'Invoice'],
		quantity: ['Quantity'],
		unit_price: ['UnitPrice', 'Price'],
		product: ['Description'],
		country: ['Country'],
		sku: ['StockCode']
	},
	reading: { decimalMark: '.', orderFieldsOnFirstRow: false }
};
