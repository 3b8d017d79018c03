import { describe, expect, it } from 'vitest';
import { silhouetteBlocks, silhouetteLayout } from './silhouette-plot.ts';

const segments = [
	{ index: 0, name: 'Regulars' },
	{ index: 1, name: 'New faces' },
	{ index: 2, name: 'Nobody' }
];
const values = Float64Array.of(0.5, -0.1, 0.9, 0.2, 0.1, -0.3);
const labels = [0, 0, 0, 1, 1, 1];
const blocks = silhouetteBlocks(segments, values, (at) => labels[at] as number);

describe('silhouetteBlocks', () => {
	it('sorts each segment and counts who is below zero', () => {
		expect(blocks.map(({ name }) => name)).toEqual(['Regulars', 'New faces']);
		expect(Array.from(blocks[0]?.values ?? [])).toEqual([0.9, 0.5, -0.1]);
		expect(blocks[0]?.mean).toBeCloseTo(1.3 / 3, 12);
		expect(blocks.map(({ below }) => below)).toEqual([1, 1]);
	});
});

describe('silhouetteLayout', () => {
	it.each([1000, 390])('keeps blocks apart and inside %i pixels', (width) => {
		const layout = silhouetteLayout(width, blocks);
		const [first, second] = layout.blocks;
		expect(first && second && first.top + first.height < second.top).toBe(true);
		expect(layout.place(1)).toBe(width);
		expect(layout.place(-0.3)).toBeGreaterThanOrEqual(0);
		expect(layout.bottom).toBeLessThan(layout.height);
		expect(first?.path.startsWith(`M${layout.place(0).toFixed(1)}`)).toBe(true);
	});

	it('has a place for nobody', () => {
		expect(silhouetteLayout(500, []).blocks).toEqual([]);
	});
});
