import { expect, it } from 'vitest';
import { planHoldout } from './plan.ts';

it('takes the longest horizon that the history allows', () => {
	expect(planHoldout('2023-01-01', '2023-12-31', '2024-01-01')).toEqual({
		fitDay: '2023-07-05',
		checkDay: '2023-10-03',
		horizon: 90
	});
	expect(planHoldout('2023-07-05', '2023-12-31', '2024-01-01')?.horizon).toBe(60);
	expect(planHoldout('2023-09-03', '2023-12-31', '2024-01-01')).toEqual({
		fitDay: '2023-11-02',
		checkDay: '2023-12-02',
		horizon: 30
	});
	expect(planHoldout('2023-09-04', '2023-12-31', '2024-01-01')).toBeNull();
	expect(planHoldout(null, null, '2024-01-01')).toBeNull();
});

it('looks at nothing from the as-of day on', () => {
	expect(planHoldout('2023-01-01', '2024-12-31', '2024-01-01')?.checkDay).toBe('2023-10-03');
});
