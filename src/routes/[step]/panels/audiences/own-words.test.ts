import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { EVERYONE } from '#lib/pipeline/segment/rules/schema.ts';
import { aboutSegment, badgeOf, sharedWords } from './own-words.ts';

const format = createFormat('en', null);
const result = { id: 'g1', customers: 5, revenue: null, problem: null, notFound: 0 };
const list = { kind: 'list', id: 'g1', name: 'Staff', members: [], origin: 'staff.csv' } as const;

it('says what kind of segment it is', () => {
	const rule = { kind: 'rule', id: 'g1', name: 'Big', rule: EVERYONE, of: null } as const;
	expect([badgeOf(rule), aboutSegment(rule, result, format)]).toEqual([
		'Living',
		'A rule, asked anew with every file'
	]);
	expect(aboutSegment({ kind: 'sql', id: 'g1', name: 'Q', sql: 'SELECT 1' }, result, format)).toContain(
		'SQL'
	);
	const members: string[] = [];
	expect([badgeOf({ ...list, members }), aboutSegment({ ...list, members }, result, format)]).toEqual([
		'Static',
		'A list: staff.csv'
	]);
	expect(aboutSegment({ ...list, members, origin: '' }, { ...result, notFound: 1200 }, format)).toBe(
		'A list: pasted; 1,200 of the list are no customers'
	);
});

it('says who went where', () => {
	const nameOf = (ref: string) => ref.toUpperCase();
	const all = { segment: 'own:g1', customers: 9, assigned: 9, active: 3, givenTo: [] };
	expect(sharedWords(all, nameOf, format)).toBe('Everyone in it');
	const some = {
		...all,
		assigned: 2,
		givenTo: [
			{ segment: 'own:g2', customers: 4 },
			{ segment: 'own:g3', customers: 3 }
		]
	};
	expect(sharedWords(some, nameOf, format)).toBe('Of 9; 4 to OWN:G2, 3 to OWN:G3');
});
