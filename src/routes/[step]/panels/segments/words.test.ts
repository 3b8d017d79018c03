import { describe, expect, it } from 'vitest';
import {
	chosenWords,
	coloursOf,
	foundTitle,
	inMiddle,
	listTitle,
	mapWords,
	markOf,
	methodTitle,
	whyTitle
} from './words.ts';

describe('mapWords', () => {
	it('speaks of money only where there is some', () => {
		expect(Object.values(mapWords(true)).join(' ')).toMatch(/spend/);
		expect(Object.values(mapWords(false)).join(' ')).not.toMatch(/spend|money|revenue/);
		expect(mapWords(false).choice).toBe('Recency and orders');
	});
});

describe('whyTitle', () => {
	it('tells the recommended number from the one in use', () => {
		expect(whyTitle({ k: 4, reason: 'clearest' }, 4)).toBe('Why four');
		expect(whyTitle({ k: 4, reason: 'clearest' }, 7)).toBe(
			'Why four is recommended, and how your seven compare'
		);
	});
	it('is told near the title of the screen, too', () => {
		expect(chosenWords(6, 4)).toBe('6 chosen by you, 4 recommended');
		expect(chosenWords(4, 4)).toBeNull();
	});
	it('says that there are no groups, and what a method found', () => {
		expect(whyTitle({ k: 2, reason: 'no-groups' }, 2)).toBe('Why there are no natural groups here');
		expect(whyTitle({ k: 2, reason: 'nothing-holds' }, 2)).toBe('Why no number of segments holds');
		expect(foundTitle(PROFILES)).toBe('One group: the method found the number itself');
	});
});

const PROFILES = [
	{ cluster: 0, isNoise: false, customers: 80 },
	{ cluster: 1, isNoise: true, customers: 20 }
];

describe('people of no group', () => {
	it('have a ring, and are counted beside the segments', () => {
		expect(PROFILES.map(markOf)).toEqual([0, null]);
		expect([...coloursOf(Uint8Array.of(0, 1, 0), PROFILES)]).toEqual([0, 255, 0]);
		expect(listTitle(PROFILES, { count: String })).toBe('One segment, and 20 people of no clear group');
		expect(listTitle([PROFILES[0]!], { count: String }, true)).toBe('One slice');
	});
});

describe('methodTitle', () => {
	it('says whether the method in use is the advised one', () => {
		const [kmeans, tree] = [
			{ id: 'kmeans', label: 'k-means' },
			{ id: 'hierarchical', label: 'Nested groups' }
		];
		expect(methodTitle(kmeans, kmeans)).toBe('Found by k-means, which is what we would use here');
		expect(methodTitle(kmeans, tree)).toBe('Found by k-means; we would use nested groups here');
		expect(inMiddle('DBSCAN')).toBe('DBSCAN');
	});
});
