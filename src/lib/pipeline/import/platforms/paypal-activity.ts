import type { PlatformPreset } from './platform.ts';

/**
 * The activity download of PayPal: payments, fees, withdrawals, holds and currency conversions in one list. Only money
 * that came from somebody counts: rows that you sent are negative, conversions come from nobody.
 */
export const paypalActivity: PlatformPreset = {
	id: 'paypal-activity',
	label: 'PayPal activity',
	kind: 'orders',
	requires: ['Date', 'Type', 'Status', 'Currency', 'Gross', 'From Email Address', 'Transaction ID'],
	distinctive: ['To Email Address', 'Address Status', 'Balance Impact', 'Receipt ID'],
	mapping: {
		customer: ['From Email Address'],
		date: ['Date'],
		order_id: ['Transaction ID'],
		amount: ['Gross'],
		product: ['Item Title', 'Subject'],
		country: ['Country Code', 'Country'],
		status: ['Status'],
		currency: ['Currency'],
		name: ['Name'],
		phone: ['Contact Phone Number'],
		time: ['Time'],
		line_type: ['Type'],
		region: ['State/Province/Region/County/Territory/Prefecture/Republic'],
		city: ['Town/City'],
		postcode: ['Zip/Postal Code']
	},
	reading: { orderFieldsOnFirstRow: false },
	note: 'Payments that you received count. Refunds are rows that you sent, so they are not taken off what a customer spent.'
};
