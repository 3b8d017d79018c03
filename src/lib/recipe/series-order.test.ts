import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anotherIdSystem, versionsByDay, type DatedExport } from './series.ts';

function add(present: readonly DatedExport[], id: string, newest: string | null): DatedExport[] {
	const versions = versionsByDay([{ id, newest }], present);
	return [...present, { id, newest, version: 0 }].map((each) => ({
		...each,
		version: versions.get(each.id) ?? each.version
	}));
}

function shown(exports: readonly DatedExport[]): string[] {
	return exports.map(({ id, version }) => `${id}.${version}`).sort();
}

test('exports in any order get the versions of their newest records', () => {
	const days = ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31'];
	fc.assert(
		fc.property(fc.shuffledSubarray(days, { minLength: 1 }), (arriving) => {
			let present: DatedExport[] = [];
			for (const day of arriving) present = add(present, day, day);
			expect(shown(present)).toEqual([...arriving].sort().map((day, i) => `${day}.${i + 1}`));
		}),
		{ seed: 4 }
	);
});

test('ties and unknown days stand in order of arrival; a gap is used before others are moved', () => {
	const march = [{ id: 'a', newest: '2024-03-31', version: 1 }];
	expect(shown(add(march, 'b', '2024-03-31'))).toEqual(['a.1', 'b.2']);
	expect(shown(add(march, 'b', null))).toEqual(['a.1', 'b.2']);
	expect(shown(add([{ id: 'a', newest: null, version: 1 }], 'b', '2024-01-01'))).toEqual(['a.1', 'b.2']);
	const gap = [...march, { id: 'c', newest: '2024-05-31', version: 3 }];
	expect(shown(add(gap, 'b', '2024-04-30'))).toEqual(['a.1', 'b.2', 'c.3']);
});

test('those that come together share a version where nothing stands between them', () => {
	const february = [{ id: 'f', newest: '2024-02-29', version: 1 }];
	const arrived = ['2024-01-31', '2024-03-31', '2024-04-30'].map((newest, i) => ({ id: `a${i}`, newest }));
	expect([...versionsByDay(arrived, february)].sort()).toEqual([
		['a0', 1],
		['a1', 3],
		['a2', 3],
		['f', 2]
	]);
});

test('another system of ids is one that nobody has', () => {
	expect(anotherIdSystem('own', [])).toBe('own-2');
	expect(anotherIdSystem('own-2', [{ idSystem: 'own-2' }])).toBe('own-3');
	expect(anotherIdSystem('x'.repeat(60), []).length).toBeLessThanOrEqual(60);
});
