import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { PassportsReport } from '#lib/recipe/passports-report.ts';
import { emptyRecipe, parseRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { readCsv } from '../../tests/support/read-csv.ts';
import { expectSameRows, runScript } from '../../tests/support/recipe-script.ts';
import { parseOptions } from './options.ts';
import { runSegment } from './run.ts';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'own-'));
	// Customer i has i orders in January; in February customers 5 to 24 order once more.
	const order = (customer: number, n: number, month: string) =>
		`${month}${customer}-${n},c${customer},2024-${month}-${String(1 + (n % 28)).padStart(2, '0')},${customer}`;
	const january = Array.from({ length: 20 }, (_, i) =>
		Array.from({ length: i + 1 }, (__, n) => order(i + 1, n, '01'))
	).flat();
	const february = Array.from({ length: 20 }, (_, i) => order(i + 5, 1, '02'));
	const header = 'order_id,customer,date,amount';
	await writeFile(join(folder, 'january.csv'), [header, ...january, ''].join('\n'));
	await writeFile(join(folder, 'february.csv'), [header, ...february, ''].join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<string> {
	const options = parseOptions(args);
	if (options === 'help') throw new Error('help was not asked for');
	return runSegment(options, folder, () => undefined);
}

const read = (path: string) => readFile(join(folder, path), 'utf8');
const fingerprint = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 16);

const SEGMENTS: OwnSegment[] = [
	{
		kind: 'rule',
		id: 'g1',
		name: 'Often',
		of: null,
		rule: {
			kind: 'group',
			match: 'all',
			conditions: [
				{ kind: 'feature', feature: 'frequency', test: { type: 'number', test: { op: 'ge', value: 15 } } },
				{ kind: 'segment', segment: 'own:g2', isIn: false }
			]
		}
	},
	{
		kind: 'list',
		id: 'g2',
		name: 'Staff',
		members: ['c20', 'c3', 'c99'].map(fingerprint).toSorted(),
		origin: 'Pasted'
	},
	{
		kind: 'sql',
		id: 'g3',
		name: 'Late',
		sql: "SELECT customer_id FROM clean.orders WHERE ordered_at >= '2024-01-15'"
	},
	{
		kind: 'rule',
		id: 'g4',
		name: 'Longest',
		of: null,
		rule: {
			kind: 'group',
			match: 'all',
			conditions: [
				{
					kind: 'feature',
					feature: 'order_value_most',
					test: { type: 'number', test: { op: 'ge', value: 19 } }
				}
			]
		}
	},
	{ kind: 'sql', id: 'g5', name: 'Broken', sql: 'SELECT 1 AS one' }
];

async function storeRecipe(name: string): Promise<void> {
	await run('january.csv', '--out', 'first');
	const recipe: Recipe = parseRecipe(JSON.parse(await read('first/recipe.json')));
	const own = {
		...emptyRecipe('').segment.own,
		segments: SEGMENTS,
		priority: ['own:g2', 'own:g1', 'own:g3'],
		guard: { floor: 4, activeDays: 365, mostSegments: 30, overrides: { 'own:g2': 'They test first' } }
	};
	await writeFile(join(folder, name), JSON.stringify({ ...recipe, segment: { ...recipe.segment, own } }));
}

/** Customer ids by segment, from a file with both. */
function peopleIn(text: string): Record<string, string> {
	const people: Record<string, string[]> = {};
	for (const [customer = '', segment = ''] of readCsv(text).slice(1)) (people[segment] ??= []).push(customer);
	return Object.fromEntries(Object.entries(people).map(([segment, ids]) => [segment, ids.join(' ')]));
}

