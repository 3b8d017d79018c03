import { describe, expect, it } from 'vitest';
import { tipTransform } from './tip.ts';

describe('tipTransform', () => {
	it('keeps the tooltip inside the plot', () => {
		expect(tipTransform({ x: 0, y: 200, title: '', lines: [] }, 400)).toBe(
			'translate(0%, calc(-100% - 10px))'
		);
		expect(tipTransform({ x: 400, y: 200, title: '', lines: [] }, 400)).toContain('translate(-100%,');
	});

	it('hangs below a mark near the top', () => {
		expect(tipTransform({ x: 100, y: 20, title: '', lines: [] }, 400)).toBe('translate(-25%, 14px)');
	});
});
