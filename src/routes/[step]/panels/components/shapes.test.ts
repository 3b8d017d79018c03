import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { shapeRows } from './shapes.ts';

const shape = { min: 1, max: 90, counts: [3, 1], belowZero: 0 };

describe('shapeRows', () => {
	it('writes values in the unit of the feature, and scales as numbers', () => {
		const columns = [
			{ before: { ...shape, skewness: 16.3 }, after: { ...shape, skewness: -0.01 }, weight: 1 / 8 - 1e-16 },
			{ before: { ...shape, skewness: NaN }, after: { ...shape, skewness: 0.4 }, weight: 7 / 8 }
		];
		const scaler = { scaling: 'box-cox' as const, centers: [1.5, 2], scales: [0.25, 1], lambdas: [0.5, 1] };
		const clustering = { features: ['monetary_total', 'frequency'], scaler };
		const rows = shapeRows(columns, clustering, ['Total spend', 'Orders'], createFormat('en-GB', 'GBP'));
		expect(rows[0]).toEqual({
			name: 'Total spend',
			least: '£1.00',
			most: '£90.00',
			before: [3, 1],
			after: [3, 1],
			skewBefore: '16.3',
			skewAfter: '0.0',
			center: '1.500',
			scale: '0.250',
			power: '0.500',
			weight: '13%'
		});
		expect(rows[1]).toMatchObject({ least: '1', skewBefore: '–' });
		const unpowered = { ...clustering, scaler: { ...scaler, lambdas: null } };
		const [plain] = shapeRows(columns, unpowered, [], createFormat());
		expect(plain).toMatchObject({ name: 'monetary_total', power: '–' });
	});
});
