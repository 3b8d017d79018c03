import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlTokens } from './sql-tokens.ts';

const kinds = (sql: string) => sqlTokens(sql).filter(({ kind }) => kind !== 'plain');

describe('sqlTokens', () => {
	it('tells keywords, strings and comments apart', () => {
		expect(kinds(`-- who\nSELECT "from" FROM t WHERE x LIKE 'C%'`)).toEqual([
			{ kind: 'comment', text: '-- who' },
			{ kind: 'keyword', text: 'SELECT' },
			{ kind: 'string', text: '"from"' },
			{ kind: 'keyword', text: 'FROM' },
			{ kind: 'keyword', text: 'WHERE' },
			{ kind: 'keyword', text: 'LIKE' },
			{ kind: 'string', text: "'C%'" }
		]);
	});

	it('does not end a string at a doubled quote, nor find words inside names', () => {
		expect(kinds(`'it''s FROM' selected`)).toEqual([{ kind: 'string', text: `'it''s FROM'` }]);
	});

	it('survives what is never closed', () => {
		expect(kinds(`'open`)).toEqual([{ kind: 'string', text: `'open` }]);
		expect(kinds('/* open')).toEqual([{ kind: 'comment', text: '/* open' }]);
	});

	it('never changes the text', () => {
		fc.assert(
			fc.property(fc.string(), (sql) => {
				expect(
					sqlTokens(sql)
						.map(({ text }) => text)
						.join('')
				).toBe(sql);
			}),
			{ seed: 7 }
		);
	});
});
