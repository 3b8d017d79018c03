import type { PlatformPreset } from './platform.ts';

/**
 * Orders of BigCommerce: one row per order. Export templates can be changed, so few columns are certain. Guests all
 * have customer number 0; the email tells them apart.
 */
export const bigcommerceOrders: PlatformPreset = {
	id: 'bigcommerce-orders',
	label: 'BigCommerce orders',
	kind: 'orders',
	requires: ['Order ID', 'Order Date', 'Order Status', 'Order Total (inc tax)'],
	distinctive: [
		'Subtotal (inc tax)',
		'Shipping Cost (inc tax)',
		'Handling Cost (inc tax)',
		'Order Total (ex tax)'
	],
	mapping: {
		customer: ['Customer Email', 'Billing Email'],
		date: ['Order Date'],
		order_id: ['Order ID'],
		order_total: ['Order Total (inc tax)'],
		refund: ['Refund Amount'],
		product: ['Product Details'],
		country: ['Shipping Country', 'Billing Country'],
		status: ['Order Status'],
		currency: ['Order Currency Code'],
		name: ['Customer Name'],
		first_name: ['Billing First Name'],
		last_name: ['Billing Last Name'],
		phone: ['Customer Phone', 'Billing Phone'],
		time: ['Order Time'],
		channel: ['Channel Name', 'Order Source'],
		payment_method: ['Payment Method'],
		customer_group: ['Customer Group Name'],
		region: ['Shipping State', 'Billing State'],
		city: ['Shipping Suburb', 'Billing Suburb'],
		postcode: ['Shipping Zip', 'Billing Zip'],
		street: ['Shipping Street 1', 'Billing Street 1']
	},
	reading: { orderFieldsOnFirstRow: false },
	noteIfIncomplete:
		'This export has no email of the customer, so its orders belong to nobody. Add Customer Email to the export template.'
};