it('writes files of own segments, says which are held back, and compares them with an earlier run', async () => {
	await storeRecipe('own.json');
	const summary = await run('january.csv', '--recipe', 'own.json', '--out', 'january');
	expect(summary).toContain('5 segments of your own');
	expect(summary).toContain('g1  Often: 5 customers');
	expect(summary).toContain('Note: g4 Longest has no file: 2 active, under your floor of 4.');
	const written = await readdir(join(folder, 'january'));
	expect(written.filter((name) => /own|segment_|assigned|segment-/.test(name)).sort()).toEqual([
		'assigned.csv',
		'segment-g1-Often.csv',
		'segment-g2-Staff.csv',
		'segment-g3-Late.csv',
		'segment_members.csv'
	]);
	expect(peopleIn(await read('january/segment_members.csv'))).toEqual({
		g1: 'c15 c16 c17 c18 c19',
		g2: 'c20 c3',
		g3: 'c15 c16 c17 c18 c19 c20',
		g4: 'c19 c20'
	});
	expect(peopleIn(await read('january/assigned.csv'))).toEqual({
		'own:g2': 'c20 c3',
		'own:g1': 'c15 c16 c17 c18 c19'
	});
	const [header = [], often = []] = readCsv(await read('january/segment-g1-Often.csv'));
	expect(often[header.indexOf('segment_name')]).toBe('Often');
	expect(header).toContain('natural_segment');
	expect(often[header.indexOf('segment_grade')]).toBe('with care');
	const report = JSON.parse(await read('january/report.json'));
	expect(report.own_segments.slice(0, 2)).toEqual([
		{
			id: 'g1',
			name: 'Often',
			kind: 'rule',
			customers: 5,
			revenue: 1455,
			active: 5,
			held_back: false,
			grade: 'care',
			problem: null
		},
		{
			id: 'g2',
			name: 'Staff',
			kind: 'list',
			customers: 2,
			revenue: 409,
			active: 2,
			held_back: false,
			grade: 'few',
			problem: null
		}
	]);
	expect(report.own_segments[3]).toMatchObject({ held_back: true });
	expect(report.own_segments[4].problem).toContain('customer_id');

	await run('january.csv', 'february.csv', '--recipe', 'own.json', '--since', 'january', '--out', 'february');
	const changes = JSON.parse(await read('february/changes.json'));
	expect(changes.own_segments).toEqual([
		{ id: 'g1', name: 'Often', before: 5, now: 6, entered: 1, left: 0, stayed: 5 },
		{ id: 'g2', name: 'Staff', before: 2, now: 2, entered: 0, left: 0, stayed: 2 },
		{ id: 'g3', name: 'Late', before: 6, now: 20, entered: 14, left: 0, stayed: 6 },
		{ id: 'g4', name: 'Longest', before: 2, now: 6, entered: 4, left: 0, stayed: 2 }
	]);
});

it('compares rules with the start of the month, and says why others cannot be', async () => {
	const { segments } = PassportsReport.parse(JSON.parse(await read('february/passports.json')));
	const own = segments.filter(({ segment }) => segment.startsWith('own:'));
	// Of the customers of 1 February, c14 came to fifteen orders since; nobody of them to a larger one.
	expect(own.map(({ segment, over_time }) => [segment, over_time])).toEqual([
		['own:g1', 5 / 6],
		['own:g2', null],
		['own:g3', null],
		['own:g4', 1]
	]);
	const times = own.map(({ checks }) => checks.find(({ id }) => id === 'time'));
	expect(times.map((check) => check?.state)).toEqual(['met', 'unknown', 'unknown', 'met']);
	expect(times[0]?.found).toContain('1 Feb 2024');
	expect(times[1]?.found).toContain('A list stays as it is');
	expect(times[2]?.found).toContain('SQL of your own');
});

it('writes a script that finds the same people', async () => {
	const script = await read('february/recipe.sql');
	await expectSameRows(script, await read('february/segments.csv'));
	const members = `SELECT f.customer_id, o.segment FROM segment.own o
		JOIN features.customers f USING (idx) ORDER BY o.segment, f.idx;`;
	const { rows } = await runScript(script.replace(/SELECT segments\.\*[^;]*;/, members));
	const lines = ['customer_id,segment', ...rows.map((row) => row.join(','))];
	expect(peopleIn(lines.join('\n'))).toEqual(peopleIn(await read('february/segment_members.csv')));
});

it('tells segments of one name apart, and says where nobody is in one', async () => {
	const recipe = JSON.parse(await read('own.json'));
	const staff = { kind: 'list', name: 'Staff', origin: 'Pasted' };
	const segments = [
		{ ...staff, id: 'g1', members: ['c1', 'c2', 'c3', 'c4', 'c5'].map(fingerprint).toSorted() },
		{ ...staff, id: 'g2', members: ['c20'].map(fingerprint) },
		{ ...staff, id: 'g3', members: [] }
	];
	const own = { ...recipe.segment.own, segments, priority: ['own:g1', 'own:g2', 'own:g1', 'own:g2'] };
	const guard = { ...own.guard, overrides: {} };
	const twice = { ...recipe, segment: { ...recipe.segment, own: { ...own, guard } } };
	await writeFile(join(folder, 'twice.json'), JSON.stringify(twice));
	const summary = await run('january.csv', '--recipe', 'twice.json', '--out', 'twice');
	expect(summary).toContain('Note: g2 Staff has no file: 1 active, under your floor of 4.');
	expect(summary).toContain('Note: g3 Staff has no file: nobody is in it.');
	expect(summary).not.toContain('Note: g1');
	const written = await readdir(join(folder, 'twice'));
	expect(written.filter((name) => name.startsWith('segment-'))).toEqual(['segment-g1-Staff.csv']);
	expect(peopleIn(await read('twice/assigned.csv'))).toEqual({ 'own:g1': 'c1 c2 c3 c4 c5', 'own:g2': 'c20' });
});
