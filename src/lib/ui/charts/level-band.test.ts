import { expect, it } from 'vitest';
import { domainOf, hasBand, levelLayout, type LevelPoint } from './level-band.ts';

const point = (value: number, level = value, error = 1): LevelPoint => ({
	label: '',
	value,
	level,
	low: level - error,
	high: level + error,
	move: null
});

it('holds every value and the ends of the band', () => {
	const points = [point(NaN, NaN), point(100), point(104, 102), point(120, 110)];
	const layout = levelLayout(600, points, 30);
	for (const value of [99, 120, 111]) {
		expect(layout.placeY(value)).toBeGreaterThanOrEqual(layout.top);
		expect(layout.placeY(value)).toBeLessThanOrEqual(layout.bottom);
	}
	expect(layout.line.startsWith('M')).toBe(true);
	expect(layout.line).not.toContain('NaN');
	expect(layout.band).not.toContain('NaN');
});

it('starts at 0 where the values are near it, and leaves room around equal ones', () => {
	expect(domainOf([point(1), point(5)])[0]).toBe(0);
	expect(domainOf([point(1000), point(1005)])[0]).toBeGreaterThan(900);
	expect(domainOf([point(7, 7, 0), point(7, 7, 0)])).toEqual([0, 8.4]);
	expect(domainOf([])[0]).toBe(0);
});

it('tells whether the band can be seen', () => {
	expect(hasBand([point(NaN, NaN), point(100), point(110, 109)])).toBe(true);
	expect(hasBand([point(100, 100, 0), point(110, 110, 0.001)])).toBe(false);
	expect(hasBand([point(7, 7, 0), point(7, 7, 0)])).toBe(false);
});

it('names months that have room', () => {
	const points = Array.from({ length: 12 }, (_, at) => point(at));
	expect(levelLayout(1000, points, 30).labels).toHaveLength(12);
	expect(levelLayout(360, points, 30).labels.length).toBeLessThan(6);
});
