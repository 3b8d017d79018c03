import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fingerprint, normalizedName } from '#lib/pipeline/import/columns.ts';
import { inspectFile, type Inspection } from '#lib/pipeline/import/inspect.ts';
import { detectPlatform, PLATFORMS, type NamedColumn } from '#lib/pipeline/import/platforms/index.ts';
import type { ColumnName, PlatformPreset } from '#lib/pipeline/import/platforms/platform.ts';
import { missingRoles, rolesOf } from '#lib/pipeline/import/roles.ts';
import { PLATFORM_FIXTURES } from '../support/platform-fixtures.ts';

/** Files of no platform: they go to the mapper. */
const FOREIGN = ['cdnow/master.txt', 'cdnow/sample.txt', 'malformed/bom.csv', 'malformed/semicolon.csv'];

/** Words that are the same in German, or close enough to be taken for the English ones. */
const COGNATES = ['name', 'status', 'region', 'id', 'type', 'land', 'tags', 'fax', 'email', 'cc'];

const inspections = new Map<string, Promise<Inspection>>();

function inspect(path: string): Promise<Inspection> {
	const known = inspections.get(path) ?? readFixture(path);
	inspections.set(path, known);
	return known;
}

async function readFixture(path: string): Promise<Inspection> {
	const bytes = await readFile(new URL(`../fixtures/${path}`, import.meta.url));
	return inspectFile({ name: path, blob: new Blob([bytes]) });
}

function named(names: readonly string[]): NamedColumn[] {
	return names.map((name) => ({ name, filled: 1 }));
}

function isNamed(column: NamedColumn, name: ColumnName): boolean {
	return name instanceof RegExp
		? name.test(column.name)
		: normalizedName(name) === normalizedName(column.name);
}

function isOneOf(column: NamedColumn, names: readonly ColumnName[]): boolean {
	return names.some((name) => isNamed(column, name));
}

/** The header as a German site would write it. */
function translated(columns: readonly NamedColumn[]): NamedColumn[] {
	return columns.map(({ name, filled }, i) => ({
		name: COGNATES.includes(name.toLowerCase()) ? name : `Spalte Nr. ${i + 1}`,
		filled
	}));
}

function warns(preset: PlatformPreset): boolean {
	return preset.isWarning === true && (preset.note ?? '') !== '';
}

test('every preset has a fixture, and ids are unique', () => {
	expect(PLATFORMS.map(({ id }) => id).sort()).toEqual(Object.keys(PLATFORM_FIXTURES).sort());
});

describe.each(PLATFORMS)('$id', (preset) => {
	const paths = PLATFORM_FIXTURES[preset.id] ?? [];

	test('speaks of roles that its kind of file has, in plain sentences', () => {
		const roles = [...Object.keys(preset.mapping), ...Object.keys(constantsOf(preset))];
		expect(rolesOf(preset.kind)).toEqual(expect.arrayContaining(roles));
		for (const note of [preset.note, preset.noteIfIncomplete]) expect(note ?? 'A.').toMatch(/^[A-Z][^!]*\.$/);
		if (preset.isWarning) expect(preset.note).toBeDefined();
	});

	test.each(paths)('recognises %s and gives its roles', async (path) => {
		const { columns, source } = await inspect(path);
		const found = detectPlatform(columns, path);
		expect(found?.preset.id).toBe(preset.id);
		expect(source).toMatchObject({ platform: preset.id, kind: preset.kind, mapping: found?.mapping });
		const mapped = Object.values(source.mapping);
		expect(source.columns).toEqual(expect.arrayContaining(mapped));
		expect(new Set(mapped).size).toBe(mapped.length);
		expect(Object.keys(source.mapping).filter((role) => role in source.constants)).toEqual([]);
		if (found && missingRoles(preset.kind, found.mapping).length > 0) expect(warns(found.preset)).toBe(true);
		const { amount, order_total: orderTotal, unit_price: unitPrice } = source.mapping;
		const money = [amount, orderTotal, unitPrice].filter((column) => column !== undefined);
		expect(money).toHaveLength(preset.kind === 'orders' ? 1 : 0);
	});

	test.each(paths)('recognises %s with its columns in another order and letter case', async (path) => {
		const { columns } = await inspect(path);
		const mapping = detectPlatform(columns, path)?.mapping ?? {};
		const shuffled = [...columns.slice(3), ...columns.slice(0, 3)].reverse();
		expect(detectPlatform(shuffled, path)?.mapping).toEqual(mapping);
		const shouted = shuffled.map(({ name, filled }) => ({ name: name.toUpperCase(), filled }));
		const shoutedMapping = Object.entries(mapping).map(([role, column]) => [role, column.toUpperCase()]);
		expect(detectPlatform(shouted, path)?.mapping).toEqual(Object.fromEntries(shoutedMapping));
		expect(fingerprint(shouted.map(({ name }) => name))).toBe(fingerprint(columns.map(({ name }) => name)));
	});

	test.each(paths)('recognises %s cut down to what it requires and one more column', async (path) => {
		const { columns } = await inspect(path);
		const required = columns.filter((column) => isOneOf(column, preset.requires));
		for (const column of columns.filter((each) => isOneOf(each, preset.distinctive))) {
			expect(detectPlatform([...required, column], path)?.preset.id).toBe(preset.id);
		}
	});

	test.each(paths)(
		'leaves %s to the mapper without what is distinctive, or required, or translated',
		async (path) => {
			const { columns } = await inspect(path);
			const plain = columns.filter((column) => !isOneOf(column, preset.distinctive));
			expect(detectPlatform(plain, path)).toBeNull();
			for (const name of preset.requires) {
				const cut = columns.filter((column) => !isNamed(column, name));
				expect(detectPlatform(cut, path)).toBeNull();
			}
			expect(detectPlatform(translated(columns), path)).toBeNull();
		}
	);

	test('does not recognise the columns it requires alone', () => {
		const names = preset.requires.filter((name) => typeof name === 'string');
		const columns = named(names).filter((column) => !isOneOf(column, preset.distinctive));
		expect(detectPlatform(columns, 'export.csv')).toBeNull();
	});
});

