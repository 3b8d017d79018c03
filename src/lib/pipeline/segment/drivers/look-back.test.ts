import { expect, it } from 'vitest';
import { endOf, horizonsOf, lookBack, type History } from './look-back.ts';

const history: History = {
	firstOrder: '2024-01-01',
	lastOrder: '2024-12-30',
	asOf: '2024-12-31',
	lastSend: '2024-12-10'
};

it('looks back as far as customers are followed', () => {
	expect(lookBack(history, 'repeat', 60)).toEqual({
		outcome: 'repeat',
		horizon: 60,
		day: '2024-11-01',
		until: '2024-12-31'
	});
	expect(lookBack(history, 'repeat', null)).toMatchObject({ horizon: 90, day: '2024-10-02' });
	expect(lookBack(history, 'response', 30)).toMatchObject({ day: '2024-11-11', until: '2024-12-11' });
});

it('ends at the as-of day, and before days that no file tells of', () => {
	expect(endOf({ ...history, asOf: '2024-06-01' }, 'value')).toBe('2024-06-01');
	expect(endOf({ ...history, asOf: '2025-06-01' }, 'value')).toBe('2024-12-31');
});

it('follows as long as there is at least as much history before, and says when there is none', () => {
	const short = { ...history, firstOrder: '2024-09-01' };
	expect(horizonsOf(short, 'repeat')).toEqual([30, 60]);
	expect(lookBack(short, 'repeat', 90)).toMatchObject({ horizon: 60 });
	expect(lookBack({ ...history, firstOrder: '2024-11-30' }, 'repeat', null)).toEqual({
		kind: 'history',
		first: '2024-11-30',
		last: '2024-12-30',
		days: 31,
		needed: 60
	});
});
