import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { SourceOverlap } from '#lib/pipeline/clean/identity/overlap.ts';
import { leastWidth, meetingFinding, meetingGrid } from './meetings.ts';

const format = createFormat('en-GB');
const nameOf = (source: string) => `${source}.csv`;
const EMPTY: SourceOverlap = { source: 's9', people: 0, only: 0, shared: new Map() };
const TWO: readonly SourceOverlap[] = [
	{ source: 's1', people: 40, only: 10, shared: new Map([['s2', 30]]) },
	{ source: 's2', people: 60, only: 30, shared: new Map([['s1', 30]]) }
];

describe('meetingGrid', () => {
	it('has a row per source: its share in each other one, and in none', () => {
		const { cells, rows, columns, legend } = meetingGrid([...TWO, EMPTY], nameOf, format);
		expect(cells).toEqual([
			{ row: 0, col: 1, share: 0.75, customers: 30 },
			{ row: 0, col: 2, share: 0.25, customers: 10 },
			{ row: 1, col: 0, share: 0.5, customers: 30 },
			{ row: 1, col: 2, share: 0.5, customers: 30 }
		]);
		expect(rows.map(({ title, note }) => [title, note])).toEqual([
			['A s1', '40 people'],
			['B s2', '60 people']
		]);
		expect(columns.map(({ title }) => title)).toEqual(['A s1', 'B s2', 'In no other']);
		expect(legend.map(({ name }) => name)).toEqual(['s1.csv', 's2.csv']);
		const older = meetingGrid(TWO, (source) => `${source}.csv and 2 more`, format);
		expect(older.rows.map(({ title }) => title)).toEqual(['A s1 and 2 more', 'B s2 and 2 more']);
	});

	it('asks for a cell that holds its figures, for each column', () => {
		const least = (count: number) =>
			leastWidth(
				meetingGrid(
					Array.from({ length: count }, (_, i) => ({ ...EMPTY, source: `s${i}`, people: 1 })),
					nameOf,
					format
				)
			);
		expect(least(2)).toBeLessThan(300);
		expect(least(6) - least(5)).toBeGreaterThanOrEqual(50);
	});

	it('shows the sources with the most people, and says how many are left out', () => {
		const many = Array.from({ length: 9 }, (_, i) => ({
			...EMPTY,
			source: `s${i}`,
			people: i + 1,
			only: i + 1
		}));
		const { legend, left } = meetingGrid(many, nameOf, format);
		expect(legend.map(({ name }) => name)).toEqual(many.slice(2).map(({ source }) => `${source}.csv`));
		expect(left).toBe(2);
	});
});

describe('meetingFinding', () => {
	it('names the two that have the most people in common', () => {
		expect(meetingFinding(TWO, nameOf, format)).toBe('s1.csv and s2.csv have 30 people in common');
	});

	it('says so when nobody is in two', () => {
		expect(meetingFinding([EMPTY], nameOf, format)).toBe('No two sources have a person in common');
	});
});
