import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { draftFinding, sideOf } from './live-words.ts';

const format = createFormat('en-GB', 'GBP');

describe('who fits', () => {
	const answer = { customers: 300, others: 700, revenue: 6000, othersRevenue: 4000 };

	it('is told with its money, and with the rest', () => {
		expect(sideOf(answer, format)).toEqual({
			found: '30% of all customers. £6,000, 60% of the revenue.',
			othersName: 'The other 700',
			others: ' bring £4,000, 40% of the revenue.'
		});
		expect(draftFinding(answer, format)).toBe('300 customers, 30% of all, bring 60% of the revenue.');
	});

	it('is told without amounts', () => {
		const bare = { customers: 1, others: 3, revenue: null, othersRevenue: null };
		expect(sideOf(bare, format)).toEqual({
			found: '25% of all customers.',
			othersName: 'The other 3',
			others: ': 75% of all customers.'
		});
		expect(draftFinding(bare, format)).toBe('1 customer, 25% of all.');
	});

	it('can be nobody', () => {
		const nobody = { customers: 0, others: 10, revenue: 0, othersRevenue: 0 };
		expect(draftFinding(nobody, format)).toBe('Nobody fits yet.');
		expect(draftFinding(null, format)).toContain('Say who you mean');
		expect(draftFinding({ ...answer, others: 0 }, format)).toBe('All 300 customers: say whom you mean.');
		expect(sideOf({ ...nobody, others: 0 }, format).found).toBe('0% of all customers. £0.');
	});
});
