import { expect, it } from 'vitest';
import { id } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { labelGroups } from './label-groups.ts';

const { signal } = new AbortController();
const HOSTILE = `it's "a"; DROP TABLE import.s1; --`;

describeEngines('the spellings of columns', (engine) => {
	const write = (table: string, texts: readonly string[]) =>
		engine().insert('import', table, { [HOSTILE]: texts, row: Int32Array.from(texts, (_, i) => i) });
	const column = (table: string) => ({ table: id('import', table), column: id(HOSTILE) });

	it('are grouped over all of them, with the rows of each', async () => {
		await write('a', ['Vienna', 'vienna ', 'Vienna', '', 'Graz', 'x'.repeat(300)]);
		await write('b', ['VIENNA', 'Vienna', 'Linz']);
		const found = await labelGroups(engine(), [column('a'), column('b')], signal);
		expect(found).toMatchObject({ texts: 5, leftOut: 1 });
		expect(found.groups).toEqual([
			{
				label: 'Vienna',
				confidence: 'sure',
				rows: 5,
				members: [
					{ text: 'Vienna', count: 3, via: 'words' },
					{ text: 'VIENNA', count: 1, via: 'words' },
					{ text: 'vienna', count: 1, via: 'words' }
				]
			}
		]);
	});

	it('are none without columns, and stop when they are told to', async () => {
		expect(await labelGroups(engine(), [], signal)).toEqual({ groups: [], texts: 0, leftOut: 0 });
		await write(
			'a',
			Array.from({ length: 2000 }, (_, i) => `label ${i}`)
		);
		const controller = new AbortController();
		const found = labelGroups(engine(), [column('a')], controller.signal);
		controller.abort();
		await expect(found).rejects.toThrow();
	});
});
