import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { PersonAccount } from '#lib/pipeline/clean/identity/explain.ts';
import type { Person } from '#lib/pipeline/clean/person.ts';
import { accountFacts, accountsTitle, personFacts } from './person-words.ts';

const format = createFormat('en-GB', 'GBP');
const NOBODY: Person = {
	email: null,
	phone: null,
	city: null,
	homeStore: null,
	homeChannel: null,
	homeRegion: null,
	regionSource: null,
	emailConsent: null,
	smsConsent: null,
	consentedOn: null
};

describe('personFacts', () => {
	const facts = (known: Partial<Person>) => personFacts({ ...NOBODY, ...known }, ['anna@x.org'], format);

	it('leave out what nobody knows, and the email that is shown already', () => {
		expect(facts({})).toEqual([]);
		expect(facts({ email: 'Anna@x.org', city: 'Wien', homeRegion: 'Wien' })).toEqual([
			{ term: 'Region', text: 'Wien' }
		]);
	});

	it('say where the region comes from, and since when there is a consent', () => {
		const found = facts({
			homeRegion: 'Ost',
			regionSource: 'postcode',
			homeStore: 'Ring',
			emailConsent: 'pending',
			smsConsent: 'cleaned',
			consentedOn: '2024-02-01'
		});
		expect(found).toEqual([
			{ term: 'Region', text: 'Ost', note: 'from the postcode' },
			{ term: 'Home store', text: 'Ring' },
			{ term: 'Email consent', text: 'Not confirmed yet', note: 'since 1 Feb 2024' },
			{ term: 'SMS consent', text: 'Cannot be reached' }
		]);
	});
});

describe('accounts', () => {
	const account = (name: string, ...sources: string[]): PersonAccount => ({
		account: `id:shopify:${name}`,
		kind: 'id',
		system: 'shopify',
		name,
		recordCount: 1,
		sources,
		links: []
	});

	it('stand with the files they are in, each once', () => {
		const fileNameOf = (source: string) => (source === 's3' ? 'people.csv' : 'orders.csv');
		expect(accountFacts([account('7', 's1', 's2', 's3')], fileNameOf)).toEqual([
			{ account: 'id:shopify:7', text: 'Shopify 7', files: 'orders.csv, people.csv' }
		]);
	});

	it('are counted in words', () => {
		expect(accountsTitle([account('7', 's1')], format)).toBe('One account, in one file');
		expect(accountsTitle([account('7', 's1'), account('8', 's1', 's2')], format)).toBe(
			'2 accounts, in 2 files'
		);
	});
});
