import { describe, expect, test } from 'vitest';
import { findWithheld, sensitiveKind } from './hygiene.ts';

/** What is found for one column with these cells, as `reason action`; null when it is kept. */
function finding(name: string, ...cells: string[]): string | null {
	const [found] = findWithheld(
		[{ name, index: 0 }],
		cells.map((cell) => [cell])
	);
	return found === undefined ? null : `${found.reason} ${found.action}`;
}

const CARDS = ['4111111111111111', '5555 5555 5555 4444', '378282246310005', '6011-1111-1111-1117'];
const IBANS = ['DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432', 'FR1420041010050500013M02606'];
const BCRYPT = '$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
const MAGENTO_HASH = 'b8c1a2f45f0e4d1cb8c1a2f45f0e4d1cb8c1a2f45f0e4d1cb8c1a2f45f0e4d1c:aB3dE5fG7h:1';
const LONG_HEX = '9f86d081884c7d659a2feaa0c55ad015';

describe('findWithheld, by name', () => {
	test.each([
		['password_hash', 'password dropped'],
		['Password', 'password dropped'],
		['userPassword', 'password dropped'],
		['Passwort', 'password dropped'],
		['Mot de passe', 'password dropped'],
		['Contraseña', 'password dropped'],
		['rp_token', 'token dropped'],
		['rp_token_created_at', 'token dropped'],
		['API Key', 'token dropped'],
		['apiKey', 'token dropped'],
		['session_token', 'token dropped'],
		['Card Fingerprint', 'token dropped'],
		['CVV', 'card_number dropped'],
		['Credit Card Number', 'card_number masked'],
		['CC_NUMBER', 'card_number masked'],
		['Kreditkartennummer', 'card_number masked'],
		['IBAN', 'bank_account masked'],
		['bank account number', 'bank_account masked'],
		['SSN', 'national_id dropped'],
		['Social Security Number', 'national_id dropped'],
		['Passport No', 'national_id dropped'],
		['Codice Fiscale', 'national_id dropped'],
		['OPTIN_IP', 'ip_address dropped'],
		['CONFIRM_IP', 'ip_address dropped'],
		['IP', 'ip_address dropped'],
		['Client IP Address', 'ip_address dropped'],
		['clientIp', 'ip_address dropped']
	])('withholds “%s”', (name, expected) => {
		expect(finding(name)).toBe(expected);
	});

	test('drops free text in which card numbers were typed', () => {
		const records = [['call her back'], ['paid with 5500 0000 0000 0004 ok']];
		const found = findWithheld([{ name: 'Order notes', index: 0 }], records);
		expect(found).toEqual([{ column: 'Order notes', reason: 'card_number', action: 'dropped' }]);
		expect(findWithheld([{ name: 'Order notes', index: 0 }], [['ref 1234567812345678']])).toEqual([]);
	});

	test.each([
		['Card Last4', '4242'],
		['Card Brand', 'Visa'],
		['PAN Suffix', '4242'],
		['Card ID', 'card_1Abc2DefGhijKlmn3Opq'],
		['Card CVC Status', 'pass'],
		['Gift card number', '8000 1234 5678 9012'],
		['Loyalty card number', '1234567890123'],
		['Shipping', '4.90'],
		['Zip', '10115'],
		['Recipient', 'Zoë'],
		['ip_country', 'DE'],
		['Tokens', '12'],
		['token', '12'],
		['Passenger', 'Zoë'],
		['Account number', '12345'],
		['Session ID', 'abc'],
		['Pan', 'integral']
	])('keeps “%s”', (name, cell) => {
		expect(finding(name, cell, cell)).toBeNull();
	});
});

