import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insideTest, isInside, type Outline } from './inside-outline.ts';

const place = fc.double({ min: -3, max: 3, noNaN: true });
const corner = fc.tuple(place, place);

describe('insideTest', () => {
	it('knows a square from what is around it', () => {
		const isIn = insideTest([
			[0, 0],
			[2, 0],
			[2, 2],
			[0, 2]
		]);
		expect([isIn(1, 1), isIn(0.001, 1.999), isIn(2.001, 1), isIn(-1, 1), isIn(NaN, 1)]).toEqual([
			true,
			true,
			false,
			false,
			false
		]);
	});

	it('leaves the hole of a ring out', () => {
		const ring: Outline = [
			[0, 0],
			[9, 0],
			[9, 9],
			[0, 9],
			[0, 0],
			[3, 3],
			[3, 6],
			[6, 6],
			[6, 3],
			[3, 3]
		];
		const isIn = insideTest(ring);
		expect([isIn(1, 4), isIn(4.5, 4.5)]).toEqual([true, false]);
	});

	it('agrees with the rule at every point, for any outline', () => {
		fc.assert(
			fc.property(
				fc.array(corner, { minLength: 3, maxLength: 30 }),
				fc.array(corner, { minLength: 1, maxLength: 200 }),
				(outline, points) => {
					const isIn = insideTest(outline);
					for (const [x, y] of points) expect(isIn(x, y)).toBe(isInside(outline, x, y));
				}
			),
			{ seed: 8 }
		);
	});

	it('agrees with the rule along the line itself', () => {
		fc.assert(
			fc.property(
				fc.array(corner, { minLength: 3, maxLength: 8 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(outline, share) => {
					const isIn = insideTest(outline);
					outline.forEach(([x, y], i) => {
						const [nextX, nextY] = outline[(i + 1) % outline.length] as readonly [number, number];
						const at = [x + share * (nextX - x), y + share * (nextY - y) + 1e-9] as const;
						expect(isIn(...at)).toBe(isInside(outline, ...at));
					});
				}
			),
			{ seed: 9 }
		);
	});

	it('holds nobody without an area', () => {
		expect(insideTest([])(0, 0)).toBe(false);
		expect(
			insideTest([
				[1, 1],
				[1, 1],
				[1, 1]
			])(1, 1)
		).toBe(false);
	});
});
