import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { listsOf, type SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { PersonAccount } from '#lib/pipeline/clean/identity/explain.ts';
import { DEFAULT_IDENTITY, NO_JOINS } from '#lib/pipeline/clean/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { makeSource } from '../../../../../tests/support/raw-tables.ts';
import {
	accountTextWords,
	accountWords,
	countryOptions,
	cutWords,
	limitOf,
	linkWords,
	nobodyWords,
	peopleFinding,
	personWords,
	placeWords,
	proofTitle,
	sharedTitle,
	valueWords
} from './people-words.ts';

const format = createFormat('en-GB', 'GBP');
const fileNameOf = (source: string) => `${source}.csv`;
const orders = makeSource(['who', 'mail'], { customer: 'who', email: 'mail' });
const plain = makeSource(['who'], { customer: 'who' });

/** Each source as a list of its own. */
function listed(...sources: SourceParams[]): SourceList[] {
	return listsOf(sources.map((source, i) => ({ ...source, id: `s${i + 1}`, series: `s${i + 1}` })));
}

function account(text: string, system: string | null = null): PersonAccount {
	const [kind = '', ...rest] = text.split(':');
	const name = rest.at(-1) ?? '';
	return {
		account: text,
		kind: kind as PersonAccount['kind'],
		system,
		name,
		recordCount: 1,
		sources: [],
		links: []
	};
}

describe('peopleFinding', () => {
	const joined = { ...NO_JOINS, accounts: 102, people: 60, joinedPeople: 42, acrossSources: 42 };

	it('says how many people there are and how many are in several sources', () => {
		const five = listed(orders, orders, orders, orders, orders);
		const finding = peopleFinding({ rowsRead: 654, identity: joined }, five, DEFAULT_IDENTITY, format);
		expect(finding.title).toBe('654 rows, 5 sources, 60 people. 42 of them are in two sources or more.');
	});

	it('counts the exports of one list as one source', () => {
		const lists = listsOf([
			orders,
			{ ...orders, id: 's2', version: 2 },
			{ ...plain, id: 's3', series: 's3' }
		]);
		const finding = peopleFinding({ rowsRead: 9, identity: joined }, lists, DEFAULT_IDENTITY, format);
		expect(finding.title).toContain('9 rows, 2 sources, 60 people');
	});

	it('speaks of accounts where all is in one source', () => {
		const identity = { ...joined, joinedPeople: 1, acrossSources: 0 };
		const finding = peopleFinding({ rowsRead: 1200, identity }, listed(orders), DEFAULT_IDENTITY, format);
		expect(finding.title).toBe('1,200 rows, 60 people. 1 of them is joined from two accounts or more.');
	});

	it('says that people are in several sources by equal id, where no two accounts are joined', () => {
		const titleOf = (acrossSources: number, ...sources: (typeof orders)[]) =>
			peopleFinding(
				{ rowsRead: 9, identity: { ...NO_JOINS, acrossSources } },
				listed(...sources),
				DEFAULT_IDENTITY,
				format
			).title;
		expect(titleOf(30, orders, plain)).toBe('30 people are in both sources, by equal customer id.');
		expect(titleOf(1, orders, plain, plain)).toBe(
			'1 person is in two sources or more, by equal customer id.'
		);
	});

	it('says why nobody is joined, and what it takes', () => {
		const subOf = (identity: typeof NO_JOINS, sources: (typeof orders)[], params = DEFAULT_IDENTITY) => {
			const finding = peopleFinding({ rowsRead: 9, identity }, listed(...sources), params, format);
			expect(finding.title).toBe('Every customer id stands for itself.');
			return finding.sub;
		};
		expect(subOf(NO_JOINS, [plain])).toContain('add another file');
		expect(subOf(NO_JOINS, [plain, plain])).toContain('two files need an email, phone or card');
		const off = { ...DEFAULT_IDENTITY, keys: { ...DEFAULT_IDENTITY.keys, email: false } };
		expect(subOf(NO_JOINS, [orders, plain], off)).toContain(
			'a column for email, but people are not joined by it'
		);
		const values = { values: 3, joining: 0, shared: 0 };
		const keys = [
			{ key: 'email' as const, ...values },
			{ key: 'phone' as const, ...values }
		];
		expect(subOf({ ...NO_JOINS, keys }, [orders])).toBe('No two accounts have an email or phone in common.');
	});
});

describe('names', () => {
	it('of accounts are those people know', () => {
		expect(accountWords(account('id:shopify:72001', 'shopify'), fileNameOf)).toBe('Shopify 72001');
		expect(accountWords(account('id:own:17850', 'own'), fileNameOf)).toBe('Customer 17850');
		expect(accountWords(account('email:anna@x.com'), fileNameOf)).toBe('anna@x.com');
		expect(accountWords(account('card:A12'), fileNameOf)).toBe('Card A12');
		expect(accountWords(account('row:s3:17'), fileNameOf)).toBe('Row 17 of s3.csv');
	});

	it('of accounts that are only named read the same', () => {
		expect(accountTextWords('id:shopify:a:b', fileNameOf)).toBe('Shopify a:b');
		expect(accountTextWords('id:crm%3A100%25:7', fileNameOf)).toBe('Crm:100% 7');
		expect(accountTextWords('phone:+15550100', fileNameOf)).toBe('+15550100');
		expect(accountTextWords('row:s3:17', fileNameOf)).toBe('Row 17 of s3.csv');
		expect(accountTextWords('card:A12', fileNameOf)).toBe('Card A12');
	});

	it('of places and people have their counts', () => {
		const anna = { ...account('email:anna@x.com'), sources: ['s1', 's2', 's3', 's4'], recordCount: 1200 };
		expect(placeWords(anna, fileNameOf, format)).toBe('1,200 rows of s1.csv, s2.csv, s3.csv and 1 more');
		expect(placeWords({ sources: ['s1'], recordCount: 1 }, fileNameOf, format)).toBe('1 row of s1.csv');
		const lists = listed(orders, orders, orders, orders);
		expect(personWords([anna], lists, format)).toBe('1 account in 4 sources.');
		expect(personWords([anna, { ...anna, sources: ['s1'] }], lists, format)).toBe('2 accounts in 4 sources.');
		const [first, ...others] = lists.flatMap(({ sources }) => sources);
		const one = listsOf(others.map((source) => ({ ...source, series: 's1' })).concat(first ?? []));
		expect(personWords([anna], one, format)).toBe('1 account in 1 source.');
	});

	it('of nobody are told, as many as fit', () => {
		const till = { count: 1, examples: ['phone:+15550100'] };
		expect(nobodyWords(till, fileNameOf, format)).toBe('1 of them belongs to nobody: +15550100');
		const many = { count: 4, examples: ['phone:+15550100', 'card:A12'] };
		expect(nobodyWords(many, fileNameOf, format)).toBe(
			'4 of them belong to nobody: +15550100, Card A12 and 2 more'
		);
	});
});

describe('links', () => {
	const email = { kind: 'email' as const, value: 'anna@x.com', sharedWith: ['email:anna@x.com'] };

	it('say why they join, or why not', () => {
		expect(linkWords({ ...email, state: 'joins' })).toBe('Same email anna@x.com');
		expect(linkWords({ ...email, state: 'alone', sharedWith: [] })).toBe(
			'Email anna@x.com, which no other account has'
		);
		expect(linkWords({ ...email, state: 'shared' })).toBe('Email anna@x.com joins nobody: too many have it');
		expect(linkWords({ ...email, state: 'cut' })).toBe('Email anna@x.com: cut by you');
		expect(linkWords({ ...email, state: 'held_back' })).toContain('the group would be too large');
		expect(valueWords({ kind: 'name_postcode', value: 'anna smith|1010' })).toBe(
			'anna smith, 1010, name with postcode'
		);
	});

	it('say what a cut does', () => {
		const [a, b, c] = [account('email:a'), account('email:b'), account('email:c')];
		const nameOf = ({ name }: PersonAccount) => name;
		expect(cutWords([[a, b]], [{ kind: 'phone', value: '+1555' }], nameOf)).toBe(
			'They stay joined by phone +1555.'
		);
		expect(cutWords([[a, b]], [], nameOf)).toBe('They stay one person.');
		expect(cutWords([[a, b], [c]], [], nameOf)).toBe('c will be a person of its own.');
		expect(cutWords([[a], [b], [c]], [], nameOf)).toBe('They will be 3 people.');
	});
});

describe('proofTitle', () => {
	it('is calm where the sums are equal, and gives both where they are not', () => {
		const equal = { ...NO_JOINS, revenueByAccount: 1234.5, revenueByPerson: 1234.500001 };
		expect(proofTitle(equal, format)).toEqual({
			title: 'Nothing is lost: by account or by person, it is £1,234.50',
			isEqual: true
		});
		expect(proofTitle({ ...equal, revenueByPerson: 1000 }, format)).toEqual({
			title: '£1,234.50 by account, and £1,000.00 by person',
			isEqual: false
		});
		expect(proofTitle({ ...NO_JOINS, accounts: 9, people: 5 }, format).title).toBe('9 accounts are 5 people');
	});
});

describe('settings', () => {
	it('take whole numbers from the least up', () => {
		expect(limitOf('6', 1)).toEqual({ value: 6 });
		for (const text of ['', '0', '1.5', 'six']) {
			expect(limitOf(text, 1)).toEqual({ error: `Found “${text}”, needed a whole number from 1 up.` });
		}
	});

	it('name countries in the language of the page, in its order', () => {
		expect(countryOptions(['US', 'AT', 'DE'], 'de').map(({ label }) => label)).toEqual([
			'Deutschland',
			'Österreich',
			'Vereinigte Staaten'
		]);
	});

	it('say what joins nobody', () => {
		expect(sharedTitle(1, 0, format)).toBe('1 key joins nobody, because too many have it');
		expect(sharedTitle(2, 3, format)).toBe('2 keys join nobody, because too many have them');
		expect(sharedTitle(0, 1, format)).toBe('1 group is too large for one person');
		expect(sharedTitle(0, 0, format)).toBe('Keys that too many have are used, as you said');
	});
});
