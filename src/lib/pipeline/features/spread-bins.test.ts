import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binEdges } from './spread-bins.ts';

describe('binEdges', () => {
	it('gives every whole number a bin where there are few', () => {
		expect(binEdges({ low: 1, high: 3, isWhole: true }, [1, 1, 2, 3, 3]).edges).toEqual([0.5, 1.5, 2.5, 3.5]);
	});

	it('gives one value one bin', () => {
		expect(binEdges({ low: 7, high: 7, isWhole: false }, [7, 7, 7, 7, 7]).edges).toEqual([6.5, 7.5]);
	});

	it('puts a long tail on a logarithmic scale, or with zeros into the last bin', () => {
		const money = binEdges({ low: 2, high: 90_000, isWhole: false }, [10, 50, 80, 200, 900]);
		expect(money).toMatchObject({ scale: 'log' });
		expect(money.edges.at(-1)).toBe(90_000);
		const returned = binEdges({ low: 0, high: 90_000, isWhole: false }, [0, 0, 0, 200, 900]);
		expect(returned).toMatchObject({ scale: 'linear' });
		expect(returned.edges.at(-1)).toBe(1800);
	});

	it('has rising edges that begin at the lowest value, at most 24 bins', () => {
		const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
		fc.assert(
			fc.property(fc.array(value, { minLength: 7, maxLength: 7 }), fc.boolean(), (values, isWhole) => {
				const [low, q5, q25, q50, q75, q95, high] = values
					.map((each) => (isWhole ? Math.round(each) : each))
					.sort((a, b) => a - b) as [number, number, number, number, number, number, number];
				const { edges } = binEdges({ low, high, isWhole }, [q5, q25, q50, q75, q95]);
				expect(edges.length).toBeLessThanOrEqual(25);
				expect(edges[0]).toBeLessThanOrEqual(low);
				expect(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number))).toBe(true);
			}),
			{ seed: 31, numRuns: 500 }
		);
	});
});
