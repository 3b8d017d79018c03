import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairs } from '../../../tests/oracle/drivers.ts';
import { seeded } from '#lib/core/random.ts';
import { mutualInformation } from './mutual-information.ts';
import { binByEdges, quantileEdges } from './quantile-bins.ts';

describe('quantileEdges and binByEdges', () => {
	it('make the bins of NumPy', () => {
		const x = Float64Array.from(pairs.x);
		expect([...binByEdges(x, quantileEdges(x, 5))]).toEqual(pairs.bins);
	});

	it('keep equal numbers together, and what is missing apart', () => {
		const values = Float64Array.of(0, 0, 0, 0, 0, 0, 1, 2, NaN, 3);
		const edges = quantileEdges(values, 4);
		expect([...edges]).toEqual([1]);
		expect([...binByEdges(values, edges)]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 2, 1]);
		expect([...quantileEdges(Float64Array.of(NaN), 4)]).toEqual([]);
		expect([...quantileEdges(Float64Array.of(2, 2), 4)]).toEqual([]);
	});

	it('make bins of about one size where nothing is tied', () => {
		const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
		const counts = new Map<number, number>();
		for (const bin of binByEdges(values, quantileEdges(values, 10)))
			counts.set(bin, (counts.get(bin) ?? 0) + 1);
		expect([...counts.values()]).toEqual(Array(10).fill(100));
	});

	it('refuse more bins than a byte holds', () => {
		const edges = Float64Array.from({ length: 254 }, (_, i) => i);
		expect(() => binByEdges(edges, edges)).toThrow(RangeError);
	});
});

describe('mutualInformation', () => {
	const bins = Uint8Array.from(pairs.bins);

	it('equals scikit-learn', () => {
		const least = Math.min(...pairs.y);
		const numbers = Uint8Array.from(pairs.y, (value) => value - least);
		const outcome = Uint8Array.from(pairs.outcome);
		expect(Math.abs(mutualInformation(bins, outcome).nats - pairs.mutualInformation)).toBeLessThan(1e-12);
		const found = mutualInformation(bins, numbers).nats;
		expect(Math.abs(found - pairs.mutualInformationOfNumbers)).toBeLessThan(1e-12);
	});

	it('is the whole entropy of a copy, and nothing of what does not vary', () => {
		const coin = Uint8Array.of(0, 1, 0, 1);
		expect(mutualInformation(coin, coin).nats).toBeCloseTo(Math.LN2, 14);
		expect(mutualInformation(coin, coin).share).toBeCloseTo((Math.LN2 + 1 / 8) / Math.LN2 > 1 ? 1 : 0, 14);
		expect(mutualInformation(coin, new Uint8Array(4))).toEqual({ nats: 0, corrected: 0, share: 0 });
		expect(mutualInformation(new Uint8Array(0), new Uint8Array(0)).nats).toBe(0);
		expect(() => mutualInformation(coin, new Uint8Array(3))).toThrow(RangeError);
	});

	it('takes off what chance alone gives', () => {
		const random = seeded(3);
		let [plain, corrected] = [0, 0];
		for (let i = 0; i < 200; i += 1) {
			const a = Uint8Array.from({ length: 120 }, () => Math.floor(random() * 10));
			const b = Uint8Array.from({ length: 120 }, () => Math.floor(random() * 2));
			const found = mutualInformation(a, b);
			plain += found.nats / 200;
			corrected += found.corrected / 200;
		}
		// By chance alone (10 − 1)(2 − 1) / 2n is expected; what is taken off leaves nothing but the noise above 0.
		expect(plain).toBeCloseTo(9 / 240, 2);
		expect(corrected).toBeLessThan(plain / 4);
	});

	it('is the same both ways and whatever the labels are called', () => {
		const labels = fc.array(fc.tuple(fc.nat(5), fc.nat(4)), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(labels, (rows) => {
				const [a, b] = [Uint8Array.from(rows, ([v]) => v), Uint8Array.from(rows, ([, v]) => v)];
				const { nats } = mutualInformation(a, b);
				expect(nats).toBeGreaterThanOrEqual(0);
				expect(mutualInformation(b, a).nats).toBeCloseTo(nats, 12);
				expect(
					mutualInformation(
						a.map((v) => 9 - v),
						b
					).nats
				).toBeCloseTo(nats, 12);
			}),
			{ seed: 5 }
		);
	});
});
