import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula, guardId } from './guard-formula.ts';

describe('guardFormula', () => {
	it.each([
		'=1+1',
		'+1+1',
		'-1+1',
		'@SUM(A1)',
		'=HYPERLINK("https://x.example","open")',
		'  =1+1',
		'\u00A0=1+1',
		'\uFEFF=1+1',
		'\u200B=1+1',
		'\uFF1D1+1',
		'\uFF0B1+1',
		'\uFF0D1+1',
		'\uFF20SUM(A1)',
		'\tname'
	])('guards %j', (text) => {
		expect(guardFormula(text)).toBe(`'${text}`);
	});

	it.each([
		'',
		'Ann',
		'a=b',
		'Müller-Lüdenscheidt',
		'5',
		'-5',
		'-5.00',
		'+3,14',
		'-1e5',
		'1.234,56',
		"'=1+1"
	])('leaves %j as it is', (text) => {
		expect(guardFormula(text)).toBe(text);
	});

	it('guards every line of a cell with several', () => {
		expect(guardFormula('Ann\n=1+1\r\n-5\r@x')).toBe("Ann\n'=1+1\r\n-5\r'@x");
		expect(guardFormula('\n=1+1')).toBe("'\n'=1+1");
		expect(guardFormula('\rAnn')).toBe("'\rAnn");
	});

	it('guards once, and only adds apostrophes', () => {
		const hostile = fc.string({
			unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '\u00A0', "'", '1', 'a', '\uFF1D')
		});
		fc.assert(
			fc.property(hostile, (text) => {
				const guarded = guardFormula(text);
				expect(guardFormula(guarded)).toBe(guarded);
				expect(guarded.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
				for (const line of guarded.split(/\r\n|\r|\n/)) {
					expect(/^\s*[=@]/.test(line)).toBe(false);
				}
			}),
			{ seed: 1, numRuns: 2_000 }
		);
	});
});

describe('guardId', () => {
	it.each([
		'+1+1',
		'-2+3',
		'\t=1+1',
		' =1+1',
		'=HYPERLINK("https://x.example","open")',
		'@SUM(A1)',
		'+ann@shop.example',
		'+49*30',
		'+49 30 A1',
		'+A1',
		'-A1',
		'\uFF1D1+1'
	])('guards %j', (id) => {
		expect(guardId(id)).toBe(`'${id}`);
	});

	it.each([
		'1001',
		'C-1001',
		'a.b_c-d',
		'#1001',
		'-5',
		'-5.00',
		'1e5',
		'+4930123456',
		'+49 30 123456',
		'+49 (0)30-123-456',
		'+(49) 30\u00A0123456',
		'ann@shop.example',
		'gid://shop/Customer/1=',
		''
	])('leaves %j as it is', (id) => {
		expect(guardId(id)).toBe(id);
	});
});
