import { describe, expect, it } from 'vitest';
import { densityShade } from './density.ts';

describe('densityShade', () => {
	it.each([
		[1, 1, 7],
		[1, 1000, 2],
		[1000, 1000, 7],
		[10, 1000, 4],
		[100, 1000, 6]
	] as const)('of %i among up to %i is %i', (count, most, expected) => {
		expect(densityShade(count, most)).toBe(expected);
	});
});
