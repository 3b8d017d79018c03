import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { progressWords, sizeWords } from './progress-words.ts';

const format = createFormat('en-GB');

describe('sizeWords', () => {
	it.each([
		[0, '0.0 kB'],
		[84_020, '84.0 kB'],
		[28_300_000, '28.3 MB'],
		[1_200_000_000, '1.20 GB']
	])('of %d', (bytes, words) => expect(sizeWords(bytes, format)).toBe(words));
});

describe('progressWords', () => {
	it('says rows and bytes, as far as they are known', () => {
		const progress = { what: 'Reading', share: 0.5 };
		expect(progressWords(progress, format)).toBeUndefined();
		expect(progressWords({ ...progress, rows: 0, bytes: 200 }, format)).toBe('0.2 kB');
		expect(
			progressWords({ ...progress, rows: 1_200_000, bytes: 80_000_000, totalBytes: 120_000_000 }, format)
		).toBe('1,200,000 rows, 80.0 MB of 120.0 MB');
	});
});
