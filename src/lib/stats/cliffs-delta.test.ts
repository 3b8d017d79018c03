import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucInterval } from './auc.ts';
import { cliffsDeltas } from './cliffs-delta.ts';

describe('cliffsDeltas', () => {
	it('is the difference of shares for 0 and 1', () => {
		const values = Float64Array.of(1, 1, 1, 0, 0, 0, 0, 1);
		const labels = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1);
		const [first, second] = cliffsDeltas(values, { labels, clusterCount: 2 });
		expect(first?.value).toBeCloseTo(0.75 - 0.25, 12);
		expect(second?.value).toBeCloseTo(-0.5, 12);
	});

	it('counts pairs: 3 of 4 more, 1 of 4 less', () => {
		const deltas = cliffsDeltas(Float64Array.of(2, 9, 1, 5), {
			labels: Uint8Array.of(0, 0, 1, 1),
			clusterCount: 2
		});
		expect(deltas.map(({ value }) => value)).toEqual([0.5, -0.5]);
	});

	it('is twice the area under the curve less one, with its interval', () => {
		const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(NaN));
		fc.assert(
			fc.property(
				fc.array(fc.record({ value, label: fc.integer({ min: 0, max: 2 }) }), { minLength: 12 }),
				(rows) => {
					const values = Float64Array.from(rows, (row) => row.value);
					const labels = Uint8Array.from(rows, (row) => row.label);
					const known = rows.filter((row) => Number.isFinite(row.value));
					cliffsDeltas(values, { labels, clusterCount: 3 }).forEach((delta, cluster) => {
						const isIn = known.map(({ label }) => (label === cluster ? 1 : 0));
						const members = isIn.filter((each) => each === 1).length;
						if (Math.min(members, known.length - members) < 2) return;
						const area = aucInterval(
							Float64Array.from(known, (row) => row.value),
							isIn
						);
						expect(delta.value).toBeCloseTo(2 * area.value - 1, 9);
						expect(delta.low).toBeCloseTo(2 * area.low - 1, 9);
						expect(delta.high).toBeCloseTo(2 * area.high - 1, 9);
					});
				}
			),
			{ seed: 51, numRuns: 200 }
		);
	});

	it('says nothing where a side has nobody, and little of one person', () => {
		const one = cliffsDeltas(Float64Array.of(3, 1, 2), { labels: Uint8Array.of(0, 1, 1), clusterCount: 3 });
		expect(one[0]).toEqual({ value: 1, low: -1, high: 1 });
		expect(one[2]).toEqual({ value: NaN, low: -1, high: 1 });
		const none = cliffsDeltas(Float64Array.of(NaN), { labels: Uint8Array.of(0), clusterCount: 1 });
		expect(none).toEqual([{ value: NaN, low: -1, high: 1 }]);
	});
});
