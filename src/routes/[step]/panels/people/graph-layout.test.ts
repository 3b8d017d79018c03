import { describe, expect, it } from 'vitest';
import { textWidth } from '#lib/ui/charts/labels.ts';
import { fitText, graphLayout } from './graph-layout.ts';
import type { PersonGraph } from './person-graph.ts';

describe('graphLayout', () => {
	it('spreads both sides over the same height, inside the width', () => {
		const graph = { accounts: [{}, {}, {}, {}], keys: [{}, {}], edges: [] } as unknown as PersonGraph;
		const { accountY, keyY, height, accountsX, keysX, labelWidth } = graphLayout(graph, 400);
		expect(accountY).toHaveLength(4);
		expect((keyY[0] ?? 0) + (keyY[1] ?? 0)).toBe((accountY[0] ?? 0) + (accountY[3] ?? 0));
		expect(Math.max(...accountY, ...keyY)).toBeLessThan(height);
		expect(accountsX).toBeLessThan(keysX);
		expect(keysX + labelWidth).toBeLessThanOrEqual(400);
	});
});

describe('fitText', () => {
	it('keeps both ends of a text that is too long, and all of one that fits', () => {
		expect(fitText('anna@x.com', 200)).toBe('anna@x.com');
		const short = fitText('anna.maria.smith@example.org', 100);
		expect(short).toMatch(/^anna.*….*org$/);
		expect(textWidth(short, 13)).toBeLessThanOrEqual(100);
		expect(fitText('anna', 1)).toBe('a…');
		expect(fitText('', 0)).toBe('');
	});
});
