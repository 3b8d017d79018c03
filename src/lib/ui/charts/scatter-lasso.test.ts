import { describe, expect, it } from 'vitest';
import { ScatterLasso } from './scatter-lasso.svelte.ts';
import { WHOLE, zoomed } from './view.ts';

const size = { width: 400, height: 200 };

describe('ScatterLasso', () => {
	it('closes an outline in shares of the axes', () => {
		const lasso = new ScatterLasso(() => size);
		lasso.press(100, 50);
		lasso.move(101, 50);
		lasso.move(200, 50);
		expect(lasso.path).toBe('M100.0 50.0L200.0 50.0');
		lasso.move(200, 900);
		expect(lasso.isDrawing).toBe(true);
		expect(lasso.release()).toBe('closed');
		expect(lasso.corners).toEqual([
			[0.25, 0.75],
			[0.5, 0.75],
			[0.5, 0]
		]);
		expect(lasso.path.endsWith('Z')).toBe(true);
	});

	it('tells a click from an outline', () => {
		const lasso = new ScatterLasso(() => size);
		lasso.press(100, 50);
		lasso.move(102, 50);
		expect(lasso.release()).toBe('click');
		expect(lasso.corners).toEqual([]);
		lasso.move(200, 100);
		expect(lasso.path).toBe('');
	});

	it('keeps its place when another part is shown', () => {
		let view = WHOLE;
		const lasso = new ScatterLasso(
			() => size,
			() => view
		);
		lasso.press(200, 100);
		lasso.move(300, 100);
		view = zoomed(WHOLE, 2);
		expect(lasso.path).toBe('M200.0 100.0L400.0 100.0');
		lasso.clear();
		expect(lasso.path).toBe('');
	});
});
