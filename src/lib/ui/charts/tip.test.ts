import { describe, expect, it } from 'vitest';
import { tipTransform, type Tip } from './tip.ts';

function tipAt(x: number, y: number): Tip {
	return { x, y, title: '3 segments', lines: ['0.35'] };
}

describe('tipTransform', () => {
	it('hangs above its mark and stays inside the plot', () => {
		expect(tipTransform(tipAt(0, 200), 400)).toBe('translate(0%, calc(-100% - 10px))');
		expect(tipTransform(tipAt(100, 200), 400)).toBe('translate(-25%, calc(-100% - 10px))');
		expect(tipTransform(tipAt(400, 200), 400)).toBe('translate(-100%, calc(-100% - 10px))');
	});

	it('stands beside a mark near the top, on the side with more room', () => {
		expect(tipTransform(tipAt(100, 20), 400)).toBe('translate(16px, -24px)');
		expect(tipTransform(tipAt(300, 20), 400)).toBe('translate(calc(-100% - 16px), -24px)');
	});
});
