/** Files below `tests/fixtures` by the id of the preset that must recognise them; old and new layouts apart. */
export const PLATFORM_FIXTURES: Readonly<Record<string, readonly string[]>> = {
	'shopify-orders': ['shopify/orders.csv', 'shopify/orders_new.csv'],
	'shopify-customers': ['shopify/customers.csv', 'shopify/customers_old.csv'],
	'woocommerce-orders': ['woocommerce/orders.csv', 'woocommerce/orders_old.csv'],
	'woocommerce-customers': ['woocommerce/customers.csv'],
	'square-transactions': ['square/transactions.csv', 'square/transactions_new.csv'],
	'square-items': ['square/items.csv', 'square/items_old.csv'],
	'square-customers': ['square/customers.csv'],
	'stripe-payments': ['stripe/payments.csv', 'stripe/payments_new.csv'],
	'paypal-activity': ['paypal/activity.csv', 'paypal/activity_full.csv'],
	'paypal-statement': ['paypal/statement.csv'],
	'amazon-transactions': ['amazon/transactions.csv'],
	'adyen-settlement': ['adyen/settlement.csv', 'adyen/settlement_shoppers.csv'],
	'bigcommerce-orders': ['bigcommerce/orders.csv'],
	'magento-orders': ['magento/orders.csv', 'magento/orders_no_email.csv'],
	'magento-customers': ['magento/customers.csv'],
	'klaviyo-campaigns': ['klaviyo/campaigns.csv'],
	'klaviyo-profiles': ['klaviyo/profiles.csv'],
	'mailchimp-audience': [
		'mailchimp/subscribed_members.csv',
		'mailchimp/unsubscribed_members.csv',
		'mailchimp/cleaned_members.csv'
	],
	'hubspot-contacts': ['hubspot/contacts.csv', 'hubspot/contacts_new.csv'],
	'meta-ads': ['meta_ads/campaigns.csv'],
	'google-ads': ['google_ads/campaigns.csv'],
	'ga4-report': ['ga4/snapshot.csv', 'ga4/traffic.csv'],
	'online-retail': ['online_retail/orders.csv.gz', 'online_retail/orders_ii.csv'],
	hillstrom: ['hillstrom/email_test.csv']
};
