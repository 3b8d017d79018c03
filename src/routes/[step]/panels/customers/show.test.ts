import { expect, it } from 'vitest';
import { selectionShown, showOptions, shownOf } from './show.ts';

const queries = [
	{ name: 'big', title: 'Big spenders' },
	{ name: 'biggest', title: 'Biggest order' }
];
const lists = new Map([['big', Int32Array.of(0, 2, 5)]]);

it('offers everyone and the saved segments that gave a result', () => {
	expect(showOptions(queries, lists, null, null)).toEqual([
		{ value: 'everyone', label: 'Everyone', count: null },
		{ value: 'saved:big', label: 'Big spenders', count: 3 }
	]);
	expect(selectionShown('saved:big')).toEqual({ kind: 'saved', name: 'big' });
	expect(selectionShown('everyone')).toBeNull();
	expect(shownOf({ kind: 'saved', name: 'big' })).toBe('saved:big');
});

it('offers those picked on another screen, and a saved segment once', () => {
	const cell = { kind: 'cell', r: 5, f: 5 } as const;
	expect(showOptions([], lists, { count: 7 }, cell)).toEqual([
		{ value: 'everyone', label: 'Everyone', count: null },
		{ value: 'picked', label: 'Only those picked', count: 7 }
	]);
	expect(shownOf(cell)).toBe('picked');
	const saved = { kind: 'saved', name: 'big' } as const;
	expect(showOptions(queries, lists, { count: 3 }, saved)).toHaveLength(2);
});
