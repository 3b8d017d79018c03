import { expect, it } from 'vitest';
import { id, sql } from '#lib/engine/sql.ts';
import { CUSTOMERS } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { readCategories } from './categories.ts';

describeEngines('categories of customers', (engine) => {
	it('gives everyone the text they have, also where texts are equally frequent', async () => {
		await engine().exec(
			sql`CREATE OR REPLACE TABLE ${id(...CUSTOMERS)} AS
SELECT i::INTEGER AS idx, nullif(chr((90 - i % 26)::INTEGER), 'Q') AS letter FROM range(262) AS people(i)`
		);
		const [letters] = await readCategories(engine(), ['letter'], new AbortController().signal);
		const expected = Array.from({ length: 262 }, (_, i) => String.fromCharCode(90 - (i % 26)));
		expect(letters?.levels.join('')).toBe('YZABCDEFGHIJKLMNOPRSTUVWX');
		expect(Array.from(letters?.codes ?? [], (code) => letters?.levels[code])).toEqual(
			expected.map((letter) => (letter === 'Q' ? '' : letter))
		);
	});
});
