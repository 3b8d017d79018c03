import type { PlatformPreset } from './platform.ts';

/** The customers main file of Magento and Adobe Commerce. It holds password hashes and tokens, which are not kept. */
export const magentoCustomers: PlatformPreset = {
	id: 'magento-customers',
	label: 'Magento customers',
	kind: 'customers',
	requires: ['email', '_website', '_store', 'created_at'],
	distinctive: ['disable_auto_group_change', 'created_in', 'rp_token', 'taxvat', 'password_hash'],
	mapping: {
		email: ['email'],
		first_name: ['firstname'],
		last_name: ['lastname'],
		customer_group: ['group_id'],
		created_at: ['created_at'],
		birth_date: ['dob'],
		gender: ['gender']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false }
};
