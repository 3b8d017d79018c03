import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARK_COUNT, marksOf, type Marked } from './segment-marks.ts';

const of = (family: Marked['family'], count: number, color: number | null = null): Marked[] =>
	Array.from({ length: count }, (_, place) => ({ color, family, place }));

describe('the marks of segments', () => {
	it('are those of their screen for groups, and others for own segments', () => {
		expect(marksOf([...of('own', 2), ...of('group', 4)])).toEqual([11, 10, 0, 1, 2, 3]);
		expect(marksOf([...of('group', 10), ...of('found', 4)])).toEqual([
			...Array.from({ length: 10 }, (_, mark) => mark),
			10,
			11,
			null,
			null
		]);
	});

	it('stay when another own segment is added', () => {
		const before = marksOf([...of('own', 3), ...of('group', 5)]);
		const after = marksOf([...of('own', 4), ...of('group', 5)]);
		expect([...after.slice(0, 3), ...after.slice(4)]).toEqual(before);
	});

	it('can be chosen, and then only the segment that had it takes another', () => {
		const usual = [...of('own', 1), ...of('group', 4)];
		expect(marksOf(usual)).toEqual([11, 0, 1, 2, 3]);
		expect(marksOf(usual.with(0, { color: 2, family: 'own', place: 0 }))).toEqual([2, 0, 1, 4, 3]);
	});

	it('are never given twice, and nobody goes without while one is free', () => {
		const segment = fc.record({
			color: fc.option(fc.nat(MARK_COUNT - 1), { freq: 4 }),
			family: fc.constantFrom('own' as const, 'group' as const, 'found' as const),
			place: fc.nat(14)
		});
		fc.assert(
			fc.property(fc.array(segment, { maxLength: 20 }), (segments) => {
				const marks = marksOf(segments);
				const chosen = segments.flatMap(({ color }) => color ?? []);
				const given = marks.filter((mark, i) => mark !== null && segments[i]?.color === null);
				expect(new Set(given).size).toBe(given.length);
				expect(given.filter((mark) => chosen.includes(mark ?? -1))).toEqual([]);
				const used = new Set([...chosen, ...given]).size;
				if (marks.includes(null)) expect(used).toBe(MARK_COUNT);
				for (const [i, { color }] of segments.entries()) if (color !== null) expect(marks[i]).toBe(color);
			}),
			{ seed: 5 }
		);
	});
});
