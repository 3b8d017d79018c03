import { describe, expect, it } from 'vitest';
import type { AccountLink, LinkState, PersonAccount } from '#lib/pipeline/clean/identity/explain.ts';
import { linksHolding, linksLeft, peopleAfterCut, personGraph } from './person-graph.ts';

/** An account with links to keys such as `phone:1`; the fingerprint is account and key. */
function account(text: string, keys: Readonly<Record<string, LinkState>> = {}): PersonAccount {
	const [kind = '', ...rest] = text.split(':');
	return {
		account: text,
		kind: kind as PersonAccount['kind'],
		system: kind === 'id' ? 'shop' : null,
		name: rest.join(':'),
		recordCount: 1,
		sources: ['s1'],
		links: Object.entries(keys).map(([key, state]) => ({
			key,
			kind: key.split(':')[0] as AccountLink['kind'],
			value: key.split(':')[1] ?? '',
			state,
			fingerprint: `${text} ${key}`,
			recordCount: 1,
			sharedWith: state === 'joins' ? ['another'] : []
		}))
	};
}

/** Two ids that share an email and a phone; a newsletter knows the email alone, and a till the phone of the second. */
const SHOP = account('id:shop:1', { 'email:a': 'joins', 'phone:1': 'joins' });
const OTHER = account('id:shop:2', { 'email:a': 'joins', 'phone:1': 'joins', 'card:9': 'alone' });
const LETTER = account('email:a');
const ALL = [SHOP, OTHER, LETTER];

const namesOf = (people: readonly (readonly PersonAccount[])[]) =>
	people.map((person) => person.map((each) => each.account));

describe('personGraph', () => {
	it('draws the keys that several accounts have, and the account that is one itself', () => {
		const graph = personGraph(ALL, 10);
		expect(graph.keys.map(({ key }) => key)).toEqual(['phone:1', 'email:a']);
		expect(graph.edges).toEqual([
			{ from: 0, to: 0, state: 'joins' },
			{ from: 1, to: 0, state: 'joins' },
			{ from: 0, to: 1, state: 'joins' },
			{ from: 1, to: 1, state: 'joins' },
			{ from: 2, to: 1, state: 'own' }
		]);
	});

	it('draws so many accounts and no more, and shows a link that is cut', () => {
		const cut = account('id:shop:3', { 'phone:1': 'cut' });
		expect(personGraph([SHOP, cut, OTHER], 2)).toMatchObject({
			accounts: [SHOP, cut],
			keys: [{ key: 'phone:1' }],
			edges: [{ state: 'joins' }, { state: 'cut' }]
		});
	});
});

describe('a cut', () => {
	it('of one link leaves them together where another key joins them', () => {
		const cut = ['id:shop:1 email:a'];
		expect(namesOf(peopleAfterCut(ALL, cut))).toEqual([['id:shop:1', 'id:shop:2', 'email:a']]);
		expect(linksLeft(ALL, SHOP, cut).map(({ value }) => value)).toEqual(['1']);
	});

	it('of all links of an account makes it a person of its own', () => {
		expect(linksHolding(ALL, SHOP)).toEqual(['id:shop:1 email:a', 'id:shop:1 phone:1']);
		const people = peopleAfterCut(ALL, linksHolding(ALL, SHOP));
		expect(namesOf(people)).toEqual([['id:shop:2', 'email:a'], ['id:shop:1']]);
		expect(linksLeft(ALL, SHOP, linksHolding(ALL, SHOP))).toEqual([]);
	});

	it('of an account that is a key takes the links of the others to it', () => {
		expect(linksHolding(ALL, LETTER)).toEqual(['id:shop:1 email:a', 'id:shop:2 email:a']);
		expect(namesOf(peopleAfterCut(ALL, linksHolding(ALL, LETTER)))).toEqual([
			['id:shop:1', 'id:shop:2'],
			['email:a']
		]);
	});

	it('follows chains, and is not joined by links that are cut, shared or held back', () => {
		const chain = [
			account('id:shop:1', { 'email:a': 'joins' }),
			account('id:shop:2', { 'email:a': 'joins', 'phone:1': 'joins' }),
			account('id:shop:3', { 'phone:1': 'joins' })
		];
		expect(peopleAfterCut(chain, [])).toHaveLength(1);
		for (const state of ['cut', 'shared', 'held_back'] as const) {
			const apart = [...chain.slice(0, 2), account('id:shop:3', { 'phone:1': state })];
			expect(peopleAfterCut(apart, [])).toHaveLength(2);
		}
	});
});
