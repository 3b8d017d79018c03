import { beforeAll, describe, expect, it } from 'vitest';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { factsOfFiles } from '../../../../tests/support/rule-facts.ts';
import type { Session } from '../session.svelte.ts';
import {
	isTable,
	linesOf,
	listTables,
	matchFile,
	matchTableOf,
	matchText,
	partsOf,
	saveList
} from './list-source.ts';

describe('a pasted text', () => {
	it.each([
		['a\r\nb\n\n c ', ['a', 'b', ' c ']],
		['\uFEFFEmail\na@x.org', ['a@x.org']],
		['a, b;c', ['a, b;c']],
		['"Email"\na@x.org', ['a@x.org']],
		['', []]
	])('%j has these lines', (text, lines) => {
		expect(linesOf(text)).toEqual(lines);
	});

	it.each([
		['a, b;c\td', ['a', 'b', 'c', 'd']],
		[' c003@x.com ,', ['c003@x.com']],
		['"c004@x.com"', ['c004@x.com']],
		['"Smith, Ann"; "say ""hi""",“x”', ['Smith, Ann', 'say "hi"', 'x']],
		["'a', 'b'", ['a', 'b']],
		["'004", ["'004"]],
		['5" disk, b', ['5" disk', 'b']],
		['=cmd|x', ['=cmd|x']],
		[' ,;\t""', []]
	])('%j has these entries', (line, entries) => {
		expect(partsOf(line)).toEqual(entries);
	});

	it('is a table where every line is parted as a header with a known name is', () => {
		expect(isTable(['id,email', '1,a@x.org'])).toBe(true);
		expect(isTable(['a@x.org,b@x.org', 'c@x.org,d@x.org'])).toBe(false);
		expect(isTable(['id;email', '1;a@x.org', '2'])).toBe(false);
		expect(isTable(['1,2,3'])).toBe(false);
		expect(isTable(['a', 'b'])).toBe(false);
	});
});

describeEngines('lists in a session', (engine) => {
	const { signal } = new AbortController();
	let session: Session;
	beforeAll(async () => {
		await factsOfFiles(engine());
		session = {
			runner: { engine: engine() },
			recipe: emptyRecipe('Shop'),
			history: { past: [], future: [] },
			onRun: new Set(),
			edit(change: (recipe: Session['recipe']) => Session['recipe']) {
				Object.assign(this, { recipe: change(session.recipe) });
			}
		} as unknown as Session;
	});
	const file = (name: string, text: string) => new File([text], name);

	it('reads lines, parted lines and tables', async () => {
		const counts = async (text: string) => {
			const { entries, found, rows } = await matchText(session, text, signal);
			return [entries, found, [...rows].join(' ')];
		};
		expect(await counts('a\nc\nx')).toEqual([3, 2, '0 2']);
		expect(await counts('a, b, x')).toEqual([3, 2, '0 1']);
		expect(await counts('Name,Customer ID\nAnna,a\nDora,d\nNobody,x\n')).toEqual([3, 2, '0 3']);
	});

	it('tells entries apart whatever stands between and around them', async () => {
		// Emails are told apart without regard to capitals.
		const rename = (from: Sql, to: Sql) =>
			engine().exec(sql`UPDATE features.customers SET customer_id = ${to} WHERE ${from}`);
		await rename(sql`true`, sql`customer_id || '@x.com'`);
		try {
			const lines = [
				'a@x.com',
				'B@X.COM',
				' c@x.com ,',
				'"d@x.com"',
				'a@x.com',
				'',
				'nobody',
				'=cmd|x',
				'e@x.com;b@x.com'
			];
			const { entries, found, twice, notFound, rows, examples } = await matchText(
				session,
				lines.join('\n'),
				signal
			);
			expect([entries, found, twice, notFound, rows.length]).toEqual([9, 7, 2, 2, 5]);
			expect(examples).toEqual(['nobody', '=cmd|x']);
		} finally {
			await rename(sql`true`, sql`replace(customer_id, '@x.com', '')`);
		}
	});

	it('takes a line that is an id as it stands for one entry', async () => {
		const rename = (from: string, to: string) =>
			engine().exec(sql`UPDATE features.customers SET customer_id = ${to} WHERE customer_id = ${from}`);
		await rename('a', 'Smith, Ann');
		try {
			const { entries, found, rows } = await matchText(session, ' Smith, Ann\nb, c\n"Smith, Ann";e', signal);
			expect([entries, found, [...rows]]).toEqual([5, 5, [0, 1, 2, 4]]);
		} finally {
			await rename('Smith, Ann', 'a');
		}
	});

	it('reads files with and without a table in them', async () => {
		const rowsOf = async (each: File) => [...(await matchFile(session, each, signal)).rows];
		expect(await rowsOf(file('list.txt', 'b\ne\n'))).toEqual([1, 4]);
		expect(await rowsOf(file('list.csv', 'customer_id;segment;name\nb;g1;A\ne;g2;B\n'))).toEqual([1, 4]);
		const left = await engine().rows(
			sql`SELECT table_name::VARCHAR AS name FROM duckdb_tables() WHERE schema_name = 'import' AND table_name = 's0' ORDER BY name`
		);
		expect(left).toEqual([]);
	});

	it('takes the customers of any table, and keeps them as a list', async () => {
		const tables = await listTables(session, signal);
		const sends = tables.find((table) => table.id === 'clean.sends');
		if (!sends) throw new Error('sends have customers');
		const { entries, rows } = await matchTableOf(session, sends, signal);
		expect([entries, [...rows]]).toEqual([4, [0, 1, 2, 3]]);
		const saved = await saveList(session, rows, { name: 'Written to', origin: sends.label }, signal);
		expect(session.recipe.segment.own.segments).toMatchObject([
			{ id: saved, kind: 'list', name: 'Written to', origin: 'clean.sends' }
		]);
	});
});
