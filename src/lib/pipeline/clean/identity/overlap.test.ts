import { beforeEach, describe, expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { findNobody, meetingsOfLists, overlapsOf, sourceMeetings } from './overlap.ts';

describeEngines('where sources meet', (engine) => {
	/** Accounts of a person (null: of nobody) in sources. */
	const ACCOUNTS = [
		['id:shop:1', 'Anna', ['s1', 's2']],
		['email:anna@x.com', 'Anna', ['s3']],
		['id:shop:2', 'Ben', ['s1']],
		['email:ben@x.com', 'Ben', ['s3']],
		['email:ben@y.com', 'Ben', ['s3']],
		['id:shop:3', 'Cleo', ['s1']],
		['id:shop:4', 'Dan', ['s1']],
		['phone:+1555', null, ['s1', 's2']]
	] as const;

	beforeEach(async () => {
		await engine().insert('clean', 'accounts', {
			account: ACCOUNTS.map(([account]) => account),
			customer_id: ACCOUNTS.map(([, person]) => person)
		});
		const places = ACCOUNTS.flatMap(([account, , sources]) => sources.map((source) => ({ account, source })));
		await engine().insert('clean', 'account_sources', {
			account: places.map(({ account }) => account),
			source: places.map(({ source }) => source)
		});
	});

	it('counts everybody once, at the set of sources they are in', async () => {
		const meetings = await sourceMeetings(engine(), ['s1', 's2', 's3', 's4']);
		expect(meetings).toEqual([
			{ sources: ['s1'], people: 2 },
			{ sources: ['s1', 's3'], people: 1 },
			{ sources: ['s1', 's2', 's3'], people: 1 }
		]);
		expect(meetings.reduce((sum, { people }) => sum + people, 0)).toBe(4);
	});

	it('tells apart more sources than fit into one number', async () => {
		const many = Array.from({ length: 70 }, (_, i) => `s${i + 1}`);
		await engine().insert('clean', 'accounts', {
			account: many,
			customer_id: many.map((_, i) => (i < 40 ? 'one' : 'two'))
		});
		await engine().insert('clean', 'account_sources', { account: many, source: many });
		expect(await sourceMeetings(engine(), many)).toEqual([
			{ sources: many.slice(40), people: 1 },
			{ sources: many.slice(0, 40), people: 1 }
		]);
	});

	it('counts accounts of nobody apart, and nothing where there is no source', async () => {
		expect(await findNobody(engine())).toEqual({ count: 1, examples: ['phone:+1555'] });
		expect(await sourceMeetings(engine(), [])).toEqual([]);
	});
});

describe('meetingsOfLists', () => {
	it('counts the files of one list as one', () => {
		const meetings = [
			{ sources: ['s1'], people: 5 },
			{ sources: ['s1', 's2'], people: 3 },
			{ sources: ['s2', 's3'], people: 9 }
		];
		const listOf = new Map([
			['s1', 's1'],
			['s2', 's1']
		]);
		expect(meetingsOfLists(meetings, listOf)).toEqual([
			{ sources: ['s1', 's3'], people: 9 },
			{ sources: ['s1'], people: 8 }
		]);
	});
});

describe('overlapsOf', () => {
	it('adds up whom each source has, alone and with each other one', () => {
		const meetings = [
			{ sources: ['s1'], people: 5 },
			{ sources: ['s1', 's2'], people: 3 },
			{ sources: ['s1', 's2', 's3'], people: 2 }
		];
		expect(overlapsOf(meetings, ['s1', 's2', 's3'])).toEqual([
			{
				source: 's1',
				people: 10,
				only: 5,
				shared: new Map([
					['s2', 5],
					['s3', 2]
				])
			},
			{
				source: 's2',
				people: 5,
				only: 0,
				shared: new Map([
					['s1', 5],
					['s3', 2]
				])
			},
			{
				source: 's3',
				people: 2,
				only: 0,
				shared: new Map([
					['s1', 2],
					['s2', 2]
				])
			}
		]);
	});
});
