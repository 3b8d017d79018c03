import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '#lib/core/random.ts';
import { groupLabels, type LabelGroup } from './group-labels.ts';
import type { Spelling } from './label-classes.ts';

const rest = () => Promise.resolve();

/** Texts with their rows; one row where none are given. */
function spelt(texts: readonly (string | readonly [string, number])[]): Spelling[] {
	return texts.map((each) =>
		typeof each === 'string' ? { text: each, count: 1 } : { text: each[0], count: each[1] }
	);
}

const group = (...texts: (string | readonly [string, number])[]) => groupLabels(spelt(texts), rest);
const sets = (groups: readonly LabelGroup[]) =>
	groups.map(({ members }) => members.map(({ text }) => text).sort());

describe('spellings of one label', () => {
	it('are one group: ten variants of a city among other cities', async () => {
		const variants = [
			...['New York City', 'new york city', 'NEW YORK CITY', 'New  York City', 'NYC', 'N.Y.C.'],
			...['New York, City', 'City of New York', 'New York Cty', 'Nwe York City', 'NewYork City']
		];
		const others = ['York', 'New Haven', 'Newark', 'Kansas City', 'New York Mills', 'Boston'];
		const groups = await group(
			...variants,
			['New York City', 40],
			...others.map((text) => [text, 12] as const)
		);
		expect(sets(groups)).toEqual([[...variants].sort()]);
		expect(groups[0]).toMatchObject({ label: 'New York City', confidence: 'possible', rows: 51 });
		const via = Object.fromEntries((groups[0]?.members ?? []).map((member) => [member.text, member.via]));
		expect(via).toMatchObject({
			...{ 'New York, City': 'words', 'N.Y.C.': 'abbreviation', 'City of New York': 'abbreviation' },
			...{ 'NewYork City': 'pairs', 'New York Cty': 'letters', 'Nwe York City': 'letters' }
		});
	});

	it('are sure where only case, accents, marks and the order of words differ', async () => {
		const [found] = await group(['Zürich', 5], 'zurich', 'ZÜRICH ', ['Saint-Étienne', 2], 'saint etienne');
		expect(found).toMatchObject({ label: 'Zürich', confidence: 'sure', rows: 7 });
		expect(sets(await group('Smith, John', 'John Smith'))).toEqual([['John Smith', 'Smith, John']]);
	});

	it('are likely where one is short for the other', async () => {
		const groups = await group(
			['Acme Limited', 3],
			'Acme Ltd.',
			['St. Louis', 4],
			'Saint Louis',
			'UK',
			'United Kingdom'
		);
		expect(groups.map(({ confidence }) => confidence)).toEqual(['likely', 'likely', 'likely']);
		expect(sets(await group('World Health Organization', 'WHO', 'who cares'))).toEqual([
			['WHO', 'World Health Organization']
		]);
	});

	it('by initials only where one label has them', async () => {
		expect(await group('Blue Cotton Towel', 'Big Copper Tub', 'BCT')).toEqual([]);
		expect(await group('Blue Cotton Towel', 'bct')).toEqual([]);
	});

	it('the label is the most frequent spelling, of equals the one most like a name', async () => {
		const labels = async (...texts: Parameters<typeof group>) =>
			(await group(...texts)).map(({ label }) => label);
		expect(await labels(['vienna', 3], ['Vienna', 2], ['VIENNA', 1])).toEqual(['vienna']);
		expect(await labels('vienna', 'VIENNA', 'Vienna')).toEqual(['Vienna']);
		expect(await labels(['Vienna', 2], ['Viena', 1], ['Vieenna', 1])).toEqual(['Vienna']);
	});
});

describe('labels that are two', () => {
	it('stay apart', async () => {
		const pairs = [
			...[
				['Store 12', 'Store 13'],
				['Size 40', 'Size 41'],
				['Version 1.5', 'Version 15'],
				['Route 66', 'Route 666']
			],
			...[
				['A+', 'A-'],
				['A', 'A-'],
				['C#', 'C++'],
				['<18', '>18'],
				['Plan A', 'Plan B'],
				['Type II', 'Type III']
			],
			...[
				['Austria', 'Australia'],
				['Iran', 'Iraq'],
				['Niger', 'Nigeria'],
				['Gambia', 'Zambia']
			],
			...[
				['subscribed', 'unsubscribed'],
				['Mens shirt blue', 'Womens shirt blue'],
				['North region', 'South region']
			],
			...[
				['Baden', 'Bayern'],
				['Enterprise', 'Enterprise EU'],
				['New York', 'Newark'],
				['12', '13'],
				['-', '.']
			],
			...[
				['Dominica', 'Dominican Republic'],
				['Slovakia', 'Slovenia'],
				['North Carolina', 'South Carolina']
			]
		] as const;
		for (const [a, b] of pairs) expect(sets(await group([a, 30], [b, 1])), `${a}, ${b}`).toEqual([]);
	});

	it('are those that are both frequent, and words of other labels', async () => {
		expect(await group(['Marvin', 40], ['Martin', 60])).toEqual([]);
		expect(await group(['Martin', 60], ['Marten', 2])).toHaveLength(1);
		const bags = ['red bag', 'red hat', 'red mug', 'bed bag', 'bed hat', 'bed mug'];
		expect(await group(...bags)).toEqual([]);
	});

	it('are not led to each other by a chain of small steps', async () => {
		const groups = await group(['Berlin', 90], ['Berlim', 3], ['Bernim', 2], ['Bernin', 80]);
		expect(sets(groups)).toEqual([
			['Berlim', 'Berlin'],
			['Bernim', 'Bernin']
		]);
	});
});

const label = fc.oneof(
	fc.constantFrom(
		'New York',
		'new york',
		'Nwe York',
		'NY 12',
		'NY 13',
		'Vienna',
		'Viena',
		'Wien',
		'A+',
		'A-',
		'NYC'
	),
	fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '.', '1', '2', 'é'), maxLength: 12 }),
	fc.string({ unit: 'grapheme', maxLength: 10 })
);
const numbers = (text: string) => (text.match(/\p{N}+/gu) ?? []).sort().join(' ');

describe('groups of any texts', () => {
	it('are the same in whatever order the texts come', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.tuple(label, fc.integer({ min: 1, max: 40 })), { selector: ([t]) => t }),
				async (texts) => {
					const shuffled = seeded(texts.length);
					const other = texts
						.map((each) => ({ each, at: shuffled() }))
						.sort((a, b) => a.at - b.at)
						.map(({ each }) => each);
					expect(await group(...other)).toEqual(await group(...texts));
				}
			),
			{ seed: 11, numRuns: 150 }
		);
	});

	it('hold each text once at most, join no different numbers, and count every row', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(label, { maxLength: 40 }), async (texts) => {
				const groups = await group(...new Set(texts));
				const members = groups.flatMap((each) => each.members.map(({ text }) => text));
				expect(new Set(members).size).toBe(members.length);
				for (const { members: of, rows } of groups) {
					expect(new Set(of.map(({ text }) => numbers(text))).size).toBe(1);
					expect(of.reduce((sum, { count }) => sum + count, 0)).toBe(rows);
				}
			}),
			{ seed: 12, numRuns: 150 }
		);
	});
});
