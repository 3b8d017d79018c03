import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeIn, sqlTokens } from './sql-tokens.ts';

describe('the tokens of a SQL text', () => {
	it('are words in capitals, names, texts, numbers and marks, with their places', () => {
		const text = `SELECT "a""b", x.y::INT -- "no"\n, 1.5e3, E'\\'', $t$ ' $t$ /* /* */ ' */ FROM é`;
		const { tokens, open } = sqlTokens(text);
		expect(open).toBeNull();
		expect(tokens.map((token) => `${token.kind} ${token.text}`)).toEqual([
			...['word SELECT', 'name a"b', 'mark ,', 'word X', 'mark .', 'word Y', 'mark :', 'mark :', 'word INT'],
			...['mark ,', 'number 1.5e3', 'mark ,', `string E'\\''`, 'mark ,', `string $t$ ' $t$`],
			...['word FROM', 'word É']
		]);
		for (const { kind, text: token, from, to } of tokens)
			if (kind === 'number' || kind === 'string') expect(text.slice(from, to)).toBe(token);
		expect(placeIn(text, text.indexOf('1.5'))).toEqual({ line: 2, column: 3 });
	});

	it.each([
		[`SELECT 'a`, 'A text', 7],
		[`SELECT 'a''`, 'A text', 7],
		[`'`, 'A text', 0],
		[`E'\\'`, 'A text', 0],
		['$$', 'A text', 0],
		['1 $q$ $', 'A text', 2],
		['"a""', 'A name', 0],
		['1 /* /* */ ', 'A comment', 2],
		['/*/', 'A comment', 0]
	])('%j leaves something open', (text, what, from) => {
		expect(sqlTokens(text).open).toEqual({ what, from });
	});

	it.each([
		...[
			`''`,
			`'a'''`,
			`E''`,
			`E'a\\\\'`,
			`e'a'\n'b'`,
			'$$$$',
			'$q$$$q$',
			'""',
			'"a"""',
			'/**/',
			'-- \' "',
			'1'
		]
	])('%j leaves nothing open', (text) => {
		expect(sqlTokens(text).open).toBeNull();
	});

	it('stand one behind the other, whatever the text is', () => {
		const pieces = fc.constantFrom(
			...[
				"'",
				'"',
				'$',
				'$$',
				'$a$',
				'/*',
				'*/',
				'--',
				'\n',
				' ',
				'E',
				'a',
				'é',
				'😀',
				'1',
				'.',
				'e',
				'\\',
				';',
				'('
			]
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
				const text = parts.join('');
				let last = 0;
				for (const { from, to } of sqlTokens(text).tokens) {
					expect(from).toBeGreaterThanOrEqual(last);
					expect(to).toBeGreaterThan(from);
					last = to;
				}
				expect(last).toBeLessThanOrEqual(text.length);
			}),
			{ seed: 5, numRuns: 500 }
		);
	});
});
