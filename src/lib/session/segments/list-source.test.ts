import { beforeAll, describe, expect, it } from 'vitest';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { factsOfFiles } from '../../../../tests/support/rule-facts.ts';
import type { Session } from '../session.svelte.ts';
import { isTable, linesOf, listTables, matchFile, matchTableOf, matchText, saveList } from './list-source.ts';

describe('a pasted text', () => {
	it.each([
		['a\r\nb\n\n c ', ['a', 'b', ' c ']],
		['\uFEFFEmail\na@x.org', ['a@x.org']],
		['a, b;c', ['a', ' b', 'c']],
		['', []]
	])('%j has these lines', (text, lines) => {
		expect(linesOf(text)).toEqual(lines);
	});

	it('is a table where every line is parted alike', () => {
		expect(isTable(['id,email', '1,a@x.org'])).toBe(true);
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
