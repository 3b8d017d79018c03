import { expect, it } from 'vitest';
import type { WindowDay } from './schema.ts';
import { pastOfSegments } from './time-stability.ts';

/** A day on which a segment had so many people, ten of whom ordered in its month. */
const dayOf = (day: string, customers: number, jaccard: number): WindowDay =>
	({ day, segments: [{ customers, jaccard, month: { buyers: 10 } }] }) as unknown as WindowDay;

it('names the latest three days, and takes the buyers of twenty people or more alone', () => {
	const days = ['2024-01-01', '2024-02-01', '2024-03-01'].map((day) => dayOf(day, 30, 0.5));
	const [enough] = pastOfSegments([...days, dayOf('2024-04-01', 20, 0.8)], 1);
	expect(enough?.days).toEqual(['2024-02-01', '2024-03-01', '2024-04-01']);
	expect(enough?.jaccard).toBeCloseTo(0.6, 12);
	expect(enough?.buyers?.value).toBe(0.5);
	const [few] = pastOfSegments([...days, dayOf('2024-04-01', 19, 0.8)], 1);
	expect(few?.buyers).toBeNull();
});
