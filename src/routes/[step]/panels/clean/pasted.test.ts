import { expect, it } from 'vitest';
import { pasted } from './pasted.ts';

it('splits what comes from a sheet or a file into rows', () => {
	expect(pasted('USD\t0.92\r\nGBP\t1.17\r\n', 2)).toEqual([
		['USD', '0.92'],
		['GBP', '1.17']
	]);
	expect(pasted('NYC; New York City\n\nLA; Los Angeles', 2)).toEqual([
		['NYC', 'New York City'],
		['LA', 'Los Angeles']
	]);
	expect(pasted('a,b,c\nd', 2)).toEqual([
		['a', 'b'],
		['d', '']
	]);
});

it('leaves a single text to the field it is pasted into', () => {
	expect(pasted('New York, NY', 2)).toBeNull();
	expect(pasted('', 2)).toBeNull();
});