describe('findWithheld, by what the cells hold', () => {
	test.each([
		['numbers of cards', CARDS, 'card_number masked'],
		['one card, written in groups', ['4111 1111 1111 1111'], 'card_number masked'],
		['accounts', IBANS, 'bank_account masked'],
		['hashes of passwords', [BCRYPT, BCRYPT], 'password dropped'],
		['hashes with salt', [MAGENTO_HASH], 'password dropped'],
		['signed tokens', ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc'], 'token dropped'],
		['keys of a service', ['sk_live_4eC39HqLyjWDarjtT1zdp7dc'], 'token dropped'],
		['IP addresses', ['192.168.0.17', '81.2.69.142', '2001:db8::8a2e:370:7334'], 'ip_address dropped']
	])('withholds %s under any name', (_, cells, expected) => {
		expect(finding('notes', ...cells, '')).toBe(expected);
	});

	test('needs half of the filled cells to be cards', () => {
		expect(finding('reference', '4111111111111111', '5555555555554444', 'a', 'b')).toBe('card_number masked');
		expect(finding('reference', '4111111111111111', '5555555555554444', 'a', 'b', 'c')).toBeNull();
	});

	test.each([
		['order numbers of 13 digits', Array.from({ length: 200 }, (_, i) => String(4_000_000_000_000 + 7 * i))],
		['order numbers of 16 digits', Array.from({ length: 200 }, (_, i) => `40000000000${20_000 + 7 * i}`)],
		['a single order number that passes the check', ['4111111111111111']],
		['article numbers', ['4006381333931', '4012345678901', '9783161484100']],
		['versions', ['1.2.3.4', '10.0.1.7', '2.14.3.1']],
		['amounts', ['1.234.567', '12.50', '1.250.000']],
		['times', ['12:30:05', '08:00:00']],
		['machine addresses', ['00:1a:2b:3c:4d:5e']],
		['phone numbers', ['+49 30 901820', '4915112345678']],
		['ids in hexadecimal', [LONG_HEX]]
	])('keeps %s', (_, cells) => {
		expect(finding('number', ...cells)).toBeNull();
	});

	test('names each column once, in file order', () => {
		const columns = ['email', 'password', 'pay'].map((name, index) => ({ name, index }));
		expect(
			findWithheld(columns, [
				['a@b.c', 'x', CARDS[0] ?? ''],
				['d@e.f', 'y', CARDS[1] ?? '']
			])
		).toEqual([
			{ column: 'password', reason: 'password', action: 'dropped' },
			{ column: 'pay', reason: 'card_number', action: 'masked' }
		]);
	});
});

describe('sensitiveKind', () => {
	test.each([
		['Health', 'health'],
		['Health condition', 'health'],
		['Allergies', 'health'],
		['Blutgruppe', 'health'],
		['État de santé', 'health'],
		['Religion', 'religion'],
		['Konfession', 'religion'],
		['Religione', 'religion'],
		['Geloofsovertuiging', 'religion'],
		['Ethnicity', 'ethnicity'],
		['Race', 'ethnicity'],
		['race_ethnicity', 'ethnicity'],
		['Origen étnico', 'ethnicity'],
		['Political party', 'political views'],
		['Opinion politique', 'political views'],
		['Parteizugehörigkeit', 'political views'],
		['Trade union member', 'union membership'],
		['Gewerkschaft', 'union membership'],
		['Sexual Orientation', 'sexual orientation'],
		['Orientamento sessuale', 'sexual orientation'],
		['Disability', 'disability'],
		['Schwerbehinderung', 'disability'],
		['Criminal record', 'criminal record'],
		['Casier judiciaire', 'criminal record'],
		['isPregnant', 'pregnancy'],
		['Schwangerschaft', 'pregnancy'],
		['Embarazada', 'pregnancy']
	])('marks “%s”', (name, kind) => {
		expect(sensitiveKind(name)).toBe(kind);
	});

	test.each([
		...[
			'healthy food',
			'Health food',
			'Health & Beauty',
			'Customer health score',
			'race results',
			'Race date'
		],
		...['Account disabled', 'Golf handicap', 'Due date', 'Politique de confidentialité', 'Privacy policy'],
		...[
			'Party size',
			'Credit union',
			'European Union',
			'Enceinte Bluetooth',
			'Ethnic food',
			'Gender',
			'Trace'
		],
		...['Treatment group', 'Ethnic cuisine', 'Denomination', 'Email', 'Herkunft', 'Notes', 'Grace period']
	])('leaves “%s” alone', (name) => {
		expect(sensitiveKind(name)).toBeNull();
	});
});
