import { expect, it } from 'vitest';
import { monthEnds } from './segment-trends.svelte.ts';

it('finds the ends of the last months, that of today included', () => {
	expect(monthEnds('2011-09-01', 3)).toEqual(['2011-07-01', '2011-08-01', '2011-09-01']);
	expect(monthEnds('2012-02-29', 3)).toEqual(['2011-12-01', '2012-01-01', '2012-02-01']);
});
