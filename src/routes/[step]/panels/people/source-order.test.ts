import { describe, expect, it } from 'vitest';
import { moved, trustOrder } from './source-order.ts';

describe('the order of trust', () => {
	it('has the named sources first, and each source once', () => {
		expect(trustOrder(['s1', 's2', 's3'], ['s3', 's9', 's1'])).toEqual(['s3', 's1', 's2']);
		expect(trustOrder(['s1', 's2'], [])).toEqual(['s1', 's2']);
	});

	it('moves one place, and nowhere beyond the ends', () => {
		expect(moved(['s1', 's2', 's3'], 's3', -1)).toEqual(['s1', 's3', 's2']);
		expect(moved(['s1', 's2', 's3'], 's1', 1)).toEqual(['s2', 's1', 's3']);
		expect(moved(['s1', 's2'], 's1', -1)).toEqual(['s1', 's2']);
		expect(moved(['s1', 's2'], 's2', 1)).toEqual(['s1', 's2']);
		expect(moved(['s1', 's2'], 's9', 1)).toEqual(['s1', 's2']);
	});
});
