import type { PlatformPreset } from './platform.ts';

/** The monthly statement of PayPal: as the activity, with the kind of row in its description and no status. */
export const paypalStatement: PlatformPreset = {
	id: 'paypal-statement',
	label: 'PayPal statement',
	kind: 'orders',
	requires: ['Date', 'Description', 'Currency', 'Gross', 'From Email Address', 'Transaction ID'],
	distinctive: ['Bank Name', 'Bank Account', 'Shipping and Handling Amount'],
	mapping: {
		customer: ['From Email Address'],
		date: ['Date'],
		order_id: ['Transaction ID'],
		amount: ['Gross'],
		currency: ['Currency'],
		name: ['Name'],
		time: ['Time'],
		line_type: ['Description']
	},
	reading: { orderFieldsOnFirstRow: false },
	note: 'Payments that you received count. Refunds are rows that you sent, so they are not taken off what a customer spent.'
};
