import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelWidth, placeLabels, textWidth, type LabelBox } from './labels.ts';

const size = { width: 640, height: 450 };

describe('placeLabels', () => {
	it('leaves labels with room where they are', () => {
		const labels = [
			{ x: 120, y: 80, width: 90, height: 20 },
			{ x: 400, y: 300, width: 120, height: 20 }
		];
		expect(placeLabels(labels, size)).toEqual([
			{ x: 120, y: 80 },
			{ x: 400, y: 300 }
		]);
	});

	it('moves the later of two labels at the same place', () => {
		const label = { x: 300, y: 200, width: 100, height: 20 };
		const [first, second] = placeLabels([label, label], size);
		expect(first).toEqual({ x: 300, y: 200 });
		expect(second).toEqual({ x: 300, y: 180 });
	});

	it('separates ten labels and keeps them inside, wherever their segments lie', () => {
		const label: fc.Arbitrary<LabelBox> = fc.record({
			x: fc.integer({ min: 0, max: size.width }),
			y: fc.integer({ min: 0, max: size.height }),
			width: fc.integer({ min: 60, max: 140 }),
			height: fc.constant(20)
		});
		fc.assert(
			fc.property(fc.array(label, { maxLength: 10 }), (labels) => {
				const places = placeLabels(labels, size);
				places.forEach((place, i) => {
					const { width, height } = labels[i] as LabelBox;
					expect(place.x - width / 2).toBeGreaterThanOrEqual(0);
					expect(place.x + width / 2).toBeLessThanOrEqual(size.width);
					places.slice(0, i).forEach((other, j) => {
						const apartX = Math.abs(place.x - other.x) >= (width + (labels[j] as LabelBox).width) / 2;
						expect(apartX || Math.abs(place.y - other.y) >= height).toBe(true);
					});
				});
			}),
			{ seed: 23 }
		);
	});
});

describe('labelWidth', () => {
	it('grows with the text', () => {
		expect(labelWidth('Cooling spenders')).toBeGreaterThan(labelWidth('New'));
	});
});

describe('textWidth', () => {
	it('is at least what the font takes, and not much more', () => {
		// Measured in the browser: Inter Variable at 13 px, weight 500.
		const measured = [
			['Potential loyalists', 108.2],
			['98 to 164 days', 94.4],
			['1,098 to 1,164 days', 126.7],
			['≤ 1,164 d', 63.1],
			['share of customers', 120.1],
			['46%', 29.8],
			['1,234 people', 83.2]
		] as const;
		for (const [text, width] of measured) {
			expect(textWidth(text, 13), text).toBeGreaterThanOrEqual(width);
			expect(textWidth(text, 13), text).toBeLessThan(width * 1.1);
		}
	});
});