function constantsOf(preset: PlatformPreset) {
	return preset.constants?.({ fileName: 'subscribed.csv', columns: ['Amount spent (EUR)'] }) ?? {};
}

test.each(FOREIGN)('no preset takes %s', async (path) => {
	const { source } = await inspect(path);
	expect(source.platform).toBeNull();
});

test('contacts of another system with a record id go to the mapper', () => {
	const zoho = [
		'Record Id',
		'Contact Owner.id',
		'Contact Owner',
		'First Name',
		'Last Name',
		'Email',
		'Lead Status'
	];
	expect(detectPlatform(named(zoho), 'Contacts.csv')).toBeNull();
});

test.each(['User ID', 'Transaction ID', 'user_pseudo_id', 'Effective user ID', 'Email'])(
	'analytics by %s is no report',
	(column) => {
		const columns = named([column, 'Sessions', 'Engaged sessions', 'Active users']);
		expect(detectPlatform(columns, 'download.csv')).toBeNull();
		expect(detectPlatform(columns.slice(1), 'download.csv')?.preset.id).toBe('ga4-report');
	}
);

test('a header that two platforms know equally well goes to the mapper', () => {
	const contacts = ['Record ID', 'Email', 'Lifecycle Stage'];
	const ads = ['Campaign', 'Cost', 'Impr.'];
	expect(detectPlatform(named([...contacts, ...ads]), 'joined.csv')).toBeNull();
	expect(detectPlatform(named([...contacts, ...ads, 'Avg. CPC']), 'joined.csv')?.preset.id).toBe(
		'google-ads'
	);
});

describe('the state of consent of a Mailchimp file', () => {
	const members = ['Email Address', 'First Name', 'LEID', 'EUID'];
	test.each([
		['subscribed_members_export_1a2b.csv', 'subscribed'],
		['unsubscribed_segment_export_8893f9.csv', 'unsubscribed'],
		['audience.zip/cleaned_members_export.csv', 'cleaned'],
		['nonsubscribed_members.csv', 'nonsubscribed'],
		['Non-subscribed.csv', 'nonsubscribed'],
		['un-subscribed.csv', 'unsubscribed'],
		['not subscribed.csv', 'nonsubscribed'],
		['made_subscribed_members.csv', 'subscribed'],
		['subscribed/unsubscribed.csv', 'unsubscribed'],
		['subscribed_and_unsubscribed.csv', undefined],
		['resubscribed.csv', undefined],
		['members.csv', undefined]
	])('%s', (fileName, consent) => {
		expect(detectPlatform(named(members), fileName)?.constants.email_consent).toBe(consent);
	});

	test('columns of people who left say more than the name', () => {
		const left = named([...members, 'UNSUB_TIME']);
		expect(detectPlatform(left, 'subscribed.csv')?.constants).toEqual({ email_consent: 'unsubscribed' });
		const bounced = named([...members, 'CLEAN_TIME']);
		expect(detectPlatform(bounced, 'export.csv')?.constants).toEqual({ email_consent: 'cleaned' });
	});
});

describe('what only the header says', () => {
	test('the currency of ads', () => {
		const columns = named(['Campaign name', 'Amount spent (gbp)', 'Reach']);
		expect(detectPlatform(columns, 'ads.csv')?.constants).toEqual({ channel: 'Meta ads', currency: 'GBP' });
	});

	test.each([
		['stripe/payments.csv', ['Customer ID', 'Customer Email']],
		['square/items.csv', ['Customer ID', 'Customer Reference ID']],
		['magento/orders.csv', ['Customer Email']]
	])('%s without %s warns that nobody is named', async (path, people) => {
		const { columns } = await inspect(path);
		const whole = detectPlatform(columns, path);
		expect(whole?.preset.isWarning).toBeUndefined();
		const cut = detectPlatform(
			columns.filter(({ name }) => !people.includes(name)),
			path
		);
		expect(cut?.preset).toMatchObject({ id: whole?.preset.id, isWarning: true });
		expect(cut?.preset.note).toBe(whole?.preset.noteIfIncomplete);
		expect(missingRoles('orders', cut?.mapping ?? {})).toEqual([['customer']]);
	});
});
