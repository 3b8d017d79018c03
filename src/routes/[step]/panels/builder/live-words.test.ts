import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { draftFinding, draftTitle, liveHeading, sideOf } from './live-words.ts';

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

	it('is not told of the question before', () => {
		const fresh = { found: answer, problem: null, isFresh: true, isLong: false, isStopped: false };
		expect(draftTitle(fresh, format)).toContain('300 customers');
		expect(draftTitle({ ...fresh, isFresh: false, isStopped: true }, format)).not.toContain('300');
		expect(draftTitle({ ...fresh, isFresh: false, isLong: true }, format)).not.toContain('300');
		expect(draftTitle({ ...fresh, found: null, problem: 'It names itself.' }, format)).toBe(
			'It cannot be asked yet.'
		);
		expect(draftTitle(null, format)).toContain('Say who you mean');
		expect([fresh, { ...fresh, isFresh: false }, { ...fresh, found: null }].map(liveHeading)).toEqual([
			'Who fits now',
			'Who fitted before',
			'Who fits'
		]);
	});

	it('can be nobody', () => {
		const nobody = { customers: 0, others: 10, revenue: 0, othersRevenue: 0 };
		expect(draftFinding(nobody, format)).toBe('Nobody fits yet.');
		expect(draftFinding(null, format)).toContain('Say who you mean');
		expect(draftFinding({ ...answer, others: 0 }, format)).toBe('All 300 customers: say whom you mean.');
		expect(sideOf({ ...nobody, others: 0 }, format).found).toBe('0% of all customers. £0.');
	});
});
