import { describe, expect, it } from 'vitest';
import { constantsOf, fieldsOf, firstFields, matchedCount, missingWords } from './mapper-fields.ts';

const orders = { kind: 'orders', mapping: { customer: 'Email', postcode: 'Zip' }, constants: {} } as const;
const people = { kind: 'customers', mapping: {}, constants: { email_consent: 'subscribed' } } as const;

describe('fieldsOf', () => {
	it('gives the fields of the kind, with what they are matched to', () => {
		const fields = fieldsOf(orders);
		expect(fields[0]).toMatchObject({ role: 'customer', column: 'Email', isMissing: false });
		expect(fields[1]).toMatchObject({ role: 'date', label: 'Order date', column: null, isMissing: true });
		expect(fields.some(({ role }) => role === 'recipients')).toBe(false);
		expect(matchedCount(orders)).toBe(2);
	});

	it('shows what is the same in every row as fixed', () => {
		const consent = fieldsOf(people).find(({ role }) => role === 'email_consent');
		expect(consent).toMatchObject({ column: null, constant: 'subscribed' });
	});

	it('has none for a report', () => {
		expect(fieldsOf({ ...people, kind: 'report' })).toEqual([]);
		expect(missingWords({ ...people, kind: 'report' })).toBeNull();
	});
});

describe('firstFields', () => {
	it('leaves out what is neither needed nor matched, and keeps the order', () => {
		const roles = firstFields(orders, new Set(['region'])).map(({ role }) => role);
		expect(roles.slice(0, 2)).toEqual(['customer', 'date']);
		expect(roles).toContain('postcode');
		expect(roles).toContain('region');
		expect(roles).not.toContain('coupon');
		expect(roles.indexOf('region')).toBeLessThan(roles.indexOf('postcode'));
	});
});

describe('missingWords', () => {
	it('asks for each thing that is missing', () => {
		expect(missingWords({ ...orders, mapping: {} })).toBe(
			'Which column is the customer, and which the order date?'
		);
		expect(missingWords(people)).toBe('Which column is the customer or email or phone or loyalty card?');
		expect(missingWords({ ...orders, mapping: { customer: 'a', date: 'b' } })).toBeNull();
	});
});

it('says what is fixed in any file of a layout', () => {
	expect(
		constantsOf([
			{ constants: { email_consent: 'subscribed', channel: 'email' } },
			{ constants: { email_consent: 'cleaned', channel: 'email' } }
		])
	).toEqual({ email_consent: 'subscribed or cleaned', channel: 'email' });
});
