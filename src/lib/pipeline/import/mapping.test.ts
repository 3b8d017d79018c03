import { describe, expect, test } from 'vitest';
import { applyMappingOption, requireRoles, type MappedSource } from './mapping.ts';
import type { SourceParams } from './schema.ts';

describe('applyMappingOption', () => {
	const source: MappedSource & Pick<SourceParams, 'reading'> = {
		fileName: 'orders.csv',
		kind: 'orders',
		columns: ['CustomerID', 'Invoice Date', 'Booked, at', 'Total', 'Paid'],
		mapping: { date: 'Invoice Date', order_total: 'Total' },
		constants: {},
		reading: { dateOrder: 'ymd', decimalMark: ',', orderFieldsOnFirstRow: false, isUtc: false }
	};

	test('lays roles over the proposal, with loose column names', () => {
		expect(applyMappingOption(source, 'customer=customer id, date = Invoice Date').mapping).toEqual({
			customer: 'CustomerID',
			date: 'Invoice Date',
			order_total: 'Total'
		});
	});

	test('takes roles with - and column names with commas', () => {
		const { mapping } = applyMappingOption(source, 'order-total=Paid,date=Booked, at');
		expect(mapping).toEqual({ date: 'Booked, at', order_total: 'Paid' });
	});

	test('keeps one kind of money and one role a column', () => {
		expect(applyMappingOption(source, 'amount=Paid').mapping).toEqual({
			date: 'Invoice Date',
			amount: 'Paid'
		});
		expect(applyMappingOption(source, 'customer=Total').mapping).toEqual({
			date: 'Invoice Date',
			customer: 'Total'
		});
	});

	test('takes a role away', () => {
		expect(applyMappingOption(source, 'order_total=').mapping).toEqual({ date: 'Invoice Date' });
	});

	test('forgets the date order of another column and keeps the decimal mark', () => {
		expect(applyMappingOption(source, 'customer=Paid').reading.dateOrder).toBe('ymd');
		expect(applyMappingOption(source, 'date=Booked, at').reading.dateOrder).toBeNull();
		expect(applyMappingOption(source, 'date=').reading.dateOrder).toBe('ymd');
		expect(applyMappingOption(source, 'amount=Paid').reading.decimalMark).toBe(',');
		const people = { ...source, kind: 'customers' } as const;
		expect(applyMappingOption(people, 'birth_date=Booked, at').reading.dateOrder).toBeNull();
	});

	test('names what is unknown', () => {
		expect(() => applyMappingOption(source, 'buyer=CustomerID')).toThrow('import.role-unknown');
		expect(() => applyMappingOption(source, 'customer=Client')).toThrow('import.column-missing');
		try {
			applyMappingOption(source, 'customer=Client');
		} catch (error) {
			expect(error).toMatchObject({
				details: { role: 'customer', wanted: 'Client', columns: source.columns }
			});
		}
	});

	test('knows the roles of the kind of file alone', () => {
		expect(() => applyMappingOption(source, 'opens=Paid')).toThrow('import.role-unknown');
		const campaigns = { ...source, kind: 'campaigns', mapping: {} } as const;
		expect(applyMappingOption(campaigns, 'opens=Paid').mapping).toEqual({ opens: 'Paid' });
		expect(() => applyMappingOption(campaigns, 'customer=CustomerID')).toThrow('"campaign"');
	});
});

describe('requireRoles', () => {
	const source = { fileName: 'a.csv', columns: ['a', 'b'], constants: {} };

	test.each([
		['orders', {}, 'customer'],
		['orders', { customer: 'a' }, 'date'],
		['orders', { customer: 'a', date: 'b' }, null],
		['customers', { name: 'a' }, 'customer'],
		['customers', { phone: 'a' }, null],
		['sends', { email: 'a' }, 'date'],
		['campaigns', { spend: 'a' }, 'campaign'],
		['survey', { email: 'a' }, 'answer'],
		['survey', { email: 'a', score: 'b' }, null],
		['report', {}, null]
	] as const)('%s with %j lacks %s', (kind, mapping, role) => {
		const require = () => requireRoles({ ...source, kind, mapping });
		if (role === null) expect(require).not.toThrow();
		else expect(require).toThrow(`"role":"${role}"`);
	});

	test('a text that every row has is enough', () => {
		const campaigns = {
			...source,
			kind: 'campaigns',
			mapping: {},
			constants: { campaign: 'Spring' }
		} as const;
		expect(() => requireRoles(campaigns)).not.toThrow();
	});
});
